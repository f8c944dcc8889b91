//! Somebody's trials are on the send list.

use super::marked;
use crate::audience::{Audience, Mark};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "test-address",
    severity: Severity::Warn,
    summary: "Test addresses are on a live send list",
    repair: Repair::StopSending,
    page: include_str!("test_address.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    marked(
        context,
        audience,
        Mark::Test,
        ("is a test address", "are test addresses"),
        "take them off the list; if this is a test list, send to it as a test",
    )
}
