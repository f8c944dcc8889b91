//! A sender whom the brief does not know.

use super::mailboxes::{Mailbox, mailboxes};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "foreign-sender",
    severity: Severity::Warn,
    summary: "From is none of the domains or not the sender that the brief names",
    repair: Repair::Nothing,
    page: include_str!("foreign_sender.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let settings = context.settings;
    let own = |mailbox: &Mailbox| settings.domains.iter().any(|domain| is_on(&mailbox.domain, domain));
    let Some(from) = context.message.header("From").and_then(|from| mailboxes(from).into_iter().next()) else { return Vec::new() };
    if let Some(sender) = settings.sender.as_deref().filter(|sender| sender.contains('@')) {
        let is_meant = sender.to_lowercase().contains(&from.address.text().to_lowercase());
        let message = format!("From is {}, and the brief says {sender}", from.address.text());
        let finding =
            || Finding::new(from.address.clone(), message).help("send from the address that the brief names, or correct the brief");
        return if is_meant { Vec::new() } else { vec![finding()] };
    }
    if settings.domains.is_empty() || own(&from) {
        return Vec::new();
    }
    let near = settings.domains.iter().find(|domain| strsim::damerau_levenshtein(from.site(), domain) <= 1);
    let message = match near {
        Some(domain) => format!("From is at {}, one slip away from {domain}", from.domain),
        None => format!("From is at {}, which is none of your domains", from.domain),
    };
    vec![Finding::new(from.address, message).help("send from one of your domains, or name this one in `domains`")]
}

/// Whether a host is a domain or lies below it.
fn is_on(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}
