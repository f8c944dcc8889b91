//! Rows that add up others.

use super::odd_rows;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "totals-row",
    severity: Severity::Note,
    summary: "A row of the send list is a total and no person",
    repair: Repair::StopSending,
    page: include_str!("totals_row.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    odd_rows(context, audience, |list| &list.totals, ("is a total and no person", "are totals and no people"), "take it out")
}
