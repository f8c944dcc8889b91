//! A change would make a flow mail people who must not be mailed.

use super::place;
use crate::finding::{Finding, Severity, people};
use crate::flows::Rehearsal;
use crate::rule::{Check, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "flow-mails-opted-out",
    severity: Severity::Block,
    summary: "A flow would mail people who opted out, bounced or must not be mailed",
    repair: Repair::StopFlow,
    page: include_str!("flow_mails_opted_out.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    let met = rehearsal.started().filter(|(_, _, run)| run.opted_out.people > 0);
    let findings = met.map(|(_, flow, run)| {
        let message = format!(
            "{} would mail {}{} who opted out, bounced or must not be mailed",
            flow.name,
            run.up_to(),
            people(run.opted_out.people)
        );
        Finding::new(place(rehearsal, run), message)
            .related(flow.span.clone(), "the flow")
            .reach(run.opted_out.people, rehearsal.people)
            .at_most(run.is_open())
            .people(super::shown(&run.opted_out))
            .help("take them out of the file, or put them on the platform's suppression list first")
    });
    findings.collect()
}
