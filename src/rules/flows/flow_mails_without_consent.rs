//! A change would make a flow mail people who never said yes.

use super::place;
use crate::finding::{Finding, Severity, people};
use crate::flows::Rehearsal;
use crate::rule::{Check, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "flow-mails-without-consent",
    severity: Severity::Warn,
    summary: "A flow would mail people who never said yes",
    repair: Repair::StopFlow,
    page: include_str!("flow_mails_without_consent.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    let met = rehearsal.started().filter(|(_, _, run)| run.no_consent.people > 0);
    let findings = met.map(|(_, flow, run)| {
        let message = format!(
            "{} would mail {}{} who never said yes, by the lists' own columns",
            flow.name,
            run.up_to(),
            people(run.no_consent.people)
        );
        Finding::new(place(rehearsal, run), message)
            .related(flow.span.clone(), "the flow")
            .reach(run.no_consent.people, rehearsal.people)
            .at_most(run.is_open())
            .people(super::shown(&run.no_consent))
            .help("take them out of the file, or keep them out of the flow with a filter on consent")
    });
    findings.collect()
}
