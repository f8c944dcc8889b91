//! Words that are taken for each other.

use super::slips::{self, Slips};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "mixed-up-words",
    severity: Severity::Warn,
    summary: "One word is written for another: \"your welcome\", \"seid Jahren\", \"jou bestelling\"",
    repair: Repair::Nothing,
    page: include_str!("mixed_up_words.md"),
    check: Check::Draft(check),
};

/// Collected for presend.
const LIST: &str = include_str!("mixed_up_words.txt");

static SLIPS: LazyLock<Slips> = LazyLock::new(|| slips::read(LIST));

pub(super) fn signs() -> Vec<&'static str> {
    SLIPS.signs()
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    slips::findings(&SLIPS, context, |slip| format!("\"{slip}\" takes one word for another"), |meant| format!("write \"{meant}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read() {
        assert_eq!(slips::faults(LIST), [] as [&str; 0]);
    }
}
