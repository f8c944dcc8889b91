//! People who said yes too long ago.

use crate::audience::{Audience, Seen};
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Role;
use jiff::ToSpan;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "consent-outdated",
    severity: Severity::Warn,
    summary: "People on the send list said yes longer ago than consent is good for",
    repair: Repair::StopSending,
    page: include_str!("consent_outdated.md"),
    check: Check::Asked(|settings, _| settings.people.consent_months.is_some(), check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let Some(months) = context.settings.people.consent_months else { return Vec::new() };
    let Ok(oldest) = context.send_at.date().checked_sub(i64::from(months).months()) else { return Vec::new() };
    let mut findings = Vec::new();
    for list in audience.lists.iter().filter(|list| list.role == Role::Send) {
        let Some(column) = list.export.consent.and_then(|at| list.columns.get(at)) else {
            let message = format!("{} has no column that says when people agreed, so that nobody can say how long ago", list.path);
            findings.push(Finding::new(context.headline(), message).help("export it with the day of consent"));
            continue;
        };
        let (mut old, mut dated) = (Seen::default(), 0);
        for (day, seen) in &column.days {
            dated += seen.rows;
            if *day < oldest {
                old.first_line = if old.rows == 0 { seen.first_line } else { old.first_line.min(seen.first_line) };
                old.rows += seen.rows;
            }
        }
        let unread = column.filled - dated;
        if old.rows > 0 {
            let message = format!(
                "{} of the {} rows of {} agreed before {oldest}, more than {months} months ago",
                grouped(old.rows),
                grouped(list.rows),
                list.path
            );
            let people = list.row(old.first_line);
            let finding = Finding::new(context.headline(), message).reach(old.rows, audience.people_on(Role::Send)).people(people);
            findings.push(finding.help("ask them again before anything else is sent, or leave them out"));
        }
        if unread > 0 {
            let message = format!(
                "{} rows of {} have something in `{}` that is no day that can be understood",
                grouped(unread),
                list.path,
                column.name
            );
            let finding = Finding::new(context.headline(), message).reach(unread, audience.people_on(Role::Send));
            findings.push(finding.help("write days as 2026-11-27"));
        }
    }
    findings
}
