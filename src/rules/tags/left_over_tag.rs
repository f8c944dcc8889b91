//! A merge tag in a mail that was to be filled in already.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::Kind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "left-over-tag",
    severity: Severity::Block,
    summary: "A merge tag is left in a finished mail and will be printed as it stands",
    repair: Repair::Nothing,
    page: include_str!("left_over_tag.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !context.is_finished() {
        return Vec::new();
    }
    let left = context.facts.tags.tags.iter().filter(|tag| tag.is_seen() && tag.tag.kind != Kind::Comment);
    let findings = left.map(|tag| {
        let from = if tag.tag.dialects.is_empty() { String::new() } else { format!(" ({})", tag.tag.dialects.describe()) };
        Finding::new(tag.span.clone(), format!("the merge tag {}{from} was not filled in", tag.shown()))
            .help("find out why it was not filled in: a wrong name, a wrong platform, or a test that was saved too early")
    });
    findings.collect()
}
