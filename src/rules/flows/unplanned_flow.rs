//! A change would start a flow that the plan does not expect.

use super::place;
use crate::finding::{Finding, Severity, people};
use crate::flows::Rehearsal;
use crate::rule::{Check, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unplanned-flow",
    severity: Severity::Block,
    summary: "A change would start a flow that nobody expects",
    repair: Repair::StopFlow,
    page: include_str!("unplanned_flow.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    let started = rehearsal.started().filter(|(at, ..)| rehearsal.expected(*at).is_none());
    let findings = started.map(|(_, flow, run)| {
        let count = people(run.people.people);
        let message = format!("{} would start for {}{count}, and the plan does not expect it", flow.name, run.up_to());
        Finding::new(place(rehearsal, run), message)
            .related(flow.span.clone(), "the flow")
            .reach(run.people.people, rehearsal.people)
            .at_most(run.is_open())
            .people(super::shown(&run.people))
            .help(format!(
                "switch it off for the while, or, if it is meant, write it into the plan: [[expected]] flow = \"{}\", people = {}",
                flow.name, run.people.people
            ))
    });
    findings.collect()
}
