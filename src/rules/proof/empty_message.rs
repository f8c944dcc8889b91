//! The finished message has nothing in it for people on the send list.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "empty-message",
    severity: Severity::Block,
    summary: "The finished message has nothing in it for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("empty_message.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::EmptyMessage,
        |who, _| format!("{who} get a message with nothing in it"),
        "add a branch for everybody whom no condition is for",
    )
}
