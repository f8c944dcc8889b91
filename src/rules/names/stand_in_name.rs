//! A stand-in such as `[First Name]` where a merge tag belongs.

use crate::facts::Named;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "stand-in-name",
    severity: Severity::Block,
    summary: "A greeting says `[First Name]` or FIRSTNAME where a merge tag belongs",
    repair: Repair::Nothing,
    page: include_str!("stand_in_name.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let greetings = context.facts.greetings.iter().filter(|greeting| greeting.named == Named::StandIn);
    let findings = greetings.map(|greeting| {
        Finding::new(greeting.name_span.clone(), format!("the greeting will read \"{}\" to everybody", greeting.span.text()))
            .help("put the merge tag of your platform in place of the stand-in, with a fallback for people without a name")
    });
    findings.collect()
}
