//! A value that stands in a link has characters that cut or break the address.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "value-breaks-link",
    severity: Severity::Warn,
    summary: "A value that stands in a link has characters that cut or break the address",
    repair: Repair::Redirect,
    page: include_str!("value_breaks_link.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::BrokenLink,
        |who, quote| format!("{who} get a link that their value breaks: {quote} has characters that end an address"),
        "encode the value for addresses (`|urlencode`, `| url_encode`), or mend the column",
    )
}
