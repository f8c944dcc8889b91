//! People who took their consent back, or must never be mailed, are on the send list.

use super::overlap;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule, Scope};
use crate::settings::{MessageType, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "opted-out-mailed",
    severity: Severity::Block,
    summary: "People who unsubscribed or must not be mailed are on the send list",
    repair: Repair::StopSending,
    page: include_str!("opted_out_mailed.md"),
    check: Check::Overlap(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[], roles: &[Role::Unsubscribed, Role::DoNotMail] };

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    // News about an order or a contract may go to people who want no advertising, but not to those who must get nothing.
    let is_service = context.kind() == Some(MessageType::Service);
    let roles: &[Role] = if is_service { &[Role::DoNotMail] } else { SCOPE.roles };
    let help = "take them off the send list before anything goes out; in most countries mailing them is against the law";
    overlap(context, audience, roles, "have unsubscribed or must not be mailed", help)
}
