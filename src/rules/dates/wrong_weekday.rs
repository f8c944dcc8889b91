//! A weekday and a date that do not agree.

use super::{day_in_words, weekday_name};
use crate::finding::{Finding, Severity};
use crate::offers::{DateMention, days_between};
use crate::rule::{Check, Context, Repair, Rule};
use jiff::ToSpan;
use jiff::civil::Date;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "wrong-weekday",
    severity: Severity::Block,
    summary: "A date in the copy falls on another weekday than the one beside it",
    repair: Repair::Nothing,
    page: include_str!("wrong_weekday.md"),
    check: Check::Draft(check),
};

/// How many days away a date without a year may lie for its year to be beyond doubt.
const NEAR: i32 = 120;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let today = context.send_at.date();
    let mut findings = Vec::new();
    for date in &context.facts.dates {
        let Some(said) = date.told.weekday.filter(|_| date.told.day.is_some()) else { continue };
        let Some(real) = disagrees(&date.told, said, today) else { continue };
        let message = format!("\"{}\": {} is a {}", date.words, day_in_words(real), weekday_name(real));
        findings.push(Finding::new(date.span.clone(), message).help("correct the weekday or the date; it may be last year's"));
    }
    findings
}

/// The day that is meant, if its weekday is another one. Without a year it has to be near.
fn disagrees(told: &DateMention, said: u8, today: Date) -> Option<Date> {
    let day = told.day(today).filter(|day| told.year.is_some() || days_between(*day, today).abs() <= NEAR)?;
    let fits = |day: Date| day.weekday().to_monday_one_offset().unsigned_abs() == said;
    // "Saturday, 2 March", written in May, is next year's.
    let later = told.year.is_none() && day < today && told.day(today.checked_add(1.year()).unwrap_or(today)).is_some_and(fits);
    (!fits(day) && !later).then_some(day)
}
