//! Competitors learn the offer first.

use crate::audience::{Audience, Mark};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::rules::people::marked;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "competitors-mailed",
    severity: Severity::Warn,
    summary: "Addresses at competitors are on the send list",
    repair: Repair::StopSending,
    page: include_str!("competitors_mailed.md"),
    check: Check::Asked(|settings, _| !settings.people.competitors.is_empty(), check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    marked(context, audience, Mark::Competitor, ("is at a competitor", "are at competitors"), "leave them out, unless they may know")
}
