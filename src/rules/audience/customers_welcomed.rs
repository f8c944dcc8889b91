//! Existing customers get a WELCOME mail.

use super::overlap;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule, Scope};
use crate::settings::{MessageType, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "customers-welcomed",
    severity: Severity::Block,
    summary: "Existing customers would get a WELCOME mail",
    repair: Repair::StopSending,
    page: include_str!("customers_welcomed.md"),
    check: Check::Overlap(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[MessageType::Welcome], roles: &[Role::Customers] };

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let help = "take the customers off the send list, or write to them as customers";
    overlap(context, audience, SCOPE.roles, "have bought before, and this mail welcomes them as new", help)
}
