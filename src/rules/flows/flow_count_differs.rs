//! A flow starts for another number of people than the plan expects.

use super::place;
use crate::finding::{Finding, Severity, grouped, people};
use crate::flows::Rehearsal;
use crate::rule::{Check, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "flow-count-differs",
    severity: Severity::Block,
    summary: "A flow would start for more or fewer people than expected",
    repair: Repair::StopFlow,
    page: include_str!("flow_count_differs.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, (flow, run)) in rehearsal.flows.flows.iter().zip(&rehearsal.runs).enumerate() {
        let Some(expected) = rehearsal.expected(at).filter(|expected| expected.people != run.people.people) else { continue };
        let difference = expected.people.abs_diff(run.people.people);
        let word = if run.people.people > expected.people { "more" } else { "fewer" };
        let found = if run.people.people == 0 { String::from("nobody") } else { format!("{}{}", run.up_to(), people(run.people.people)) };
        let message =
            format!("{} would start for {found}; {} are expected: {} {word}", flow.name, grouped(expected.people), grouped(difference));
        let finding = Finding::new(expected.span.clone(), message)
            .related(place(rehearsal, run), "the change")
            .reach(difference, rehearsal.people)
            .help("find out who they are, then correct the file or the number");
        findings.push(finding);
    }
    findings
}
