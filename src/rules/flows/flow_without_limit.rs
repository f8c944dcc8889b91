//! A flow that would start has nothing that limits it.

use super::place;
use crate::finding::{Finding, Severity};
use crate::flows::{Flow, Reentry, Rehearsal, Trigger};
use crate::rule::{Check, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "flow-without-limit",
    severity: Severity::Note,
    summary: "A flow that would start has no age limit, no re-entry limit or no frequency cap",
    repair: Repair::StopFlow,
    page: include_str!("flow_without_limit.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    let started = rehearsal.started().filter(|(at, ..)| rehearsal.expected(*at).is_none());
    let findings = started.filter_map(|(_, flow, run)| {
        let missing = missing(flow, rehearsal);
        let (last, first) = missing.split_last()?;
        let words = if first.is_empty() { (*last).to_owned() } else { format!("{} and {last}", first.join(", ")) };
        let message = format!("{} has {words}", flow.name);
        Some(
            Finding::new(flow.span.clone(), message)
                .related(place(rehearsal, run), "the change that starts it")
                .reach(run.people.people, rehearsal.people)
                .at_most(run.is_open())
                .help("limit it, or expect it in the plan"),
        )
    });
    findings.collect()
}

/// What a flow does not have.
fn missing(flow: &Flow, rehearsal: &Rehearsal) -> Vec<&'static str> {
    let by_event = flow.triggers.iter().any(|trigger| matches!(trigger, Trigger::Event(_)));
    let by_group = flow.triggers.iter().any(|trigger| matches!(trigger, Trigger::Joins(_)));
    let capped = flow.cap.is_some() || flow.mails().iter().all(|mail| mail.capped) || rehearsal.plan.smart_sending.is_some();
    let lacks = [
        (by_event && flow.age_limit.is_none(), "no age limit"),
        // An order may be shipped twice; nobody joins for the first time twice.
        (by_group && matches!(flow.reentry, Reentry::Always | Reentry::Unknown), "no re-entry limit"),
        (flow.mails().len() > 1 && !capped, "no frequency cap"),
    ];
    lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what).collect()
}
