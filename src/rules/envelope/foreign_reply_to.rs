//! Answers that go elsewhere.

use super::mailboxes::{is_business, mailboxes};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "foreign-reply-to",
    severity: Severity::Warn,
    summary: "Answers go to another domain than the sender's",
    repair: Repair::Nothing,
    page: include_str!("foreign_reply_to.md"),
    check: Check::Draft(check),
};

/// Domains on which everybody can have a mailbox, one a line.
const FREE: &str = include_str!("free_mail.txt");

fn check(context: &Context<'_>) -> Vec<Finding> {
    let message = context.message;
    let (Some(from), Some(reply)) = (message.header("From"), message.header("Reply-To")) else { return Vec::new() };
    let (from, reply) = (mailboxes(from), mailboxes(reply));
    let (Some(from), Some(reply)) = (from.first(), reply.into_iter().next()) else { return Vec::new() };
    let own = &context.settings.domains;
    let is_own = own.iter().any(|domain| psl::domain_str(domain).is_some_and(|site| site == reply.site()));
    // Without a brief, the answers of many senders rightly go to their help desk.
    let is_free = FREE.lines().any(|domain| domain == reply.domain);
    if !is_business(context) || from.site() == reply.site() || is_own || (!is_free && own.is_empty()) {
        return Vec::new();
    }
    let message = format!("answers go to {}, and the mail is from {}", reply.domain, from.domain);
    vec![Finding::new(reply.address, message).help("let answers go to your own domain, or name this one in `domains`")]
}
