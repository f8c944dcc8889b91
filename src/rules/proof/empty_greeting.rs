//! The greeting of the finished message has no name for people on the send list.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "empty-greeting",
    severity: Severity::Block,
    summary: "The greeting of the finished message has no name for people on the send list: \"Hi ,\"",
    repair: Repair::Nothing,
    page: include_str!("empty_greeting.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::EmptyGreeting,
        |who, quote| format!("{who} would read \"{quote}\""),
        "give the tag a fallback, or put the greeting into a condition",
    )
}
