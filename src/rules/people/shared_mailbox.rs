//! Mailboxes of functions are on the send list.

use super::marked;
use crate::audience::{Audience, Mark};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "shared-mailbox",
    severity: Severity::Note,
    summary: "Mailboxes that several people or nobody reads are on the send list: info@, noreply@, abuse@",
    repair: Repair::StopSending,
    page: include_str!("shared_mailbox.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    marked(
        context,
        audience,
        Mark::Shared,
        ("is a mailbox that several people or nobody reads", "are mailboxes that several people or nobody reads"),
        "leave out abuse@, postmaster@ and noreply@; keep others only if they asked for mail",
    )
}
