//! A change would start a flow again for people who have been through it or its like.

use super::{begins, place};
use crate::finding::{Finding, Severity, people};
use crate::flows::Rehearsal;
use crate::rule::{Check, Repair, Rule};
use crate::settings::MessageType;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "flow-repeats-mail",
    severity: Severity::Block,
    summary: "People would get a flow that they or its like have had before",
    repair: Repair::StopFlow,
    page: include_str!("flow_repeats_mail.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, flow, run) in rehearsal.started().filter(|(_, _, run)| run.repeated.people > 0) {
        let again = run.repeated.people;
        if rehearsal.expected(at).and_then(|expected| expected.repeated) == Some(again) {
            continue;
        }
        let (had, what) = match flow.kind {
            Some(MessageType::Welcome) => ("welcomed", "would be welcomed again"),
            Some(MessageType::ReviewRequest) => ("asked for a review", "would be asked again"),
            _ => ("through it", "would get it again"),
        };
        let have = if again == 1 { "has" } else { "have" };
        let message = format!("{}{} who {have} been {had} {what} by {}", begins(run.is_open()), people(again), flow.name);
        let finding = Finding::new(place(rehearsal, run), message)
            .related(flow.span.clone(), "the flow")
            .reach(again, rehearsal.people)
            .at_most(run.is_open())
            .people(super::shown(&run.repeated))
            .help("give the flow a filter that keeps them out, or take them out of the file");
        findings.push(finding);
    }
    findings
}
