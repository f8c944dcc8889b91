//! The fallback that people get is in another language than the mail.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "foreign-fallback",
    severity: Severity::Warn,
    summary: "The fallback that people get is in another language than the mail",
    repair: Repair::Nothing,
    page: include_str!("foreign_fallback.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::ForeignFallback,
        |who, quote| format!("{who} get the fallback \"{quote}\", which is in another language than the mail"),
        "write the fallback in the language of the mail",
    )
}
