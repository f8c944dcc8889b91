//! Addresses that do not exist any more are on the send list.

use super::overlap;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule, Scope};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "bounced-mailed",
    severity: Severity::Warn,
    summary: "Addresses that bounced are on the send list",
    repair: Repair::StopSending,
    page: include_str!("bounced_mailed.md"),
    check: Check::Overlap(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[], roles: &[Role::Bounced] };

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    overlap(
        context,
        audience,
        &[Role::Bounced],
        "have bounced before",
        "take them off the send list; mail providers count such mails against the sender",
    )
}
