//! The time of day that stands right after a date, or right before it.

use super::reading::{apart, blanks, literal, mark, number, one_of, word};
use super::words::DateWords;
use super::{Clock, DateMention};

const ZONES: [&str; 21] = [
    "GMT", "UTC", "BST", "CEST", "CET", "MESZ", "MEZ", "EST", "EDT", "ET", "CST", "CDT", "CT", "MST", "MDT", "MT", "PST", "PDT", "PT",
    "AEST", "AEDT",
];

/// How many blanks, commas and prepositions may stand between a date and its time.
const BETWEEN: usize = 5;

/// How far before a date its time may begin, in characters.
const REACH: usize = 40;

/// Gives a date the time that stands beside it.
pub(super) fn add(text: &str, date: &mut DateMention, words: &DateWords) {
    if let Some((clock, zone, end)) = after(text, date.range.end, words) {
        date.range.end = end;
        (date.time, date.zone) = (Some(clock), zone);
    } else if let Some((clock, zone, start)) = before(text, date.range.start, words) {
        date.range.start = start;
        (date.time, date.zone) = (Some(clock), zone);
    }
}

fn after(text: &str, end: usize, words: &DateWords) -> Option<(Clock, Option<String>, usize)> {
    let mut at = end;
    let mut opened = false;
    for _ in 0..=BETWEEN {
        if let Some((clock, at)) = clock(text, at, words).filter(|_| at > end) {
            let (zone, at) = zone(text, at).map_or((None, at), |(zone, at)| (Some(zone), at));
            let at = if opened { mark(text, at, &[')']).unwrap_or(at) } else { at };
            return Some((clock, zone, at));
        }
        opened |= mark(text, at, &['(']).is_some();
        at = filler(text, at, words).or_else(|| mark(text, at, &['(']))?;
    }
    None
}

fn before(text: &str, start: usize, words: &DateWords) -> Option<(Clock, Option<String>, usize)> {
    let head = text.get(..start)?;
    let from = head.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
    let mut at = from;
    let (figures, midnight) = (|b: &u8| b.is_ascii_digit(), words.midnight);
    // Nearly no date has its time in front.
    let hour = head.as_bytes().get(from..)?.iter().any(figures);
    let may_be_midnight = || {
        let before = head.get(from..).unwrap_or_default().to_lowercase();
        midnight.iter().any(|word| before.contains(word))
    };
    if !hour && !may_be_midnight() {
        return None;
    }
    while let Some(run) = super::reading::next_run(head, at) {
        at = run.end;
        let Some((clock, end)) = clock(head, run.start, words) else { continue };
        let (zone, mut end) = zone(head, end).map_or((None, end), |(zone, end)| (Some(zone), end));
        for _ in 0..BETWEEN {
            end = filler(head, end, words).unwrap_or(end);
        }
        if end == start {
            return Some((clock, zone, run.start));
        }
    }
    None
}

/// Behind white space, a comma or a preposition.
fn filler(text: &str, at: usize, words: &DateWords) -> Option<usize> {
    apart(text, at).or_else(|| mark(text, at, &[','])).or_else(|| one_of(text, at, words.between))
}

/// "23:59", "9 pm", "18 Uhr", "23h59", "midnight".
fn clock(text: &str, at: usize, words: &DateWords) -> Option<(Clock, usize)> {
    if !text.as_bytes().get(at)?.is_ascii_digit() {
        return one_of(text, at, words.midnight).map(|end| (Clock { hour: 24, minute: 0 }, end));
    }
    let (hour, at) = number(text, at, 1, 2)?;
    let minute = mark(text, at, &[':', '.', 'h', 'H']).and_then(|at| number(text, at, 2, 2));
    let (minute, behind, bare) = minute.map_or((0, at, true), |(minute, at)| (minute, at, false));
    let unit = blanks(text, behind);
    // Nearly every figure is a price or a size.
    if bare && !text.as_bytes().get(unit).is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    let half = half(text, unit);
    let named = ["uhr", "h", "uur"].iter().find_map(|name| word(text, unit, name));
    if bare && half.is_none() && named.is_none() {
        return None;
    }
    let hour = match half {
        Some((afternoon, _)) if (1..=12).contains(&hour) => hour % 12 + if afternoon { 12 } else { 0 },
        Some(_) => return None,
        None => hour,
    };
    let clock = Clock { hour: u8::try_from(hour).ok()?, minute: u8::try_from(minute).ok()? };
    let valid = hour <= 24 && minute < 60 && (hour < 24 || minute == 0);
    valid.then_some((clock, half.map(|(_, end)| end).or(named).unwrap_or(behind)))
}

/// "am", "p.m.": whether it is the afternoon, and the place behind it.
fn half(text: &str, at: usize) -> Option<(bool, usize)> {
    ["am", "a.m", "pm", "p.m"].iter().find_map(|half| {
        let end = word(text, at, half)?;
        Some((half.starts_with('p'), mark(text, end, &['.']).filter(|_| half.contains('.')).unwrap_or(end)))
    })
}

/// A zone as it is written, in capitals: "et" and "est" are words.
fn zone(text: &str, at: usize) -> Option<(String, usize)> {
    let at = blanks(text, at);
    let (at, opened) = mark(text, at, &['(']).map_or((at, false), |at| (at, true));
    let rest = text.get(at..)?;
    let name = ZONES.iter().find(|name| rest.starts_with(**name) && word(text, at, &name.to_lowercase()).is_some())?;
    let end = at + name.len();
    Some(((*name).to_owned(), if opened { literal(text, end, ")").unwrap_or(end) } else { end }))
}
