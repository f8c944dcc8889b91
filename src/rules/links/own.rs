//! The sender's own domains: those of the brief, that of the sender's address, and the one that most links lead to.

use crate::facts::{Link, LinkKind};
use crate::rule::Context;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// Fewest different addresses on a domain that make it the sender's own, if no other has as many.
const FEWEST_LINKS: usize = 3;

/// Sites on which everybody has pages.
pub(super) const EVERYBODYS: [&str; 24] = [
    "facebook.com",
    "twitter.com",
    "x.com",
    "instagram.com",
    "linkedin.com",
    "youtube.com",
    "youtu.be",
    "pinterest.com",
    "tiktok.com",
    "github.com",
    "github.io",
    "medium.com",
    "reddit.com",
    "google.com",
    "apple.com",
    "amazon.com",
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "wikipedia.org",
    "meetup.com",
    "eventbrite.com",
    "list-manage.com",
];

/// The registered domains that are the sender's own.
pub(super) fn domains(context: &Context<'_>) -> BTreeSet<String> {
    let mut own = declared(context);
    own.extend(context.facts.main_site(majority).map(str::to_owned));
    own
}

/// Those that the brief or the sender's address names.
pub(super) fn declared(context: &Context<'_>) -> BTreeSet<String> {
    let from = context.message.header("From").map(|from| from.text().to_owned());
    let senders = context.settings.sender.iter().chain(&from).filter_map(|address| address.rsplit_once('@')).map(|(_, domain)| {
        domain.trim_end_matches(|c: char| !c.is_alphanumeric()).split(['>', ' ', ')']).next().unwrap_or_default().to_lowercase()
    });
    let all = context.settings.domains.iter().cloned().chain(senders);
    all.filter_map(|domain| psl::domain_str(&domain).map(str::to_owned)).filter(|site| !EVERYBODYS.contains(&site.as_str())).collect()
}

/// The domain that at least half of the different web addresses lead to.
fn majority(links: &[Link]) -> Option<String> {
    let mut seen = FxHashSet::default();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for link in links.iter().filter(|link| link.kind != LinkKind::ListUnsubscribe && seen.insert(link.href.as_str())) {
        if let Some(site) = link.site() {
            *counts.entry(site).or_default() += 1;
        }
    }
    let all: usize = counts.values().sum();
    let (site, most) = counts.into_iter().filter(|(site, _)| !EVERYBODYS.contains(site)).max_by_key(|(_, count)| *count)?;
    (most >= FEWEST_LINKS && most * 2 >= all).then(|| site.to_owned())
}

/// The host through which most links of a mail are led: a click counter, whoever runs it.
pub(super) fn wrapper<'a>(links: &'a [Link]) -> Option<&'a str> {
    let mut seen = FxHashSet::default();
    let mut hosts: BTreeMap<&'a str, usize> = BTreeMap::new();
    for link in links.iter().filter(|link| seen.insert(link.href.as_str())) {
        if let Some(host) = link.host() {
            *hosts.entry(host).or_default() += 1;
        }
    }
    let all: usize = hosts.values().sum();
    let (host, most) = hosts.into_iter().max_by_key(|(_, count)| *count)?;
    (most >= FEWEST_LINKS && most * 2 >= all).then_some(host)
}
