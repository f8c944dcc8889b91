//! A span of time that runs backwards.

use crate::facts::{Date, Passage};
use crate::finding::{Finding, Severity};
use crate::offers::DateMention;
use crate::rule::{Check, Context, Repair, Rule};
use jiff::civil;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "end-before-start",
    severity: Severity::Block,
    summary: "A span of dates in the copy ends before it begins",
    repair: Repair::Nothing,
    page: include_str!("end_before_start.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let today = context.send_at.date();
    let mut findings = Vec::new();
    for pair in context.facts.dates.windows(2) {
        let [first, last] = pair else { continue };
        let Some(passage) = context.facts.passages.get(first.passage).filter(|_| first.passage == last.passage) else { continue };
        if is_span(passage, first, last) && is_reversed(&first.told, &last.told, today) {
            let message = format!("from {} to {}: the end stands before the beginning", first.words, last.words);
            findings.push(Finding::new(first.span.to(&last.span), message).help("correct one of the dates"));
        }
    }
    findings
}

/// Whether nothing but a dash or a word such as "to" stands between two dates.
fn is_span(passage: &Passage, first: &Date, last: &Date) -> bool {
    const BETWEEN: [&str; 20] = [
        "-", "–", "—", "to", "until", "till", "through", "thru", "bis", "bis zum", "au", "jusqu'au", "al", "hasta el", "fino al", "tot",
        "t/m", "até", "a", "do",
    ];
    let between = passage.text.get(first.told.range.end..last.told.range.start).unwrap_or_default().trim().trim_matches([',', '(']).trim();
    BETWEEN.contains(&between.to_lowercase().as_str())
}

/// Whether the end stands before the beginning; a year that is written holds for the other date too, one that is not is
/// the one that brings both together.
fn is_reversed(first: &DateMention, last: &DateMention, today: civil::Date) -> bool {
    if first.day.is_none() || last.day.is_none() {
        return false;
    }
    let shared = |told: &DateMention, other: &DateMention| DateMention { year: told.year.or(other.year), ..told.clone() };
    let start = shared(first, last).day(today);
    let end =
        if first.year.is_none() && last.year.is_none() { start.and_then(|start| last.day(start)) } else { shared(last, first).day(today) };
    let (Some(start), Some(end)) = (start, end) else { return false };
    // "20 December to 5 January 2027" begins in the year before.
    let wraps = first.year.is_none() && last.year.is_some() && first.month > last.month;
    let backwards =
        end == start && first.time.zip(last.time).is_some_and(|(from, to)| (to.hour, to.minute) < (from.hour, from.minute) && to.hour > 0);
    !wraps && (end < start || backwards)
}
