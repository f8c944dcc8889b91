//! Colleagues and seed addresses are among those who get it.

use super::overlap;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule, Scope};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "staff-mailed",
    severity: Severity::Note,
    summary: "Colleagues or seed addresses are on the send list",
    repair: Repair::StopSending,
    page: include_str!("staff_mailed.md"),
    check: Check::Overlap(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[], roles: &[Role::Staff] };

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    overlap(context, audience, SCOPE.roles, "are colleagues or seed addresses", "leave them if they are meant to see the mail arrive")
}
