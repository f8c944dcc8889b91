//! People without a value for a field that has no fallback.

use super::printed;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::{Fallback, Outcome};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "empty-field",
    severity: Severity::Warn,
    summary: "A field that the draft prints without a fallback is empty for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("empty_field.md"),
    check: Check::Audience(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let mut findings = Vec::new();
    for field in printed(context, audience) {
        let has_fallback = !matches!(field.tag.tag.fallback, Fallback::None) || !field.tag.tag.filters.is_empty();
        let is_blank =
            field.tag.reading.missing.as_ref().is_some_and(|missing| matches!(missing.outcome, Outcome::Nothing | Outcome::NoValue));
        // Inside a condition the tag may stand only for those who have a value.
        if has_fallback || !is_blank || field.is_guarded(context) || field.column.empty.rows == 0 {
            continue;
        }
        findings.push(field.finding(field.column.empty, "nothing", "add a fallback to the tag, for those who have none"));
    }
    findings
}
