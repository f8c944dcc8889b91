//! A hole in the finished message, unless the account has a default for the field.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "hole-without-default",
    severity: Severity::Note,
    summary: "A value is empty for people on the send list, and only a default in the platform's account would fill the hole",
    repair: Repair::Nothing,
    page: include_str!("hole_without_default.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    let says = |who: &str, quote: &str| format!("{who} would read \"{quote}\", unless the field has a default in the account");
    findings(
        context,
        proof,
        Harm::UnlessDefault,
        says,
        "look whether the field has a default in the account, or put the words into a condition",
    )
}
