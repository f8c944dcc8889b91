//! A local time that the clocks jump over.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use jiff::civil;
use jiff::tz::AmbiguousOffset;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "clock-gap",
    severity: Severity::Warn,
    summary: "A time in the copy does not exist: the clocks are put forward over it",
    repair: Repair::Nothing,
    page: include_str!("clock_gap.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for date in &context.facts.dates {
        let (Some(clock), Some(day)) = (date.told.time, date.told.day(context.send_at.date())) else { continue };
        let (Ok(hour), Ok(minute)) = (i8::try_from(clock.hour % 24), i8::try_from(clock.minute)) else { continue };
        let day = if clock.hour == 24 { day.tomorrow().unwrap_or(day) } else { day };
        let local: civil::DateTime = day.at(hour, minute, 0, 0);
        let zone = date.told.time_zone().unwrap_or_else(|| context.send_at.time_zone().clone());
        if matches!(zone.to_ambiguous_timestamp(local).offset(), AmbiguousOffset::Gap { .. }) {
            let message = format!("there is no \"{}\": the clocks are put forward in that hour", date.words);
            findings.push(Finding::new(date.span.clone(), message).help("name a time before or after the change"));
        }
    }
    findings
}
