//! A loop of the draft has too many rounds, or the message becomes too long.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "endless-template",
    severity: Severity::Block,
    summary: "A loop of the draft has too many rounds, or the message becomes too long",
    repair: Repair::Nothing,
    page: include_str!("endless_template.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::Endless,
        |who, _| format!("{who} get no finished message: loops have more than 1,000 rounds, or the message more than 16 MB"),
        "count to fewer, or cut the value that is so long",
    )
}
