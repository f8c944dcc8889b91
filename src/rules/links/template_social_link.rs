//! A social icon that still leads where the template's maker left it.

use super::group::{is_literal, one_each};
use super::own::declared;
use crate::facts::{Link, LinkKind};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "template-social-link",
    severity: Severity::Block,
    summary: "A social icon leads to the network's own front page or to the template vendor's account",
    repair: Repair::Nothing,
    page: include_str!("template_social_link.md"),
    check: Check::Draft(check),
};

/// The networks whose icons templates carry.
const NETWORKS: [&str; 12] = [
    "facebook.com",
    "twitter.com",
    "x.com",
    "instagram.com",
    "linkedin.com",
    "pinterest.com",
    "youtube.com",
    "tiktok.com",
    "threads.net",
    "vimeo.com",
    "snapchat.com",
    "plus.google.com",
];

/// Accounts of platforms and template makers, and what they write where yours belongs.
const VENDORS: [&str; 33] = [
    "mailchimp",
    "klaviyo",
    "hubspot",
    "sendgrid",
    "mailjet",
    "brevo",
    "sendinblue",
    "mailerlite",
    "constantcontact",
    "campaignmonitor",
    "getresponse",
    "stripo",
    "stripoemail",
    "beefree",
    "beefreeio",
    "litmusapp",
    "zurbfoundation",
    "sendwithus",
    "squarespace",
    "shopify",
    "username",
    "yourusername",
    "yourname",
    "yourpage",
    "yourcompany",
    "yourbrand",
    "yourhandle",
    "yourprofile",
    "youraccount",
    "your-page",
    "your-company",
    "pageusername",
    "profile",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let own: Vec<String> = declared(context).iter().filter_map(|domain| domain.split('.').next().map(str::to_owned)).collect();
    let findings = one_each(context, |link| left_by_template(link, &own));
    findings.into_iter().map(|finding| finding.help("put in the address of your own page there, or remove the icon")).collect()
}

/// The parameter with the address that a network's "share this" takes, if the address is one.
fn shared_by(host: &str, parts: &[String]) -> Option<&'static str> {
    let first = parts.first().map(String::as_str).unwrap_or_default();
    match host {
        "facebook.com" if first.starts_with("sharer") => Some("u"),
        "twitter.com" | "x.com" if first == "intent" || first == "share" => Some("url"),
        "linkedin.com" if first == "sharearticle" || first == "sharing" => Some("url"),
        "pinterest.com" if first == "pin" && parts.get(1).is_some_and(|part| part == "create") => Some("url"),
        _ => None,
    }
}

fn left_by_template(link: &Link, own: &[String]) -> Option<String> {
    let page = link.page().filter(|_| is_literal(link) && matches!(link.kind, LinkKind::Anchor | LinkKind::Area))?;
    let host = link.host()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    if !NETWORKS.contains(&host) || own.iter().any(|name| host.starts_with(name.as_str())) {
        return None;
    }
    let parts: Vec<String> = page.segments().filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    if let Some(key) = shared_by(host, &parts) {
        let pairs: Vec<_> = page.pairs().collect();
        let has = |wanted: &str| pairs.iter().any(|(key, value)| key == wanted && !value.is_empty());
        // A post may be words alone.
        let empty = !has(key) && !has("text") && !has("q");
        return empty.then(|| format!("shares nothing: the address after `{key}=` is empty ({host})"));
    }
    if parts.is_empty() {
        // A person may write about a network; only an icon, or the network's bare name, is meant as "find us there".
        let name = host.split('.').next().unwrap_or_default();
        let text = link.text.to_lowercase();
        let is_icon = link.text.is_empty()
            || text == name
            || text == "google+"
            || ["follow", "like us", "find us", "join us"].iter().any(|word| text.starts_with(word));
        return (page.query.is_none() && is_icon).then(|| format!("leads to the front page of {host} and not to a page of yours"));
    }
    let handle = parts.iter().find(|part| !matches!(part.as_str(), "company" | "in" | "user" | "c" | "channel" | "pages"))?;
    let handle = handle.trim_start_matches('@');
    (VENDORS.contains(&handle) && parts.len() <= 2 && !own.iter().any(|name| name == handle))
        .then(|| format!("leads to the account \"{handle}\" at {host}, which a template's maker put there"))
}
