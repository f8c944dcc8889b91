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
    let own = platform(context);
    let example = context.facts.tags.decision.as_ref().and_then(|decision| decision.platform()?.fallback.as_deref());
    let mut findings = Vec::new();
    for tag in waiting(context) {
        let Standing::Foreign(theirs) = tag.reading.standing else { continue };
        let outcome = tag.reading.missing.as_ref().map_or("does not fill it in", |missing| missing.sentence.as_str());
        let whose = if theirs.is_empty() { String::from("no tag") } else { format!("a tag of {}", theirs.describe()) };
        let message = format!("{} is {whose}; {own} {outcome}", tag.shown());
        let help = match example {
            Some(example) => format!("write it as {own} wants it, such as {example}; or name the right platform with esp in presend.toml"),
            None => format!("write it as {own} wants it, or name the right platform with esp in presend.toml"),
        };
        findings.push(Finding::new(tag.span.clone(), message).help(help));
    }
    findings
}
