//! Links that are not encrypted.

use super::group::{by_address, counted, further, place};
use super::placeholder_link::placeholder;
use crate::facts::Link;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use url::Host;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "insecure-link",
    severity: Severity::Note,
    summary: "Links begin with `http:`; browsers warn before they open such a page",
    repair: Repair::Redirect,
    page: include_str!("insecure_link.md"),
    check: Check::Draft(check),
};

/// The year from which on nearly every site answers to `https:`; a mail of an earlier year is not blamed for its time.
pub(in crate::rules) const ENCRYPTED_SINCE: i16 = 2017;

fn check(context: &Context<'_>) -> Vec<Finding> {
    if context.send_at.year() < ENCRYPTED_SINCE {
        return Vec::new();
    }
    // An address without a dot in its host was never filled in, or is one machine's own: rules of their own see to that.
    let is_insecure = |link: &Link| {
        link.page().is_some_and(|page| !page.encrypted && matches!(page.host, Some(Host::Domain(host)) if host.contains('.')))
    };
    let insecure: Vec<&Link> =
        by_address(context).map(|group| group.first).filter(|link| is_insecure(link) && placeholder(link).is_none()).collect();
    let Some((first, others)) = insecure.split_first() else { return Vec::new() };
    let message = format!("{} with `http:` instead of `https:`", counted(insecure.len(), "address begins", "addresses begin"));
    let finding = Finding::new(place(first), message).help("write https: and open each once, to see that the site answers");
    vec![further(finding, others)]
}
