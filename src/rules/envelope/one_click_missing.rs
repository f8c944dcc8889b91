//! Mail to a list without one-click unsubscribing.

use super::mailboxes::is_bulk;
use crate::finding::{Finding, Severity};
use crate::message::Kind;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "one-click-missing",
    severity: Severity::Warn,
    summary: "A finished mail to a list lacks the headers for one-click unsubscribing",
    repair: Repair::StopSending,
    page: include_str!("one_click_missing.md"),
    check: Check::Draft(check),
};

/// The year in which Gmail and Yahoo began to ask for it: <https://support.google.com/a/answer/81126>.
const SINCE: i16 = 2024;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let message = context.message;
    if message.kind != Kind::Mail || !is_bulk(context) || message.sent_at().is_some_and(|sent| sent.year() < SINCE) {
        return Vec::new();
    }
    let post =
        message.header("List-Unsubscribe-Post").is_some_and(|post| post.text().to_ascii_lowercase().contains("list-unsubscribe=one-click"));
    let (place, text) = match message.header("List-Unsubscribe") {
        // Platforms add both headers when they send.
        None if context.is_finished() => {
            (context.headline(), "the mail has no List-Unsubscribe header, which Gmail and Yahoo ask of mail to lists")
        }
        Some(header) if !header.text().contains("https:") && !header.text().contains(['{', '%', '*']) => {
            (header.clone(), "List-Unsubscribe has no https address, so nobody can unsubscribe with one click")
        }
        Some(header) if !post => (header.clone(), "List-Unsubscribe stands there without List-Unsubscribe-Post, so one click does nothing"),
        _ => return Vec::new(),
    };
    vec![
        Finding::new(place, text)
            .help("add List-Unsubscribe with an https address and \"List-Unsubscribe-Post: List-Unsubscribe=One-Click\" (RFC 8058)"),
    ]
}
