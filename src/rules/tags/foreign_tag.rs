//! A merge tag of another platform.

use super::{platform, waiting};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::Standing;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "foreign-tag",
    severity: Severity::Block,
    summary: "A merge tag belongs to another platform than the rest of the draft",
    repair: Repair::Nothing,
    page: include_str!("foreign_tag.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tag in waiting(context) {
        let Standing::Foreign(theirs) = tag.reading.standing else { continue };
        let outcome = tag.reading.missing.as_ref().map_or_else(|| String::from("does not fill it in"), |missing| missing.sentence.clone());
        let message = format!("{} is a tag of {}; {} {outcome}", tag.shown(), theirs.describe(), platform(context));
        findings.push(
            Finding::new(tag.span.clone(), message)
                .help(format!("write it as {} wants it, or name the right platform with esp in presend.toml", platform(context))),
        );
    }
    findings
}
