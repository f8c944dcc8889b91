//! People are asked for a review although they have been asked.

use super::overlap;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule, Scope};
use crate::settings::{MessageType, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "asked-again",
    severity: Severity::Block,
    summary: "People who have been asked for a review would be asked again",
    repair: Repair::StopSending,
    page: include_str!("asked_again.md"),
    check: Check::Overlap(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[MessageType::ReviewRequest], roles: &[Role::AlreadyAsked] };

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    overlap(context, audience, SCOPE.roles, "have been asked already", "take them off the send list")
}
