//! What looks like a fallback and is none.

use super::waiting;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::{Fallback, Standing};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "no-fallback",
    severity: Severity::Warn,
    summary: "A merge tag has a fallback that is empty, or that is no fallback at all",
    repair: Repair::Nothing,
    page: include_str!("no_fallback.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tag in waiting(context).filter(|tag| tag.reading.standing == Standing::Own) {
        let message = match &tag.tag.fallback {
            Fallback::Empty => format!("the fallback of {} is empty: people without a value read nothing", tag.shown()),
            Fallback::NotAFallback(word) => format!("\"{word}\" in {} is not a fallback", tag.shown()),
            Fallback::None | Fallback::Text(_) => continue,
        };
        findings.push(Finding::new(tag.span.clone(), message).help("write the words that people without a value should read"));
    }
    findings
}
