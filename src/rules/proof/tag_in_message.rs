//! A merge tag is left in the finished message for people on the send list.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "tag-in-message",
    severity: Severity::Block,
    summary: "A merge tag is left in the finished message for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("tag_in_message.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::Unresolved,
        |who, quote| format!("{who} would read a merge tag as it stands, at {quote}"),
        "fill the column, or take the tag out of the value",
    )
}
