//! An import would mail people about what happened long ago.

use super::{begins, place};
use crate::finding::{Finding, Severity, grouped, people};
use crate::flows::{Cause, EventFacts, Minutes, Rehearsal, Run};
use crate::rule::{Check, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "old-events-mailed",
    severity: Severity::Block,
    summary: "Events that are old news would send mails",
    repair: Repair::StopFlow,
    page: include_str!("old_events_mailed.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, flow, run) in rehearsal.started().filter(|(_, _, run)| run.old_starts > 0) {
        if rehearsal.expected(at).and_then(|expected| expected.old_events) == Some(run.old_starts) {
            continue;
        }
        let limit = match flow.age_limit {
            Some(limit) => format!("its age limit is {}", limit.in_words()),
            None => String::from("it has no age limit"),
        };
        let event = if run.old_starts == 1 { "event" } else { "events" };
        let message = format!(
            "{}{} {event} older than {} would start {} for {}{}; {limit}",
            begins(run.is_open()),
            grouped(run.old_starts),
            rehearsal.plan.old_after.in_words(),
            flow.name,
            people(run.old.people),
            oldest(rehearsal, run)
        );
        let finding = Finding::new(place(rehearsal, run), message)
            .related(flow.span.clone(), "the flow")
            .reach(run.old.people, rehearsal.people)
            .at_most(run.is_open())
            .people(super::shown(&run.old))
            .help("switch the flow off while they are imported, or let it start only for events of the last days");
        findings.push(finding);
    }
    findings
}

/// When the oldest of the events happened.
fn oldest(rehearsal: &Rehearsal, run: &Run) -> String {
    let of = |cause: &Cause| if let Cause::Change(change) = cause { rehearsal.changes.get(*change)?.events.as_ref() } else { None };
    let oldest = run.causes.keys().filter_map(of).filter_map(|events: &EventFacts| events.oldest).min();
    oldest.map_or_else(String::new, |oldest| {
        let age = Minutes(rehearsal.plan.at.timestamp().duration_since(oldest).as_mins());
        let day = oldest.to_zoned(rehearsal.plan.at.time_zone().clone()).strftime("%-d %B %Y").to_string();
        let age = if age.0 >= 2 * 24 * 60 { Minutes(age.0 / (24 * 60) * 24 * 60) } else { age };
        format!(", the oldest from {day}, {} ago", age.in_words())
    })
}
