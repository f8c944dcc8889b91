//! People get a WELCOME mail for the second time.

use super::overlap;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule, Scope};
use crate::settings::{MessageType, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "welcomed-again",
    severity: Severity::Block,
    summary: "People who have had the WELCOME mail would get it again",
    repair: Repair::StopSending,
    page: include_str!("welcomed_again.md"),
    check: Check::Overlap(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[MessageType::Welcome], roles: &[Role::AlreadyWelcomed] };

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    overlap(context, audience, SCOPE.roles, "have had the WELCOME mail already", "take them off the send list")
}
