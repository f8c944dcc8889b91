//! A date that no calendar has.

use crate::facts::Date;
use crate::finding::{Finding, Severity};
use crate::offers::Kind;
use crate::rule::{Check, Context, Repair, Rule};
use jiff::civil;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "impossible-date",
    severity: Severity::Block,
    summary: "A date in the copy does not exist",
    repair: Repair::Nothing,
    page: include_str!("impossible_date.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let year = context.send_at.year();
    let impossible = context.facts.dates.iter().filter(|date| is_impossible(date, year));
    let finding =
        impossible.map(|date| Finding::new(date.span.clone(), format!("there is no {}", date.words)).help("correct the day or the month"));
    finding.collect()
}

/// A date in figures without a year may be something else altogether, unless the words around it make it a date.
fn is_impossible(date: &Date, year: i16) -> bool {
    let (Some(day), Some(month)) = (date.told.day, date.told.month) else { return false };
    let figures = !date.words.chars().any(char::is_alphabetic);
    if figures && date.told.year.is_none() && date.told.kind == Kind::Plain {
        return false;
    }
    let (Ok(day), Ok(month)) = (i8::try_from(day), i8::try_from(month)) else { return false };
    let named = date.told.year.and_then(|year| i16::try_from(year).ok());
    let years = named.map_or_else(|| (year - 1..=year + 1).collect::<Vec<_>>(), |year| vec![year]);
    years.into_iter().all(|year| civil::Date::new(year, month, day).is_err())
}
