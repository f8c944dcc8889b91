//! A sentence of the finished message has a hole where a value is empty.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "sentence-gap",
    severity: Severity::Warn,
    summary: "A sentence of the finished message has a hole where a value is empty",
    repair: Repair::Nothing,
    page: include_str!("sentence_gap.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::Gap,
        |who, quote| format!("{who} would read \"{quote}\", with a hole where the value belongs"),
        "give the tag a fallback, or put the words around it into the condition too",
    )
}
