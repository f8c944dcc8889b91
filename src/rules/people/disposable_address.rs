//! Throw-away mailboxes are on the send list.

use super::marked;
use crate::audience::{Audience, Mark};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "disposable-address",
    severity: Severity::Note,
    summary: "Throw-away mailboxes are on the send list",
    repair: Repair::StopSending,
    page: include_str!("disposable_address.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    marked(
        context,
        audience,
        Mark::Disposable,
        ("is a throw-away mailbox", "are throw-away mailboxes"),
        "leave them out, or count how many coupons they took",
    )
}
