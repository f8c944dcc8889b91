//! Control characters in a field that is printed.

use super::printed;
use crate::audience::{Audience, Trait};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "control-character",
    severity: Severity::Warn,
    summary: "A field that the draft prints has control characters for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("control_character.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let fields = printed(context, audience).into_iter().filter(|field| field.is_filled);
    fields.filter_map(|field| field.with_trait(Trait::Control, "control characters", "clean these cells")).collect()
}
