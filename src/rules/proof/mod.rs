//! Rules about the finished message, as every row of the send list gets it.

pub(super) mod condition_never_true;
pub(super) mod dead_personal_link;
pub(super) mod empty_greeting;
pub(super) mod empty_message;
pub(super) mod empty_subject;
pub(super) mod endless_template;
pub(super) mod foreign_fallback;
pub(super) mod hole_without_default;
pub(super) mod huge_value;
pub(super) mod long_subject;
pub(super) mod markup_in_value;
pub(super) mod message_withheld;
pub(super) mod missing_amount;
pub(super) mod script_in_value;
pub(super) mod sentence_gap;
pub(super) mod tag_in_message;
pub(super) mod value_breaks_link;
pub(super) mod wrong_branch;

use crate::finding::{Finding, grouped};
use crate::proof::{Fault, Harm, ListProof, Proof, Rows};
use crate::rule::Context;
use crate::source::Span;

/// How many rows are named in a finding.
const NAMED: usize = 3;

/// A finding for each list and each thing that reads the same; `says` is given who is hit and what they see.
fn findings(context: &Context<'_>, proof: &Proof, harm: Harm, says: impl Fn(&str, &str) -> String, help: &str) -> Vec<Finding> {
    let of = proof.rows();
    let mut found = Vec::new();
    for list in &proof.lists {
        for alike in alike(list, harm) {
            let Some((fault, rows)) = alike.first() else { continue };
            let who = who(rows.rows, list);
            let mut spans = alike.iter().map(|(fault, _)| place(context, list, fault));
            let span = spans.next().unwrap_or_else(|| context.headline());
            let mut finding =
                Finding::new(span.clone(), says(&who, &fault.quote)).reach(rows.rows, of).people(lines(list, rows)).help(help);
            for other in spans.filter(|other| *other != span) {
                finding = finding.related(other, "here too");
            }
            found.push(finding);
        }
    }
    found
}

/// Faults of one harm that read the same, those that hit most first.
fn alike(list: &ListProof, harm: Harm) -> Vec<Vec<&(Fault, Rows)>> {
    let mut groups: Vec<Vec<&(Fault, Rows)>> = Vec::new();
    for fault in list.harmed(harm) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.0.quote == fault.0.quote)) {
            Some(group) => group.push(fault),
            None => groups.push(vec![fault]),
        }
    }
    for group in &mut groups {
        group.sort_by_key(|(fault, rows)| (std::cmp::Reverse(rows.rows), fault.site));
    }
    groups
}

/// "412 of the 18,230 people on to.csv".
fn who(rows: u64, list: &ListProof) -> String {
    format!("{} of the {} people on {}", grouped(rows), grouped(list.rows), list.path)
}

fn lines(list: &ListProof, rows: &Rows) -> Vec<String> {
    rows.lines.iter().take(NAMED).map(|line| format!("{} line {line}", list.path)).collect()
}

fn place(context: &Context<'_>, list: &ListProof, fault: &Fault) -> Span {
    list.span(fault.site).cloned().unwrap_or_else(|| context.headline())
}
