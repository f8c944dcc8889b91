//! A flow would start because another one adds to its list.

use super::place;
use crate::finding::{Finding, Severity, people};
use crate::flows::{Cause, Rehearsal};
use crate::rule::{Check, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "flow-chain",
    severity: Severity::Note,
    summary: "A flow would start because another flow does",
    repair: Repair::StopFlow,
    page: include_str!("flow_chain.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, flow, run) in rehearsal.started() {
        let by = run.causes.iter().filter_map(|(cause, people)| if let Cause::Flow(by) = cause { Some((*by, *people)) } else { None });
        for (by, number) in by.filter(|_| rehearsal.expected(at).is_none()) {
            let Some(from) = rehearsal.flows.flows.get(by) else { continue };
            let how = rehearsal
                .flows
                .sets_off(by)
                .into_iter()
                .find(|(other, _)| *other == at)
                .map_or_else(String::new, |(_, how)| format!(", which {how}"));
            let message = format!("{} starts too, for {}{}, because of {}{how}", flow.name, run.up_to(), people(number), from.name);
            let finding = Finding::new(place(rehearsal, run), message)
                .related(from.span.clone(), format!("the flow {}", from.name))
                .reach(number, rehearsal.people)
                .at_most(run.is_open())
                .help("expect it in the plan if it is meant");
            findings.push(finding);
        }
    }
    findings
}
