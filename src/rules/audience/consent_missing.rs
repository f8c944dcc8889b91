//! People of whom nobody knows when they said yes.

use super::knows;
use crate::audience::{Audience, ColumnProfile, ListFacts};
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::{MessageType, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "consent-missing",
    severity: Severity::Note,
    summary: "Rows of the send list lack the day of consent that others have",
    repair: Repair::StopSending,
    page: include_str!("consent_missing.md"),
    check: Check::Asked(|_, audience| knows(audience, |list| list.export.consent), check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    if context.kind() == Some(MessageType::Service) {
        return Vec::new();
    }
    // Platforms leave the day out for everybody who was imported, and say otherwise who may be mailed.
    let send = audience.lists.iter().filter(|list| list.role == Role::Send && list.export.platform.is_none());
    let columns = send.filter_map(|list| Some((list, list.columns.get(list.export.consent?)?)));
    let finding = |(list, column): (&ListFacts, &ColumnProfile)| {
        let message = format!(
            "{} of the {} rows of {} {} nothing in `{}`, so that nobody knows when they said yes",
            grouped(column.empty.rows),
            grouped(list.rows),
            list.path,
            if column.empty.rows == 1 { "has" } else { "have" },
            column.name
        );
        let people = list.row(column.empty.first_line);
        let finding = Finding::new(context.headline(), message).reach(column.empty.rows, audience.people_on(Role::Send)).people(people);
        finding.help("find out whether they agreed, or leave them out")
    };
    columns.filter(|(_, column)| column.empty.rows > 0 && column.filled > 0).map(finding).collect()
}
