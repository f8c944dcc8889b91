//! The subject of the finished message is empty for people on the send list.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "empty-subject",
    severity: Severity::Block,
    summary: "The subject of the finished message is empty for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("empty_subject.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::EmptySubject,
        |who, _| format!("{who} get it without a subject"),
        "put words into the subject that everybody gets, or give its tag a fallback",
    )
}
