//! Reads the notations in which exports write dates; what could mean two days is refused, not guessed.

use super::moment::When;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// Which number comes first in `03/04/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The day: 3 April.
    DayFirst,
    /// The month: 4 March.
    MonthFirst,
}

/// Why a cell is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no date in any notation that presend knows.
    NoDate,
    /// It could be two different days.
    TwoWays,
}

/// Words that stand where no date is meant.
const NEVER: [&str; 32] = [
    "",
    "-",
    "–",
    "—",
    "never",
    "none",
    "null",
    "nil",
    "n/a",
    "na",
    "no expiry",
    "no end date",
    "no expiration",
    "does not expire",
    "unlimited",
    "forever",
    "nie",
    "unbegrenzt",
    "kein",
    "keine",
    "jamais",
    "aucune",
    "nunca",
    "sin fecha",
    "mai",
    "nessuna",
    "nooit",
    "geen",
    "0",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "∞",
];

/// Reads a date cell; `None` where the cell says that there is no date.
pub fn read(cell: &str, order: Option<Order>) -> Result<Option<When>, Unreadable> {
    let cell = cell.trim().trim_start_matches('\'');
    if cell.len() > 64 {
        return Err(Unreadable::NoDate);
    }
    // No word for never begins with another digit than 0, and nearly every cell of a long list does.
    let is_word = !cell.starts_with(|c: char| ('1'..='9').contains(&c));
    if is_word && (NEVER.contains(&cell) || NEVER.contains(&cell.to_lowercase().as_str())) {
        return Ok(None);
    }
    if cell.len() >= 8 && cell.bytes().all(|b| b.is_ascii_digit()) {
        return digits(cell).map(Some).ok_or(Unreadable::NoDate);
    }
    let (date, rest) = date(cell, order)?;
    let rest = rest.trim_start_matches([' ', ',', 'T', 't', '\u{a0}', '\u{202f}']).trim_end();
    if rest.is_empty() {
        return Ok(Some(When::Day(date)));
    }
    time(date, rest).map(Some).ok_or(Unreadable::NoDate)
}

