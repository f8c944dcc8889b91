//! A mail that nobody sends.

use super::mailboxes::mailboxes;
use crate::finding::{Finding, Severity};
use crate::message::Kind;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "sender-missing",
    severity: Severity::Block,
    summary: "The mail has no From address",
    repair: Repair::Nothing,
    page: include_str!("sender_missing.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let message = context.message;
    let is_mail =
        matches!(message.kind, Kind::Mail | Kind::Outlook) && ["Date", "To", "From"].iter().any(|name| message.header(name).is_some());
    let is_tag = || context.facts.tags.tags.iter().any(|tag| tag.header == Some("From"));
    match message.header("From") {
        None if is_mail && context.is_finished() => {
            vec![
                Finding::new(context.headline(), "the mail has no From")
                    .help("write your name and an address on your own domain into From"),
            ]
        }
        Some(from) if is_mail && mailboxes(from).is_empty() && !is_tag() && !from.text().contains('@') => {
            vec![Finding::new(from.clone(), "From has no address").help("write your name and an address on your own domain into From")]
        }
        _ => Vec::new(),
    }
}
