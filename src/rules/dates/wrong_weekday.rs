//! A weekday and a date that do not agree.

use super::{day_in_words, weekday_name};
use crate::facts::Date as Mentioned;
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
        if let Some(off) = date.told.from_today {
            findings.extend(off_today(context, date, off));
        }
        let Some(said) = date.told.weekday.filter(|_| date.told.day.is_some()) else { continue };
        let Some(real) = disagrees(&date.told, said, today) else { continue };
        let message = format!("\"{}\": {} is a {}", date.words, day_in_words(real), weekday_name(real));
        findings.push(Finding::new(date.span.clone(), message).help("correct the weekday or the date; it may be last year's"));
    }
    findings
}

/// "Tomorrow, Sunday" in a mail that goes out on a Friday. Who writes late in the evening may mean the day of the reader.
fn off_today(context: &Context<'_>, date: &Mentioned, off: u8) -> Option<Finding> {
    let today = context.send_at.date();
    if !context.knows_send_time() || context.last_send().date() != today {
        return None;
    }
    // The stamp of a mail that was sent may be in another zone than its words.
    let is_stamp = context.settings.send_time_is_guessed;
    let is_late = context.send_at.hour() >= EVENING || is_stamp;
    let (told, real) = (&date.told, today.checked_add(i32::from(off).days()).ok()?);
    let fits = |day: Date| {
        let on_weekday = told.weekday.is_none_or(|said| day.weekday().to_monday_one_offset().unsigned_abs() == said);
        on_weekday && told.day.is_none_or(|_| told.day(today) == Some(day))
    };
    let another = told.weekday.is_some() || told.day.is_some();
    if !another || fits(real) || is_late && real.tomorrow().is_ok_and(fits) || is_stamp && real.yesterday().is_ok_and(fits) {
        return None;
    }
    // A send that was moved was moved by days; what lies further off was written for another mail, or the time given is no day.
    if told.day.is_some() && told.day(today).is_none_or(|day| days_between(day, today).abs() > A_WEEK) {
        return None;
    }
    let so = if off == 0 { String::new() } else { format!(", so that is {}", in_full(real)) };
    let message = format!("\"{}\": the mail goes out on {}{so}", date.words, in_full(today));
    Some(Finding::new(date.span.clone(), message).help("correct the day, or send it on the day that it was written for"))
}

fn in_full(day: Date) -> String {
    format!("{}, {}", weekday_name(day), day_in_words(day))
}

/// By how many days a send is moved at most, so that its words are still meant.
const A_WEEK: i32 = 7;

/// The hour from which a mail is read the day after.
const EVENING: i8 = 20;

/// The day that is meant, if its weekday is another one. Without a year it has to be near.
fn disagrees(told: &DateMention, said: u8, today: Date) -> Option<Date> {
    let day = told.day(today).filter(|day| told.year.is_some() || days_between(*day, today).abs() <= NEAR)?;
    let fits = |day: Date| day.weekday().to_monday_one_offset().unsigned_abs() == said;
    // "Saturday, 2 March", written in May, is next year's.
    let later = told.year.is_none() && day < today && told.day(today.checked_add(1.year()).unwrap_or(today)).is_some_and(fits);
    (!fits(day) && !later).then_some(day)
}
