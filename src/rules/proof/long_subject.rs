//! A value makes the subject too long to be read for people on the send list.

use super::findings;
use crate::finding::{Finding, Severity};
use crate::proof::{Harm, Proof};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "long-subject",
    severity: Severity::Note,
    summary: "A value makes the subject too long to be read for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("long_subject.md"),
    check: Check::Proof(check),
};

fn check(context: &Context<'_>, proof: &Proof) -> Vec<Finding> {
    findings(
        context,
        proof,
        Harm::LongSubject,
        |who, _| format!("{who} get a subject of more than 120 characters, of which inboxes show about half"),
        "shorten the value in the tag, or put it behind what matters",
    )
}
