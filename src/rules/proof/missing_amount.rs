//! A currency or percent sign of the finished message has no amount beside it.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-amount",
    severity: Severity::Block,
    summary: "A currency or percent sign of the finished message has no amount beside it",
    repair: Repair::Nothing,
    page: include_str!("missing_amount.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::NoAmount,
        |who, quote| format!("{who} would read \"{quote}\", without the amount"),
        "fill the column in the list, or put the sentence into a condition",
    )
}
