//! A subject line whose end nobody sees.

use crate::facts::Region;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "subject-cut",
    severity: Severity::Note,
    summary: "The subject line is so long that phones cut off what matters",
    repair: Repair::Nothing,
    page: include_str!("subject_cut.md"),
    check: Check::Draft(check),
};

/// How many characters inboxes on phones show; most show 35 to 45.
const ON_PHONES: usize = 45;

/// How many characters wide inboxes show.
const ON_SCREENS: usize = 90;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let facts = context.facts;
    let Some(subject) = context.message.subject() else { return Vec::new() };
    if facts.tags.tags.iter().any(|tag| tag.header == Some("Subject")) {
        return Vec::new();
    }
    let text = subject.text().trim_end();
    let length = text.chars().count();
    let is_subject = |passage: usize| facts.passages.get(passage).is_some_and(|passage| passage.region == Region::Subject);
    let behind = |at: usize| text.get(..at).is_some_and(|before| before.chars().count() >= ON_PHONES);
    let amount = facts.amounts.iter().find(|amount| is_subject(amount.passage) && behind(amount.told.range.start));
    let date = facts.dates.iter().find(|date| is_subject(date.passage) && behind(date.told.range.start));
    let promise = amount.map(|amount| (&amount.span, &amount.words)).or_else(|| date.map(|date| (&date.span, &date.words)));
    let finding = match promise {
        Some((span, words)) => Finding::new(span.clone(), format!("phones cut the subject line off before \"{words}\"")),
        None if length > ON_SCREENS => {
            Finding::new(subject.clone(), format!("the subject line has {length} characters; phones show about {ON_PHONES}"))
        }
        None => return Vec::new(),
    };
    vec![finding.help("say what matters in the first 40 characters")]
}
