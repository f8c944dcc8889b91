//! A day named by how far off it is, in a mail that people get on different days.

use super::in_words;
use crate::facts::Date;
use crate::finding::{Finding, Severity};
use crate::offers::Kind;
use crate::rule::{Check, Context, Repair, Rule};
use jiff::Zoned;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "relative-day",
    severity: Severity::Warn,
    summary: "The copy says \"today only\" or \"tomorrow\", and the send takes more than a day",
    repair: Repair::Nothing,
    page: include_str!("relative_day.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let last = context.last_send().with_time_zone(context.send_at.time_zone().clone());
    let by_clock = context.settings.send_by_local_time && context.settings.send_until.is_none();
    if by_clock || last.date() == context.send_at.date() {
        return Vec::new();
    }
    context.facts.dates.iter().filter_map(|date| about(context, date, &last)).collect()
}

fn about(context: &Context<'_>, date: &Date, last: &Zoned) -> Option<Finding> {
    let (first, latest) = (in_words(context.send_at), in_words(last));
    let message = if is_over(context, date, last) {
        format!("\"{}\" is over for the last people: they get the mail {latest}, the first {first}", date.words)
    } else if is_relative(context, date) {
        format!("\"{}\" is another day for the first people, who get the mail {first}, than for the last, who get it {latest}", date.words)
    } else {
        return None;
    };
    Some(Finding::new(date.span.clone(), message).help("name the day: \"Friday, 27 November\""))
}

/// "24 hours only", counted from the first mail, is over before the last one.
fn is_over(context: &Context<'_>, date: &Date, last: &Zoned) -> bool {
    date.told.kind == Kind::Deadline && date.told.hours.is_some() && date.told.end(context.send_at).is_some_and(|end| end < *last)
}

/// "Tomorrow" always names a day; "today" does where something ends with it. "Order today" asks for haste and names none.
fn is_relative(context: &Context<'_>, date: &Date) -> bool {
    let after = context.facts.passages.get(date.passage).and_then(|passage| passage.text.get(date.told.range.end..)).unwrap_or_default();
    let only = after.trim_start().to_lowercase().starts_with("only");
    match date.told.from_today {
        Some(0) => date.told.kind != Kind::Plain || only,
        Some(_) => true,
        None => false,
    }
}
