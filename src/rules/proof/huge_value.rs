//! A value that the draft prints is longer than any text that belongs in a mail.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "huge-value",
    severity: Severity::Warn,
    summary: "A value that the draft prints is longer than any text that belongs in a mail",
    repair: Repair::Nothing,
    page: include_str!("huge_value.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::Huge,
        |who, quote| format!("{who} have a value of more than 10,000 characters in {quote}"),
        "mend the column: a cell may have swallowed the rest of its file",
    )
}
