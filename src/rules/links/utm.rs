//! Campaign parameters (`utm_…`) as an address carries them (<https://support.google.com/analytics/answer/10917952>).

use crate::facts::{Link, LinkKind};
use crate::letters::begins;
use std::ops::Range;

/// The keys that Google Analytics reads.
pub(super) const KEYS: [&str; 9] = [
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "utm_id",
    "utm_source_platform",
    "utm_creative_format",
    "utm_marketing_tactic",
];

/// One parameter of an address as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Param<'a> {
    pub(super) key: &'a str,
    pub(super) value: &'a str,
    /// Whether it stands behind `#`, where no server sees it.
    pub(super) in_fragment: bool,
}

/// The campaign parameters of a link, misspelt ones too, as written.
pub(super) fn params(link: &Link) -> impl Iterator<Item = Param<'_>> + Clone {
    let found = link.campaign.get_or_init(|| places(&link.href)).iter();
    let part = |range: &Range<usize>| link.href.get(range.clone()).unwrap_or_default();
    found.map(move |(key, value, in_fragment)| Param { key: part(key), value: part(value), in_fragment: *in_fragment })
}

/// Where they stand in an address.
fn places(href: &str) -> Vec<(Range<usize>, Range<usize>, bool)> {
    let end = memchr::memchr(b'#', href.as_bytes()).unwrap_or(href.len());
    let query = href.as_bytes().get(..end).and_then(|address| memchr::memchr(b'?', address)).map(|at| at + 1..end);
    let fragment = (end < href.len()).then(|| end + 1..href.len());
    let mut found = Vec::new();
    for (range, in_fragment) in [(query, false), (fragment, true)].into_iter().filter_map(|(range, within)| Some((range?, within))) {
        let mut at = range.start;
        for pair in href.get(range).unwrap_or_default().split(['&', '?', ';']) {
            if is_meant(without_amp(pair)) {
                let (written, value) = pair.split_once('=').unwrap_or((pair, ""));
                let key = without_amp(written);
                let (key_at, end) = (at + written.len() - key.len(), at + pair.len());
                found.push((key_at..at + written.len(), end - value.len()..end, in_fragment));
            }
            at += pair.len() + 1;
        }
    }
    found
}

/// A pair without what is left of `&amp;` before it.
fn without_amp(mut pair: &str) -> &str {
    while let Some(rest) = pair.strip_prefix("amp;") {
        pair = rest;
    }
    pair
}

/// Whether a key is, or was meant to be, a campaign parameter.
fn is_meant(key: &str) -> bool {
    ["utm", "umt_", "ut_", "tm_"].iter().any(|start| begins(key, start))
}

/// The key that a key was meant to be; nothing if it is right, or a key of its own.
pub(super) fn meant(key: &str) -> Option<&'static str> {
    if KEYS.contains(&key) {
        return None;
    }
    let lower = key.to_ascii_lowercase().replace('-', "_");
    let near = KEYS.iter().find(|right| **right == lower);
    near.or_else(|| KEYS.iter().find(|right| strsim::damerau_levenshtein(right, &lower) <= 2 && right.len() > 7)).copied()
}

/// Whether a link is one that campaigns are counted on: one that a reader clicks to see a page.
pub(super) fn is_counted(link: &Link) -> bool {
    matches!(link.kind, LinkKind::Anchor | LinkKind::Area) && link.page().is_some() && !link.outlook && !link.is_opt_out()
}

/// Whether a link carries campaign parameters.
pub(super) fn has_campaign(link: &Link) -> bool {
    params(link).any(|param| matches!(meant(param.key).unwrap_or(param.key), "utm_source" | "utm_medium" | "utm_campaign"))
}

/// A value as statistics show it, if no merge tag fills it in.
pub(super) fn value_of(param: &Param<'_>) -> Option<String> {
    if param.value.is_empty() || param.value.contains(['{', '[', '*', '<', '$']) || crate::links::merge_tag(param.value).is_some() {
        return None;
    }
    let pair = format!("={}", param.value);
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
}
