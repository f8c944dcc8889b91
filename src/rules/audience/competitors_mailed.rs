//! Competitors learn the offer first.

use crate::audience::{Audience, Mark};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::rules::people::marked;
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "competitors-mailed",
    severity: Severity::Warn,
    summary: "Addresses at competitors are on the send list",
    repair: Repair::StopSending,
    page: include_str!("competitors_mailed.md"),
    check: Check::Asked(|settings, _| !settings.people.competitors.is_empty(), check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let (what, help) = (("is at a competitor", "are at competitors"), "leave them out, unless they may know");
    let mut findings = marked(context, audience, Mark::Competitor, what, help);
    for list in audience.lists.iter().filter(|list| list.role == Role::Send && list.in_warehouse) {
        let message = format!("{} stands in a warehouse, so that nobody at competitors was looked for", list.path);
        findings.push(Finding::new(context.headline(), message).help("leave their domains out where the list is made"));
    }
    findings
}