/// What a cell proves about the order of day and month in its column.
pub fn order_proved(cell: &str) -> Option<Order> {
    let cell = cell.trim();
    let both = (read(cell, Some(Order::DayFirst)).is_ok(), read(cell, Some(Order::MonthFirst)).is_ok());
    match both {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// Unix seconds or milliseconds, or `20261130`.
fn digits(cell: &str) -> Option<When> {
    let number: i64 = cell.parse().ok()?;
    match cell.len() {
        8 => civil(number / 10_000, number / 100 % 100, number % 100).map(When::Day),
        9 | 10 => Timestamp::from_second(number).ok().map(When::Instant),
        13 => Timestamp::from_millisecond(number).ok().map(When::Instant),
        _ => None,
    }
}

/// The date at the beginning of a cell, and what follows it.
fn date(cell: &str, order: Option<Order>) -> Result<(Date, &str), Unreadable> {
    let (first, rest) = token(cell).ok_or(Unreadable::NoDate)?;
    let mark = rest.chars().next().ok_or(Unreadable::NoDate)?;
    let (second, rest) = token(after_mark(rest)).ok_or(Unreadable::NoDate)?;
    let (third, rest) = token(after_mark(rest)).ok_or(Unreadable::NoDate)?;
    let number = |token: &str| token.parse::<i64>().ok();
    let date = match (number(first), number(second), number(third)) {
        (Some(year), Some(month), Some(day)) if first.len() == 4 => civil(year, month, day),
        (Some(year), None, Some(day)) if first.len() == 4 => civil(year, month_named(second).unwrap_or(0), day),
        (Some(day), None, Some(year)) => civil(full_year(third, year), month_named(second).unwrap_or(0), day),
        (None, Some(day), Some(year)) => civil(full_year(third, year), month_named(first).unwrap_or(0), day),
        // 30-11-26 may begin with the year.
        (Some(_), Some(_), Some(_)) if mark == '-' && third.len() < 4 => return Err(Unreadable::TwoWays),
        (Some(a), Some(b), Some(year)) => return numeric(a, b, full_year(third, year), mark, order).map(|date| (date, rest)),
        _ => None,
    };
    date.map(|date| (date, rest)).ok_or(Unreadable::NoDate)
}

/// `31/12/2026` in either order. Points are only written with the day first.
fn numeric(first: i64, second: i64, year: i64, mark: char, order: Option<Order>) -> Result<Date, Unreadable> {
    let day_first = civil(year, second, first);
    let month_first = civil(year, first, second);
    let order = if mark == '.' { Some(Order::DayFirst) } else { order };
    match (order, day_first, month_first) {
        (None, Some(one), Some(other)) if one != other => return Err(Unreadable::TwoWays),
        (None, one, other) => one.or(other),
        (Some(Order::DayFirst), date, _) | (Some(Order::MonthFirst), _, date) => date,
    }
    .ok_or(Unreadable::NoDate)
}

/// The leading run of digits or of letters.
fn token(text: &str) -> Option<(&str, &str)> {
    let digit = text.chars().next()?.is_ascii_digit();
    let end = text.find(|c: char| if digit { !c.is_ascii_digit() } else { !c.is_alphabetic() }).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Skips what stands between the parts of a date: one of `-/.`, spaces, a comma, or "de".
fn after_mark(text: &str) -> &str {
    let text = text.strip_prefix(['-', '/', '.', ',']).unwrap_or(text).trim_start();
    text.strip_prefix("de ").unwrap_or(text)
}

fn full_year(written: &str, year: i64) -> i64 {
    if written.len() == 2 { 2000 + year } else { year }
}

fn civil(year: i64, month: i64, day: i64) -> Option<Date> {
    if !(1970..=9999).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The month of a name in English, German, French, Spanish, Italian, Dutch or Portuguese, whole or cut after three letters or more.
fn month_named(name: &str) -> Option<i64> {
    const NAMES: [&[&str]; 12] = [
        &["january", "januar", "janvier", "enero", "gennaio", "januari", "janeiro"],
        &["february", "februar", "février", "fevrier", "febrero", "febbraio", "februari", "fevereiro"],
        &["march", "märz", "mrz", "mars", "marzo", "maart", "mrt", "março"],
        &["april", "avril", "abril", "aprile"],
        &["may", "mai", "mayo", "maggio", "mei", "maio"],
        &["june", "juni", "juin", "junio", "giugno", "junho"],
        &["july", "juli", "juillet", "julio", "luglio", "julho"],
        &["august", "août", "aout", "agosto", "augustus"],
        &["september", "septembre", "septiembre", "settembre", "setembro"],
        &["october", "oktober", "octobre", "octubre", "ottobre", "outubro"],
        &["november", "novembre", "noviembre", "novembro"],
        &["december", "dezember", "décembre", "decembre", "diciembre", "dicembre", "dezembro"],
    ];
    let name = name.to_lowercase();
    if name.chars().count() < 3 {
        return None;
    }
    let mut fitting = (1..).zip(NAMES).filter(|(_, names)| names.iter().any(|full| full.starts_with(&name))).map(|(month, _)| month);
    // A short form that fits two months ("jui", "mar" fits only March) is no month.
    fitting.next().filter(|_| fitting.next().is_none())
}

/// `10:00`, `11:28:18 -0600`, `11:28:18.000Z`, `11:59 PM`, `10:00 UTC`, `10.00 Uhr` is not read.
fn time(date: Date, text: &str) -> Option<When> {
    let (hour, rest) = two_digits(text)?;
    let (minute, rest) = two_digits(rest.strip_prefix(':')?)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => two_digits(rest)?,
        None => (0, rest),
    };
    let rest = rest.strip_prefix(['.', ',']).map_or(rest, |fraction| fraction.trim_start_matches(|c: char| c.is_ascii_digit()));
    let (hour, rest) = half_day(hour, rest.trim_start())?;
    // 24:00 is how some exports write the end of a day.
    let (date, hour) = if (hour, minute, second) == (24, 0, 0) { (date.tomorrow().ok()?, 0) } else { (date, hour) };
    let civil = DateTime::from_parts(date, Time::new(hour, minute, second, 0).ok()?);
    match rest {
        "" => Some(When::Civil(civil)),
        _ => offset(rest)?.to_timestamp(civil).ok().map(When::Instant),
    }
}

fn two_digits(text: &str) -> Option<(i8, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    (1..=2).contains(&number.len()).then(|| number.parse().ok().map(|number| (number, rest)))?
}

fn half_day(hour: i8, rest: &str) -> Option<(i8, &str)> {
    let lower = rest.to_ascii_lowercase();
    for (word, add) in [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)] {
        if lower.starts_with(word) {
            let hour = (1..=12).contains(&hour).then_some(hour % 12 + add)?;
            return Some((hour, rest.get(word.len()..)?.trim_start()));
        }
    }
    Some((hour, rest))
}

fn offset(text: &str) -> Option<Offset> {
    let text = text.trim().trim_start_matches('(').trim_end_matches(')');
    if matches!(text, "Z" | "z" | "UTC" | "GMT" | "utc" | "gmt") {
        return Some(Offset::UTC);
    }
    let text = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text);
    let negative = text.starts_with(['-', '\u{2212}']);
    let digits: String = text.strip_prefix(['-', '+', '\u{2212}'])?.chars().filter(|&c| c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
    let seconds = (hours * 60 + minutes) * 60;
    (minutes < 60).then(|| Offset::from_seconds(if negative { -seconds } else { seconds }).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cell: &str, order: Option<Order>) -> String {
        match read(cell, order) {
            Ok(None) => "none".to_owned(),
            Ok(Some(when)) => when.to_string(),
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn notations() {
        for (cell, expected) in [
            ("2026-11-30", "2026-11-30"),
            ("2026/11/30", "2026-11-30"),
            ("20261130", "2026-11-30"),
            ("2026-11-30T23:59:59Z", "2026-11-30T23:59:59Z"),
            ("2026-11-30T23:59:59.123+01:00", "2026-11-30T22:59:59Z"),
            ("2025-12-08 11:28:18 -0600", "2025-12-08T17:28:18Z"),
            ("2025-12-08 11:28:18 UTC", "2025-12-08T11:28:18Z"),
            ("2026-11-30 10:00", "2026-11-30T10:00:00"),
            ("2026-11-30 24:00", "2026-12-01T00:00:00"),
            ("1796083199", "2026-11-30T23:59:59Z"),
            ("1796083199000", "2026-11-30T23:59:59Z"),
            ("31.12.2026", "2026-12-31"),
            ("01.02.2026", "2026-02-01"),
            ("1.2.26", "2026-02-01"),
            ("31/12/2026", "2026-12-31"),
            ("12/31/2026", "2026-12-31"),
            ("12/31/2026 11:59 PM", "2026-12-31T23:59:00"),
            ("12/31/26 12:00 am", "2026-12-31T00:00:00"),
            ("05/05/2026", "2026-05-05"),
            ("03/04/2026", "TwoWays"),
            ("30 Nov 2026", "2026-11-30"),
            ("Nov 30, 2026", "2026-11-30"),
            ("30. November 2026", "2026-11-30"),
            ("30-Nov-26", "2026-11-30"),
            ("31-12-2026", "2026-12-31"),
            ("30-11-26", "TwoWays"),
            ("1 März 2026", "2026-03-01"),
            ("30 de noviembre de 2026", "2026-11-30"),
            ("12 jui 2026", "NoDate"),
            ("2026-02-30", "NoDate"),
            ("soon", "NoDate"),
            ("2026-11-30 25:00", "NoDate"),
            ("2026-11-30 10:00 Mars", "NoDate"),
            ("2026-11-30x", "NoDate"),
            ("", "none"),
            ("Never", "none"),
            ("-", "none"),
            ("0000-00-00 00:00:00", "none"),
        ] {
            assert_eq!(shown(cell, None), expected, "{cell}");
        }
    }

    #[test]
    fn the_order_of_a_column_decides_and_is_proved_by_a_day_beyond_12() {
        assert_eq!(shown("03/04/2026", Some(Order::DayFirst)), "2026-04-03");
        assert_eq!(shown("03/04/2026", Some(Order::MonthFirst)), "2026-03-04");
        assert_eq!(order_proved("31/12/2026"), Some(Order::DayFirst));
        assert_eq!(order_proved("12/31/2026 10:00"), Some(Order::MonthFirst));
        assert_eq!(order_proved("03/04/2026"), None);
        assert_eq!(order_proved("31.12.2026"), None);
    }
}
