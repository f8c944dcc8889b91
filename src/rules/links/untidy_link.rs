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
    let groups = by_address(context).into_iter().filter_map(|links| {
        let first = links.first().filter(|link| placeholder(link).is_none())?;
        match slip(first, context) {
            Some(Slip::Mended(why)) => Some((links, why)),
            _ => None,
        }
    });
    by_fault(groups.collect()).into_iter().map(|finding| finding.help("copy the address anew from the browser's address bar")).collect()
}
