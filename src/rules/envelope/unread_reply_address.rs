//! A sender who does not want answers.

use super::mailboxes::{Mailbox, is_business, mailboxes};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unread-reply-address",
    severity: Severity::Note,
    summary: "Replies go to a no-reply address",
    repair: Repair::Nothing,
    page: include_str!("unread_reply_address.md"),
    check: Check::Draft(check),
};

/// Local parts of mailboxes that nobody reads, without hyphens, dots and underscores.
const UNREAD: [&str; 10] = [
    "noreply",
    "donotreply",
    "dontreply",
    "noresponse",
    "nepasrepondre",
    "noresponder",
    "keineantwort",
    "nichtantworten",
    "nonrispondere",
    "naoresponda",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !is_business(context) {
        return Vec::new();
    }
    let message = context.message;
    let Some(header) = message.header("Reply-To").or_else(|| message.header("From")) else { return Vec::new() };
    let is_unread = |one: &Mailbox| {
        let local: String = one.local().chars().filter(|c| c.is_alphanumeric()).collect();
        UNREAD.iter().any(|unread| local.starts_with(unread))
    };
    let finding = |one: Mailbox| {
        Finding::new(one.address, "who answers this mail, reaches nobody")
            .help("let answers go to a mailbox that somebody reads; people unsubscribe by replying, too")
    };
    mailboxes(header).into_iter().filter(is_unread).map(finding).collect()
}
