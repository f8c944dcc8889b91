//! A change would welcome people who are customers already.

use super::{begins, codes_of, place};
use crate::finding::{Finding, Severity, grouped};
use crate::flows::Rehearsal;
use crate::rule::{Check, Repair, Rule};
use crate::settings::MessageType;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "customers-in-welcome-flow",
    severity: Severity::Block,
    summary: "Existing customers would get a WELCOME flow",
    repair: Repair::StopFlow,
    page: include_str!("customers_in_welcome_flow.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, flow, run) in rehearsal.started().filter(|(_, flow, run)| flow.kind == Some(MessageType::Welcome) && run.customers.people > 0)
    {
        let customers = run.customers.people;
        let expected = rehearsal.expected(at).and_then(|expected| expected.customers);
        if expected == Some(customers) {
            continue;
        }
        let (codes, cost) = codes_of(rehearsal, at);
        let noun = if customers == 1 { "existing customer" } else { "existing customers" };
        let number = expected.map(|expected| format!(" ({} are expected)", grouped(expected))).unwrap_or_default();
        let cost = cost.map(|stake| format!("; {}", stake.for_people(customers))).unwrap_or_default();
        let message = format!("{}{} {noun} would get {}{codes}{number}{cost}", begins(run.is_open()), grouped(customers), flow.name);
        let finding = Finding::new(place(rehearsal, run), message)
            .related(flow.span.clone(), "the flow")
            .reach(customers, rehearsal.people)
            .at_most(run.is_open())
            .people(super::shown(&run.customers))
            .help("switch the flow off for the while, give it a filter that keeps customers out, or take them out of the file");
        findings.push(finding);
    }
    findings
}
