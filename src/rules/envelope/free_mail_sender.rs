//! A business that sends from a free mailbox.

use super::mailboxes::{Mailbox, is_business, mailboxes};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "free-mail-sender",
    severity: Severity::Warn,
    summary: "A mail to a list is sent from a free mailbox such as gmail.com",
    repair: Repair::Nothing,
    page: include_str!("free_mail_sender.md"),
    check: Check::Draft(check),
};

/// Domains on which everybody can have a mailbox, one a line.
const FREE: &str = include_str!("free_mail.txt");

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !is_business(context) {
        return Vec::new();
    }
    let senders = context.message.header("From").into_iter().flat_map(mailboxes);
    let free = senders.filter(|sender| FREE.lines().any(|domain| domain == sender.domain));
    let finding = |sender: Mailbox| {
        let message = format!("From is a free mailbox at {}, for which nobody can sign but {0}", sender.domain);
        Finding::new(sender.address, message).help("send from your own domain; Gmail and Yahoo file or refuse such mail")
    };
    free.map(finding).collect()
}
