//! Rows whose address cannot be one.

use super::odd_rows;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "invalid-address",
    severity: Severity::Warn,
    summary: "Rows of the send list have an address that no mailbox can have",
    repair: Repair::StopSending,
    page: include_str!("invalid_address.md"),
    check: Check::Audience(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    odd_rows(
        context,
        audience,
        |list| &list.malformed,
        ("has an address that cannot be one", "have an address that cannot be one"),
        "correct these addresses, or take the rows out",
    )
}
