//! A mail for readers of HTML only.

use crate::finding::{Finding, Severity};
use crate::message::{Body, Kind};
use crate::rule::{Check, Context, Repair, Rule};
use crate::rules::envelope::mailboxes::is_bulk;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "text-part-missing",
    severity: Severity::Note,
    summary: "A finished mail to a list has HTML and no plain-text part",
    repair: Repair::Nothing,
    page: include_str!("text_part_missing.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let message = context.message;
    let html = message.bodies.iter().any(Body::is_html);
    if message.kind != Kind::Mail || !is_bulk(context) || !html || message.bodies.iter().any(|body| matches!(body, Body::Text(_))) {
        return Vec::new();
    }
    let finding = Finding::new(context.headline(), "the mail has no plain-text part");
    vec![finding.help("add one that says the same; watches, screen readers and filters use it")]
}
