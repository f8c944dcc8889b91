//! A link whose address was never filled in.

use super::dead_link::name_of;
use crate::facts::{Characters, Link, LinkKind};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use url::{Host, Url};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "placeholder-link",
    severity: Severity::Block,
    summary: "A link has no address yet: `#`, nothing, example.com, \"insert link here\"",
    repair: Repair::Nothing,
    page: include_str!("placeholder_link.md"),
    check: Check::Draft(check),
};

/// Domains that are reserved for examples (RFC 2606), and those that template vendors write.
pub(super) const EXAMPLE_DOMAINS: [&str; 18] = [
    "example.com",
    "example.org",
    "example.net",
    "yourdomain.com",
    "your-domain.com",
    "yourwebsite.com",
    "your-website.com",
    "yoursite.com",
    "yoursitename.com",
    "yourdomainname.com",
    "sitename.com",
    "yourcompany.com",
    "mydomain.com",
    "domain.com",
    "website.com",
    "company.com",
    "deine-domain.de",
    "ihre-domain.de",
];

/// Words that people write where an address belongs, without punctuation.
const STAND_INS: [&str; 20] = [
    "xxx",
    "xxxx",
    "tbd",
    "tbc",
    "tba",
    "todo",
    "link",
    "url",
    "insertlinkhere",
    "insertlink",
    "inserturl",
    "linkhere",
    "addlink",
    "yourlink",
    "yourlinkhere",
    "yoururl",
    "placeholder",
    "linkeinfügen",
    "hierlink",
    "changeme",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut groups: Vec<(&str, &'static str, Vec<&Link>)> = Vec::new();
    for link in context.facts.links.iter().filter(|link| link.kind != LinkKind::Text) {
        let Some(why) = placeholder(link) else { continue };
        match groups.iter_mut().find(|(href, ..)| *href == link.href) {
            Some((.., links)) => links.push(link),
            None => groups.push((&link.href, why, vec![link])),
        }
    }
    for (.., links) in &mut groups {
        links.sort_by_key(|link| link.outlook);
    }
    groups.iter().filter_map(|(_, why, links)| finding(links, why)).collect()
}

/// One finding for all links with the same stand-in.
fn finding(links: &[&Link], why: &str) -> Option<Finding> {
    let place = |link: &Link| if link.span.text().is_empty() { link.tag.clone() } else { link.span.clone() };
    let (first, others) = links.split_first()?;
    let message = match others.len() {
        0 => format!("{} leads nowhere: {why}", name_of(first)),
        others => format!("{} and {others} more lead nowhere: {}", name_of(first), why.replace("its address", "their address")),
    };
    let finding = Finding::new(place(first), message).help("put in the address that each is meant to lead to, or remove the link");
    Some(others.iter().fold(finding, |finding, link| finding.related(place(link), name_of(link))))
}

/// Why an address is a placeholder, if it is one.
pub(super) fn placeholder(link: &Link) -> Option<&'static str> {
    *link.stand_in.get_or_init(|| stand_in(link))
}

fn stand_in(link: &Link) -> Option<&'static str> {
    let href = link.href.as_str();
    if href.is_empty() {
        // An empty anchor with nothing to click harms nobody.
        return (!link.text.is_empty() || link.has_image).then_some("its address is empty");
    }
    if href == "#" || href.starts_with("javascript:") {
        return Some("its address is only a stand-in");
    }
    // `{{ url }}` is filled in; what tags are written wrongly is for the rules about tags.
    let is_tag = link.tagged || link.characters().has(const { Characters::any(b"{<%|") });
    // None of the words has a figure.
    let may_be_word = !is_tag && !link.characters().has(const { Characters::any(b"0") });
    if (may_be_word && is_stand_in(href))
        || matches!(href, "http://" | "https://" | "https://www." | "http://www." | "http://#" | "https://#")
    {
        return Some("its address is only a stand-in");
    }
    let is_example =
        |host: Option<Host<&str>>| matches!(host, Some(Host::Domain(host)) if EXAMPLE_DOMAINS.contains(&host.trim_start_matches("www.")));
    let example = match link.page() {
        Some(page) => is_example(page.host),
        None => Url::parse(href).is_ok_and(|url| is_example(url.host())),
    };
    example.then_some("it is the example domain of a template")
}

/// Whether an address is one of the words that stand for one.
fn is_stand_in(href: &str) -> bool {
    let mut word = href;
    for scheme in ["http://", "https://"] {
        while let Some(rest) = word.strip_prefix(scheme) {
            word = rest;
        }
    }
    let letters = || word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    word.len() <= LONGEST_ADDRESS && letters().nth(LONGEST_STAND_IN).is_none() && STAND_INS.iter().any(|word| letters().eq(word.chars()))
}

/// Longest of them, in letters.
const LONGEST_STAND_IN: usize = 14;

/// Longer addresses, in bytes, are no stand-in, whatever punctuation is left out.
const LONGEST_ADDRESS: usize = 64;
