//! The send list is a list of people who must not get anything.

use super::shown;
use crate::audience::{Audience, ListFacts};
use crate::finding::{Finding, Severity, people};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::{MessageType, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "suppression-list-mailed",
    severity: Severity::Block,
    summary: "The send list is a list of people who unsubscribed, bounced or must not be mailed",
    repair: Repair::StopSending,
    page: include_str!("suppression_list_mailed.md"),
    check: Check::Audience(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    // News about an order or a contract may go to people who left.
    if context.kind() == Some(MessageType::Service) {
        return Vec::new();
    }
    let help = "this looks like the wrong file: choose the list of the people who are to get it";
    let send = || audience.lists.iter().filter(|list| list.role == Role::Send);
    let own = send().filter(|list| is_ruled_out(list)).map(|list| {
        let kind = list.export.platform.map_or_else(String::new, |platform| format!(" (an export of {platform})"));
        let message =
            format!("everybody on {}{kind} has unsubscribed or bounced, by its own columns: {}", list.path, people(list.addresses));
        let examples = list.opted_out.examples.iter().chain(&list.bounced.examples).cloned().collect::<Vec<_>>();
        Finding::new(context.headline(), message).reach(list.addresses, audience.people_on(Role::Send)).people(shown(&examples)).help(help)
    });
    let mut findings: Vec<Finding> = own.collect();
    let others = [Role::Unsubscribed, Role::Bounced, Role::DoNotMail].iter().fold(0, |mask, role| mask | audience.mask(*role));
    let (overlap, of) = (audience.overlap_of(audience.mask(Role::Send), others), audience.send_size());
    if of >= ENOUGH && overlap.people == of {
        let message = format!("everybody on the send list ({}) is also on a list of people who must not be mailed", people(of));
        findings.push(Finding::new(context.headline(), message).reach(of, of).people(shown(&overlap.examples)).help(help));
    }
    findings
}

/// How many people on both are more than a small list's bad luck.
const ENOUGH: u64 = 10;

/// Whether a list says itself that nobody on it may be mailed.
fn is_ruled_out(list: &ListFacts) -> bool {
    list.addresses > 0 && list.opted_out.people + list.bounced.people == list.addresses
}
