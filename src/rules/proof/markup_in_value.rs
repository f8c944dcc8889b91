//! A value has HTML inside, and the draft prints it as it is.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "markup-in-value",
    severity: Severity::Warn,
    summary: "A value has HTML inside, and the draft prints it as it is",
    repair: Repair::Nothing,
    page: include_str!("markup_in_value.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::Markup,
        |who, quote| format!("{who} have HTML inside the value of {quote}, which is printed as it is"),
        "mend the column, or escape the value in the tag",
    )
}
