//! People who can see each other.

use super::mailboxes::{Mailbox, is_bulk, mailboxes};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "exposed-recipients",
    severity: Severity::Block,
    summary: "Many people stand in To or Cc, where each can see all the others",
    repair: Repair::StopSending,
    page: include_str!("exposed_recipients.md"),
    check: Check::Draft(check),
};

/// From how many mailboxes in To and Cc on it is a list, and no conversation.
const MANY: usize = 10;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let headers: Vec<_> =
        context.message.headers.iter().filter(|header| ["to", "cc"].iter().any(|name| header.name.eq_ignore_ascii_case(name))).collect();
    let all: Vec<Mailbox> = headers.iter().flat_map(|header| mailboxes(&header.value)).collect();
    let mut sites: Vec<&str> = all.iter().map(Mailbox::site).collect();
    sites.sort_unstable();
    sites.dedup();
    // Colleagues may see each other, and so may the few of a conversation.
    let is_many = all.len() >= MANY || (is_bulk(context) && all.len() > 2);
    let Some(first) = all.first().filter(|_| is_many && sites.len() > 1) else { return Vec::new() };
    let message = format!("{} people stand in To and Cc; each of them sees the addresses of all the others", all.len());
    vec![Finding::new(first.address.clone(), message).help("send one mail to each person, or put them into Bcc")]
}
