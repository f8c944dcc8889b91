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

pub(super) fn signs() -> Vec<&'static str> {
    SLIPS.signs()
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    slips::findings(
        &SLIPS,
        context,
        |slip| format!("\"{slip}\" is a slip that people will laugh about"),
        |meant| format!("write \"{meant}\", if that was meant"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read() {
        assert_eq!(slips::faults(LIST), [] as [&str; 0]);
    }
}
