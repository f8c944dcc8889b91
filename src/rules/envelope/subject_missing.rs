//! A mail without a subject line.

use crate::finding::{Finding, Severity};
use crate::message::Kind;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "subject-missing",
    severity: Severity::Block,
    summary: "The mail has no subject line",
    repair: Repair::Nothing,
    page: include_str!("subject_missing.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let message = context.message;
    // A template's subject line is often kept beside it; a mail has none but its own.
    let is_mail = matches!(message.kind, Kind::Mail | Kind::Outlook) && message.header("From").is_some();
    match message.subject() {
        None if is_mail => {
            let place = message.header("From").cloned().unwrap_or_else(|| context.headline());
            vec![
                Finding::new(place, "the mail has no subject line")
                    .help("write one; without it the mail looks like spam and is not opened"),
            ]
        }
        Some(subject) if subject.text().trim().is_empty() && (is_mail || message.kind == Kind::Json) => {
            vec![
                Finding::new(subject.clone(), "the subject line is empty")
                    .help("write one; without it the mail looks like spam and is not opened"),
            ]
        }
        _ => Vec::new(),
    }
}
