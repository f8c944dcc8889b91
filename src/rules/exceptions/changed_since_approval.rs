//! The draft is not the one that somebody signed off.

use crate::approval::Approved;
use crate::changes::{Change, Part};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(crate) static RULE: Rule = Rule {
    name: "changed-since-approval",
    severity: Severity::Block,
    summary: "The draft was changed since it was signed off",
    repair: Repair::Nothing,
    page: include_str!("changed_since_approval.md"),
    check: Check::Approved(run),
};

/// How many changes are told.
const MOST: usize = 20;

/// How much of a text is told, in characters.
const LONGEST: usize = 80;

fn run(context: &Context<'_>, approved: &Approved) -> Vec<Finding> {
    if approved.holds() {
        return Vec::new();
    }
    let approval = &approved.approval;
    let what = match &approved.changes {
        Some(changes) if changes.is_empty() => String::from("; readers would meet the same mail"),
        Some(changes) => format!(": {}", changes.in_words()),
        None => String::new(),
    };
    let message = format!("this was changed since {} approved it on {}{what}", approval.by, approval.on);
    let told = approved.changes.iter().flat_map(|changes| &changes.all).take(MOST);
    let start = context.message.source.span(0..0);
    let span = approved
        .changes
        .iter()
        .flat_map(|changes| &changes.all)
        .find(|change| change.is.is_some())
        .map_or(start, |change| change.span.clone());
    let mut finding = Finding::new(span, message).related(approval.place.clone(), "the approval");
    finding.related.extend(told.map(|change| (change.span.clone(), said(change))));
    let keep = "; what changed can be told if that version is in git, or kept as a copy that the approval names";
    let keep = if approved.changes.is_none() { keep } else { "" };
    vec![finding.help(format!("show it to {} again, then run: presend approve; or go back to the approved version{keep}", approval.by))]
}

/// A change in a few words.
fn said(change: &Change) -> String {
    let short = |text: &String| {
        let text: String =
            if change.part == Part::Link || change.part == Part::Picture { crate::links::masked(text) } else { text.clone() };
        if text.chars().count() > LONGEST { text.chars().take(LONGEST).chain(['…']).collect() } else { text }
    };
    let name = change.part.name();
    match (&change.was, &change.is) {
        (_, Some(is)) if change.part == Part::Markup => format!("{name}: {is}"),
        (Some(was), Some(is)) if was == is => format!("{name}: \"{}\" was moved", short(is)),
        (Some(was), Some(is)) => format!("{name}: it was \"{}\", and is \"{}\"", short(was), short(is)),
        (None, Some(is)) => format!("{name}: \"{}\" is new", short(is)),
        (Some(was), None) => format!("{name}: \"{}\" is gone", short(was)),
        (None, None) => name.to_owned(),
    }
}
