//! People who never asked for mail.

use super::{carried_over, shown};
use crate::audience::{Audience, ListFacts};
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::{MessageType, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "never-subscribed",
    severity: Severity::Warn,
    summary: "The send list's own columns say that people on it never subscribed",
    repair: Repair::StopSending,
    page: include_str!("never_subscribed.md"),
    check: Check::Audience(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    if context.kind() == Some(MessageType::Service) {
        return Vec::new();
    }
    // Klaviyo mails them: https://help.klaviyo.com/hc/en-us/articles/360043841811
    let own = audience.lists.iter().filter(|list| list.role == Role::Send && list.export.platform == Some("Klaviyo"));
    let lists: Vec<&ListFacts> = carried_over(context, audience).chain(own).collect();
    let mut findings: Vec<Finding> = Vec::new();
    for list in lists.iter().filter(|list| list.never_subscribed.people > 0) {
        let message = format!(
            "{} of the {} people on {} never subscribed, by its own columns",
            grouped(list.never_subscribed.people),
            grouped(list.addresses),
            list.path
        );
        let finding = Finding::new(context.headline(), message).reach(list.never_subscribed.people, audience.people_on(Role::Send));
        let finding =
            finding.people(shown(&list.never_subscribed.examples)).help("leave them out, unless the law where they live allows it");
        if findings.iter().all(|known| known.message != finding.message) {
            findings.push(finding);
        }
    }
    findings
}
