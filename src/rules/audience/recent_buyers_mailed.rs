//! The offer goes to people who have just paid the full price.

use super::overlap;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule, Scope};
use crate::settings::{MessageType, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "recent-buyers-mailed",
    severity: Severity::Warn,
    summary: "People who have just bought what a promotion advertises are on its send list",
    repair: Repair::StopSending,
    page: include_str!("recent_buyers_mailed.md"),
    check: Check::Overlap(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[MessageType::Promotion], roles: &[Role::RecentBuyers] };

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    overlap(context, audience, SCOPE.roles, "have just bought it", "leave them out, or tell them something else")
}
