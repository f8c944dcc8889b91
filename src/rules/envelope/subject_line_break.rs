//! A line feed inside the subject line.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "subject-line-break",
    severity: Severity::Block,
    summary: "The subject line is broken by a line feed",
    repair: Repair::Nothing,
    page: include_str!("subject_line_break.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(subject) = context.message.subject() else { return Vec::new() };
    let text = subject.text();
    let end = text.trim_end().len();
    let Some(at) = text.get(..end).and_then(|text| text.find(['\n', '\r'])) else { return Vec::new() };
    let finding = Finding::new(subject.slice(at..at + 1), "a line feed breaks the subject line in two");
    vec![finding.help("write the subject line in one line; what follows a line feed becomes part of the headers or is lost")]
}
