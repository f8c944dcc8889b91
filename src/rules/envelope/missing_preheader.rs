//! A mail without a preheader.

use super::preview;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-preheader",
    severity: Severity::Note,
    summary: "The mail has no preheader, so inboxes show its first words",
    repair: Repair::Nothing,
    page: include_str!("missing_preheader.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(first) = preview::first_words(context).filter(|first| !preview::is_header_talk(&first.text)) else { return Vec::new() };
    let shown: String = first.text.chars().take(60).collect();
    let message = format!("there is no preheader; behind the subject line, inboxes show \"{shown}\"");
    vec![Finding::new(first.whole(), message).help("begin the HTML with a hidden line that goes on where the subject line ends")]
}
