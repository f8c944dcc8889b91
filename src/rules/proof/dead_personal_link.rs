//! A link of the finished message lacks a part of its address where a value is empty.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "dead-personal-link",
    severity: Severity::Block,
    summary: "A link of the finished message lacks a part of its address where a value is empty",
    repair: Repair::Redirect,
    page: include_str!("dead_personal_link.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::DeadLink,
        |who, quote| format!("{who} get a link that lacks a part: {quote}"),
        "give the tag in the address a fallback, or put the link into a condition",
    )
}
