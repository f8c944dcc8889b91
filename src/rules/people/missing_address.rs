//! Rows without an address.

use super::odd_rows;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-address",
    severity: Severity::Note,
    summary: "Rows of the send list have no address",
    repair: Repair::StopSending,
    page: include_str!("missing_address.md"),
    check: Check::Audience(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    odd_rows(
        context,
        audience,
        |list| &list.empty,
        ("has no address", "have no address"),
        "nothing is sent to them; check the column if they should have one",
    )
}
