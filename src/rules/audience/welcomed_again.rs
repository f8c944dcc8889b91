//! People get a WELCOME mail for the second time.

use super::overlap;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::{MessageType, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "welcomed-again",
    severity: Severity::Block,
    summary: "People who have had the WELCOME mail would get it again",
    repair: Repair::StopSending,
    page: include_str!("welcomed_again.md"),
    check: Check::Audience(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    if context.settings.kind != Some(MessageType::Welcome) {
        return Vec::new();
    }
    overlap(context, audience, &[Role::AlreadyWelcomed], "have had the WELCOME mail already", "take them off the send list")
}
