//! A value has a script inside, and the draft prints it as it is.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "script-in-value",
    severity: Severity::Block,
    summary: "A value has a script inside, and the draft prints it as it is",
    repair: Repair::StopSending,
    page: include_str!("script_in_value.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::Script,
        |who, quote| format!("{who} have a script inside the value of {quote}, which is printed as it is"),
        "take these rows off the list, and find out how the script came into it",
    )
}
