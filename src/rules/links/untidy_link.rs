//! A link whose address browsers mend, and other programs on the way may not.

use super::group::{by_address, by_fault};
use super::placeholder_link::placeholder;
use super::writing::{Slip, slip};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "untidy-link",
    severity: Severity::Warn,
    summary: "A link's address has a slip that browsers mend and click counters may not: a space, `&amp;amp;`, two `?`",
    repair: Repair::Nothing,
    page: include_str!("untidy_link.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let filled_in = by_address(context).filter(|group| placeholder(group.first).is_none());
    let untidy = filled_in.filter_map(|group| match slip(group.first, context) {
        Some(Slip::Mended(why)) => Some((group, why)),
        _ => None,
    });
    by_fault(untidy).into_iter().map(|finding| finding.help("copy the address anew from the browser's address bar")).collect()
}
