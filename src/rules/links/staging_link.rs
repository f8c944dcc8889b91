//! A link to a machine that readers cannot reach, or to a copy of the site that was not made for them.

use super::group::{by_address, by_fault};
use super::own::{EVERYBODYS, domains};
use crate::facts::{Link, Page, Sieve};
use crate::finding::{Finding, Severity};
use crate::letters::begins;
use crate::rule::{Check, Context, Repair, Rule};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use url::Host;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "staging-link",
    severity: Severity::Block,
    summary: "A link or picture leads to a staging, preview or local server",
    repair: Repair::Redirect,
    page: include_str!("staging_link.md"),
    check: Check::Draft(check),
};

/// Beginnings of host names that name a copy of a site.
const STAGES: [&str; 10] = ["staging", "stage", "stg", "dev", "uat", "qa", "preprod", "sandbox", "preview", "localhost"];

static STAGE: LazyLock<Sieve> = LazyLock::new(|| Sieve::new(STAGES.into_iter()));

/// Services that show a site before it is published: the host's ending, and whether every host there is a preview.
const PREVIEW_HOSTS: [&str; 13] = [
    ".ngrok.io",
    ".ngrok.app",
    ".ngrok-free.app",
    ".ngrok.dev",
    ".trycloudflare.com",
    ".loca.lt",
    ".shopifypreview.com",
    ".wpengine.com",
    ".cloudwaysapps.com",
    ".translate.goog",
    ".gitpod.io",
    ".app.github.dev",
    ".csb.app",
];

/// Services that give every site a provisional home, whose name is the site's own.
const HOME_HOSTS: [&str; 9] = [
    ".vercel.app",
    ".netlify.app",
    ".herokuapp.com",
    ".pages.dev",
    ".onrender.com",
    ".webflow.io",
    ".myshopify.com",
    ".squarespace.com",
    ".wixsite.com",
];

/// Query keys with which editors show an unpublished page.
const PREVIEW_KEYS: [&str; 10] = [
    "preview_theme_id",
    "preview_nonce",
    "customize_changeset_uuid",
    "elementor-preview",
    "x-vercel-protection-bypass",
    "hs_preview",
    "__preview",
    "_ab_preview",
    "vercelToolbarCode",
    "_vercel_share",
];

/// Parts of all of them.
static SHOWING: LazyLock<Sieve> = LazyLock::new(|| Sieve::new(PREVIEW_KEYS.into_iter().chain(["preview", "draft"])));

/// Ports on which tools for making sites show them while they are made.
const WORKSHOP_PORTS: [u16; 8] = [1313, 3000, 3001, 4000, 4200, 5000, 5173, 8000];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let own = Own { hosts: &context.settings.domains, sites: domains(context), context };
    let names: Vec<String> = own.sites.iter().filter_map(|site| site.split('.').next().map(str::to_owned)).collect();
    let links = by_address(context).filter_map(|group| {
        let link = group.first;
        let why = staging(&link.href, || link.page(), &own).or_else(|| provisional(link, &names))?;
        Some((group, format!("leads to {why}")))
    });
    let mut pictures: Vec<(String, Finding)> = Vec::new();
    for image in &context.facts.images {
        // A picture on somebody's disk is a matter of its own.
        let source = image.source.as_deref().filter(|source| source.starts_with("http"));
        let Some(why) = source.and_then(|source| staging(source, || image.page(), &own)) else { continue };
        match pictures.iter_mut().find(|(known, _)| *known == why) {
            Some((_, finding)) => finding.related.push((image.span.clone(), String::from("another picture from there"))),
            None => pictures.push((why.clone(), Finding::new(image.span.clone(), format!("a picture is fetched from {why}")))),
        }
    }
    let links = by_fault(links).into_iter();
    links
        .chain(pictures.into_iter().map(|(_, finding)| finding))
        .map(|finding| finding.help("put in the address that everybody can reach"))
        .collect()
}

