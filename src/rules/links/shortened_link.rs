//! A link through a public address shortener.

use super::group::{by_address, counted, further, place};
use crate::facts::{Link, LinkKind};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "shortened-link",
    severity: Severity::Note,
    summary: "A link goes through a public shortener such as bit.ly, which spam filters distrust",
    repair: Repair::Redirect,
    page: include_str!("shortened_link.md"),
    check: Check::Draft(check),
};

/// Shorteners that anybody can use. A brand's own short domain is none of them.
const SHORTENERS: [&str; 36] = [
    "bit.ly",
    "bitly.com",
    "j.mp",
    "tinyurl.com",
    "goo.gl",
    "ow.ly",
    "t.co",
    "lnkd.in",
    "is.gd",
    "v.gd",
    "buff.ly",
    "rb.gy",
    "cutt.ly",
    "rebrand.ly",
    "tiny.cc",
    "tiny.one",
    "shorturl.at",
    "short.io",
    "bl.ink",
    "dub.sh",
    "t.ly",
    "s.id",
    "u.to",
    "qr.ae",
    "adf.ly",
    "bc.vc",
    "soo.gd",
    "x.gd",
    "clck.ru",
    "urlz.fr",
    "shrtco.de",
    "snip.ly",
    "hyperurl.co",
    "smarturl.it",
    "geni.us",
    "lmy.de",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let firsts = by_address(context).map(|group| group.first);
    let short: Vec<&Link> = firsts.filter(|link| link.kind != LinkKind::ListUnsubscribe && shortener(link).is_some()).collect();
    let Some((first, others)) = short.split_first() else { return Vec::new() };
    let host = shortener(first).unwrap_or_default();
    let message = match others.len() {
        0 => format!("an address goes through the shortener {host}"),
        _ => format!("{} through public shorteners such as {host}", counted(short.len(), "address goes", "addresses go")),
    };
    vec![further(
        Finding::new(place(first), message).help("put in the address behind the short one; the platform counts clicks anyway"),
        others,
    )]
}

pub(super) fn shortener(link: &Link) -> Option<&str> {
    let host = link.host()?;
    let bare = host.strip_prefix("www.").unwrap_or(host);
    let has_path = link.page().is_some_and(|page| page.path.len() > 1);
    (has_path && SHORTENERS.contains(&bare)).then_some(bare)
}
