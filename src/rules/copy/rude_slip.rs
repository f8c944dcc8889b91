//! Slips that make a rude word.

use super::slips::{self, Slips};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "rude-slip",
    severity: Severity::Block,
    summary: "A slip of a letter made a rude word: \"pubic relations\", \"feliz ano nuevo\"",
    repair: Repair::Nothing,
    page: include_str!("rude_slip.md"),
    check: Check::Draft(check),
};

/// Collected for presend.
const LIST: &str = include_str!("rude_slips.txt");

static SLIPS: LazyLock<Slips> = LazyLock::new(|| slips::read(LIST));

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in context.facts.copy() {
        for (range, meant) in slips::find(&SLIPS, context, passage) {
            let message = format!("\"{}\" is a slip that people will laugh about", passage.text.get(range.clone()).unwrap_or_default());
            findings.push(Finding::new(passage.span(range), message).help(format!("write \"{meant}\", if that was meant")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read() {
        assert_eq!(slips::faults(LIST), [] as [&str; 0]);
    }
}
