//! The platform does not send the mail to people who lack a value.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "message-withheld",
    severity: Severity::Warn,
    summary: "The platform does not send the mail to people who lack a value",
    repair: Repair::Nothing,
    page: include_str!("message_withheld.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::Withheld,
        |who, _| format!("{who} get no mail: the platform stops where a value is missing"),
        "give every tag a fallback, or fill the column",
    )
}
