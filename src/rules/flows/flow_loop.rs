//! A change would send people round in a circle of flows.

use super::{begins, place};
use crate::finding::{Finding, Severity, people};
use crate::flows::Rehearsal;
use crate::rule::{Check, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "flow-loop",
    severity: Severity::Block,
    summary: "A flow would set itself off again and again",
    repair: Repair::StopFlow,
    page: include_str!("flow_loop.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    let rings = rehearsal.flows.loops();
    let name = |flow: &usize| rehearsal.flows.flows.get(*flow).map_or("", |flow| flow.name.as_str());
    let mut findings = Vec::new();
    for ring in rings {
        let looped = ring.iter().filter_map(|flow| rehearsal.runs.get(*flow)).max_by_key(|run| run.looped.people);
        let Some(run) = looped.filter(|run| run.looped.people > 0) else { continue };
        let way = ring.iter().chain(ring.first()).map(name).collect::<Vec<_>>().join(" → ");
        let message = format!("{}{} would go round in a circle: {way}", begins(run.is_open()), people(run.looped.people));
        let mut finding = Finding::new(place(rehearsal, run), message)
            .reach(run.looped.people, rehearsal.people)
            .at_most(run.is_open())
            .people(super::shown(&run.looped))
            .help("give one of the flows a re-entry limit, or take the step out that starts the next one");
        for flow in ring.iter().filter_map(|flow| rehearsal.flows.flows.get(*flow)) {
            finding = finding.related(flow.span.clone(), format!("the flow {}", flow.name));
        }
        findings.push(finding);
    }
    findings
}
