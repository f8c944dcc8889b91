//! A greeting whose name is missing, or is a program's word for "missing".

use crate::facts::Named;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "empty-name",
    severity: Severity::Block,
    summary: "A greeting says \"Hi ,\" or \"Hi null\"",
    repair: Repair::Nothing,
    page: include_str!("empty_name.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for greeting in &context.facts.greetings {
        let message = match greeting.named {
            Named::Nobody => String::from("the greeting leaves room for a name, and there is none"),
            Named::Missing => format!("the greeting says \"{}\", a program's word for a missing value", greeting.span.text()),
            _ => continue,
        };
        findings.push(
            Finding::new(greeting.span.clone(), message)
                .help("put in the merge tag with a fallback, or greet without a name: \"Hi there,\""),
        );
    }
    findings
}
