//! People whom the send list's own columns rule out.

use super::{carried_over, shown};
use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::{MessageType, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "opted-out-listed",
    severity: Severity::Warn,
    summary: "The send list's own status column says that people on it have left or bounced",
    repair: Repair::StopSending,
    page: include_str!("opted_out_listed.md"),
    check: Check::Audience(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    if context.kind() == Some(MessageType::Service) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for list in carried_over(context, audience) {
        let people = list.opted_out.people + list.bounced.people;
        // Where it is everybody, it is the wrong list, which another rule says.
        if people == 0 || people == list.addresses {
            continue;
        }
        let columns: Vec<String> =
            list.export.status.iter().filter_map(|at| list.columns.get(*at)).map(|column| format!("`{}`", column.name)).collect();
        let message = format!(
            "{} of the {} people on {} have left or bounced, by its own column{} {}",
            grouped(people),
            grouped(list.addresses),
            list.path,
            if columns.len() == 1 { "" } else { "s" },
            columns.join(", ")
        );
        let examples: Vec<_> = list.opted_out.examples.iter().chain(&list.bounced.examples).cloned().collect();
        let finding = Finding::new(context.headline(), message).reach(people, audience.people_on(Role::Send)).people(shown(&examples));
        findings
            .push(finding.help("take them out before the list is imported; a platform does not look at such a column of its own accord"));
    }
    findings
}
