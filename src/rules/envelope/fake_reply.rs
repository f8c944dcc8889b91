//! A mass mail disguised as a reply.

use super::mailboxes::is_bulk;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "fake-reply",
    severity: Severity::Warn,
    summary: "The subject line of a mail to a list begins with Re: or Fwd:",
    repair: Repair::Nothing,
    page: include_str!("fake_reply.md"),
    check: Check::Draft(check),
};

/// Marks of replies and forwarded mails, in the languages of mail programs.
const MARKS: [&str; 17] = ["re", "fw", "fwd", "aw", "wg", "antw", "tr", "rv", "enc", "rif", "sv", "vs", "vb", "odp", "pd", "res", "doorst"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let message = context.message;
    let Some(subject) = message.subject() else { return Vec::new() };
    let is_answer = ["In-Reply-To", "References"].iter().any(|name| message.header(name).is_some());
    let Some((mark, _)) = subject.text().split_once(':') else { return Vec::new() };
    let mark = mark.trim();
    if !is_bulk(context) || is_answer || !MARKS.contains(&mark.to_lowercase().as_str()) {
        return Vec::new();
    }
    let message = format!("the subject line begins with \"{mark}:\", and the mail is neither a reply nor forwarded");
    vec![Finding::new(subject.slice(0..mark.len() + 1), message).help("leave it out; regulators have called it deceptive")]
}
