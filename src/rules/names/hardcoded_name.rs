//! One person's name in a greeting that everybody gets.

use crate::facts::{Greeting, Named};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "hardcoded-name",
    severity: Severity::Block,
    summary: "A greeting names one person, and everybody will be called that",
    repair: Repair::Nothing,
    page: include_str!("hardcoded_name.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    // A mail that has travelled was filled in for the one person who got it.
    if context.is_finished() {
        return Vec::new();
    }
    let greetings = context.facts.greetings.iter().filter(|greeting| is_person(greeting, context));
    let findings = greetings.map(|greeting| {
        Finding::new(greeting.name_span.clone(), format!("everybody who gets this mail is called \"{}\"", greeting.name))
            .help("put the merge tag of your platform in place of the name, with a fallback for people without one")
    });
    findings.collect()
}

fn is_person(greeting: &Greeting, context: &Context<'_>) -> bool {
    let staff = context
        .settings
        .staff
        .iter()
        .any(|person| person.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case(&greeting.name)));
    greeting.named == Named::Person || (greeting.named == Named::Everybody && staff)
}