/// What kind of unpublished place an address is, if it is one.
fn staging<'a>(address: &'a str, page: impl FnOnce() -> Option<Page<'a>>, own: &Own<'_>) -> Option<String> {
    if begins(address, "file:") || address.as_bytes().get(1..3) == Some(b":\\") {
        return Some(String::from("a file on one computer"));
    }
    let page = page()?;
    let host = match page.host.as_ref()? {
        Host::Domain(host) => host.trim_end_matches('.'),
        number => return inside(number),
    };
    if host == "localhost" || [".local", ".localhost", ".internal", ".lan", ".home.arpa"].iter().any(|end| host.ends_with(end)) {
        return Some(format!("{host}, which only one computer or network knows"));
    }
    let is_front = || ["www.", "docs.", "blog."].iter().any(|front| host.starts_with(front));
    if PREVIEW_HOSTS.iter().any(|end| host.ends_with(end)) && !is_front() || is_preview_deployment(host) {
        return Some(format!("{host}, a preview that goes away"));
    }
    if own.hosts.iter().any(|own| own == host) {
        return None;
    }
    if let Some(port) = page.port.filter(|port| WORKSHOP_PORTS.contains(port)) {
        return Some(format!("{host}:{port}, where programmers try things out"));
    }
    if shows_draft(&page) {
        return Some(String::from("a preview that only its editor can see"));
    }
    is_stage(host, own).then(|| format!("{host}, a copy of the site for trying things out"))
}

/// A number that stands for a machine inside one network.
fn inside(host: &Host<&str>) -> Option<String> {
    match host {
        Host::Ipv4(ip) if ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified() => {
            Some(format!("{ip}, an address inside one network"))
        }
        Host::Ipv6(ip) if ip.is_loopback() || ip.is_unique_local() => Some(format!("{ip}, an address inside one network")),
        _ => None,
    }
}

/// Whether an editor shows a page under this address that is not published.
fn shows_draft(page: &Page<'_>) -> bool {
    let shows = |key: &str, value: &str| PREVIEW_KEYS.contains(&key) || matches!((key, value), ("preview" | "draft", "true" | "1"));
    let may_show = |query: &str| query.contains('%') || SHOWING.is_met(query);
    page.query.is_some_and(may_show) && page.pairs().any(|(key, value)| shows(&key, &value))
}

/// `brightnook.vercel.app` in a mail of brightnook.example: where the site was built, or what stands behind it.
fn provisional(link: &Link, names: &[String]) -> Option<String> {
    let host = link.host()?;
    let name = HOME_HOSTS.iter().find_map(|end| host.strip_suffix(end))?;
    names.iter().any(|own| own == name).then(|| format!("{host}, where the site stands provisionally, and not to its own domain"))
}

/// What is the sender's own.
struct Own<'a> {
    /// Hosts that the user named.
    hosts: &'a [String],
    /// Registered domains.
    sites: BTreeSet<String>,
    context: &'a Context<'a>,
}

impl Own<'_> {
    /// Whether a site may be the sender's: it is known to be, or where none is, it is the only one of the mail or another of its
    /// hosts is there. To many another site, `dev.` is where it speaks to developers.
    fn may_have(&self, site: &str, host: &str) -> bool {
        if EVERYBODYS.contains(&site) {
            return false;
        }
        let links = &self.context.facts.links;
        let is_there = || links.iter().any(|link| link.site() == Some(site) && link.host().is_some_and(|other| other != host));
        let is_only = || links.iter().filter_map(Link::site).all(|other| other == site || EVERYBODYS.contains(&other));
        self.sites.contains(site) || self.sites.is_empty() && (is_there() || is_only())
    }
}

/// `staging.shop.example`, `shop-dev.example`, `dev-www.shop.example`.
fn is_stage(host: &str, own: &Own<'_>) -> bool {
    if !STAGE.is_met(host) {
        return false;
    }
    // The site's own name, and public sites such as dev.to, are no stages.
    let site = psl::domain_str(host).unwrap_or(host);
    let Some(below) = host.strip_suffix(site).map(|below| below.trim_end_matches('.')).filter(|below| !below.is_empty()) else {
        return false;
    };
    below.split(['.', '-']).any(|word| {
        STAGES.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit())) && !matches!(word, "dev" | "preview" | "sandbox" | "qa")
    }) || below.split('.').any(|label| matches!(label, "dev" | "preview" | "qa") || label.starts_with("dev-") || label.ends_with("-dev"))
        && own.may_have(site, host)
}

/// Addresses that hosting services give to one branch or one try: `shop-git-main-team.vercel.app`, `deploy-12--shop.netlify.app`.
fn is_preview_deployment(host: &str) -> bool {
    host.strip_suffix(".vercel.app").is_some_and(|name| name.contains("-git-"))
        || host.strip_suffix(".netlify.app").is_some_and(|name| name.contains("--"))
}
