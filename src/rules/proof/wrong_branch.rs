//! People get a branch of the draft that is written for another language or salutation than their row says.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "wrong-branch",
    severity: Severity::Block,
    summary: "People get a branch of the draft that is written for another language or salutation than their row says",
    repair: Repair::Nothing,
    page: include_str!("wrong_branch.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::WrongBranch,
        |who, quote| format!("{who} get the branch {quote}, which is written for others than their row says"),
        "compare the condition with the values in the list: capitals, spelling, and which branch is for all others",
    )
}
