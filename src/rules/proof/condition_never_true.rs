//! A condition that holds for nobody on the list.

use super::who;
use crate::finding::{Finding, Severity};
use crate::proof::Proof;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "condition-never-true",
    severity: Severity::Warn,
    summary: "A condition of the draft asks for a value that nobody on the send list has",
    repair: Repair::Nothing,
    page: include_str!("condition_never_true.md"),
    check: Check::Proof(check),
};

/// On how many rows a value may be missing by chance.
const ENOUGH: u64 = 10;

fn check(_: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    let mut found = Vec::new();
    for list in proof.lists.iter().filter(|list| list.rows >= ENOUGH) {
        for (fork, taken) in list.template.forks.iter().zip(&list.taken) {
            let reached: u64 = taken.iter().sum();
            for (at, condition) in fork.conditions.iter().enumerate() {
                let (Some((field, wanted)), Some(0)) = (condition.asks_for(), taken.get(at)) else { continue };
                let Some(field) = list.template.fields.get(field).filter(|_| reached >= ENOUGH) else { continue };
                let near = list.value_like(field.column, &wanted);
                let but = near.map(|near| format!("; it has \"{near}\"")).unwrap_or_default();
                let message = format!(
                    "{} have \"{wanted}\" in `{}`, for whom this branch is{but}",
                    who(0, list).replacen('0', "none", 1),
                    list.columns.name(field.column)
                );
                let span = fork.starts.get(at).unwrap_or(&fork.span).clone();
                found.push(Finding::new(span, message).help("compare the value with those in the list: capitals and spelling count"));
            }
        }
    }
    found
}
