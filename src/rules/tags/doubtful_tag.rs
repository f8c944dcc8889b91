//! A merge tag that the platform's documents do not allow and that is said to work.

use super::{is_doubtful, platform, waiting};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::Standing;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "doubtful-tag",
    severity: Severity::Warn,
    summary: "A merge tag is written in a way that the platform may not accept",
    repair: Repair::Nothing,
    page: include_str!("doubtful_tag.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let doubtful = waiting(context).filter(|tag| tag.reading.standing == Standing::Own && is_doubtful(tag));
    let findings = doubtful.map(|tag| {
        let message = format!("{} has a space behind the colon, which {} may not accept", tag.shown(), platform(context));
        Finding::new(tag.span.clone(), message).help("remove the space: `|default:'there'`")
    });
    findings.collect()
}
