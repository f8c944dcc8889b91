//! The same person twice.

use super::shown_pairs;
use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped, people};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "doubled-person",
    severity: Severity::Note,
    summary: "People stand on the send list more than once",
    repair: Repair::StopSending,
    page: include_str!("doubled_person.md"),
    check: Check::Audience(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let of = audience.people_on(Role::Send);
    let doubled = audience.lists.iter().filter(|list| list.role == Role::Send && list.doubled.people > 0).map(|list| {
        let message = format!(
            "{} on {} {} more than one row: {} too many",
            people(list.doubled.people),
            list.path,
            if list.doubled.people == 1 { "has" } else { "have" },
            grouped(list.doubled_rows)
        );
        let help = "keep one row of each; where the rows differ, decide which is right";
        Finding::new(context.headline(), message).reach(list.doubled.people, of).people(shown_pairs(&list.doubled.examples)).help(help)
    });
    let alike = audience.alike.iter().map(|(likeness, crowd)| {
        let message = format!("{} on the send list may be there under another spelling too: {}", people(crowd.people), likeness.describe());
        let help = "keep one of the two, unless both are meant";
        Finding::new(context.headline(), message).reach(crowd.people, of).people(shown_pairs(&crowd.examples)).help(help)
    });
    doubled.chain(alike).collect()
}
