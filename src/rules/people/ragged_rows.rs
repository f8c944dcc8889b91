//! Rows with more or fewer cells than there are columns.

use super::odd_rows;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "ragged-rows",
    severity: Severity::Warn,
    summary: "Rows of the send list have more or fewer cells than the list has columns",
    repair: Repair::StopSending,
    page: include_str!("ragged_rows.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    odd_rows(
        context,
        audience,
        |list| &list.ragged,
        ("has more or fewer cells than there are columns", "have more or fewer cells than there are columns"),
        "look at these rows; quote values that hold the delimiter, or export the list again",
    )
}
