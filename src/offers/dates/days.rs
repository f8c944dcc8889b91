//! The ways to write a day: "Sunday, 30 November 2026", "Nov 30th", "2026-11-30", "30.11.", "tomorrow".

use super::names::{Name, Names};
use super::reading::{self, apart, blanks, ends, mark, number};
use super::words::DateWords;
use super::{DateMention, Language};
use crate::offers::words;
use std::ops::Range;

/// How a day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// With the name of a month.
    Named,
    /// `2026-11-30`.
    Iso,
    /// `30.11.`, `12/31/2026`.
    Figures,
    /// A weekday alone, today, tomorrow.
    Lone,
}

/// A day as found.
#[derive(Debug)]
pub(super) struct Day {
    pub(super) date: DateMention,
    pub(super) form: Form,
    /// A weekday alone, in three letters or fewer: as likely another word.
    pub(super) short: bool,
}

const ORDINALS: [&str; 8] = ["st", "nd", "rd", "th", "er", "º", "°", "ª"];

/// The day that begins with a word or a number.
pub(super) fn at(text: &str, run: &Range<usize>, names: &Names, language: Language, words: &DateWords) -> Option<Day> {
    let start = run.start;
    if text.get(start..)?.starts_with(|c: char| c.is_ascii_digit()) {
        let mut day = named(text, start, names, language).or_else(|| iso(text, start)).or_else(|| figures(text, start, language))?;
        day.date.range.start = start;
        return Some(day);
    }
    let (name, end) = names.named(text, start, run.len())?;
    // English writes names with capitals: "may 5 times", "we march 3 miles".
    let small = language == Language::English && text.get(start..)?.starts_with(char::is_lowercase);
    let mut day = match name {
        Name::FromToday(days) => {
            let mut day = lone(DateMention { range: start..end, from_today: Some(days), ..DateMention::default() });
            if !is_morning(text, start, days, names)
                && !is_masthead(text, start..end)
                && let Some((beside, end)) = beside(text, end, names, language, words)
            {
                day.date = DateMention { range: start..end, from_today: Some(days), ..beside };
            }
            day
        }
        Name::Month(_) if small || language != Language::English => return None,
        Name::Month(month) => month_first(text, month, end)?,
        Name::Weekday(_) if small => return None,
        Name::Weekday(weekday) => {
            let mut day = behind_weekday(text, end, names, language, words).unwrap_or_else(|| Day {
                short: text.get(start..end).is_some_and(|name| name.chars().count() < 4),
                ..lone(DateMention { range: start..end, ..DateMention::default() })
            });
            day.date.weekday = Some(weekday);
            day
        }
    };
    day.date.range.start = start;
    Some(day)
}

/// The same day once more, right behind "tomorrow": ", Sunday," or " (Sunday 29 November)", and where it ends. Neither the
/// next day of a list, nor what begins another sentence: "today, Friday and Saturday", "today, Friday deals are live".
fn beside(text: &str, at: usize, names: &Names, language: Language, words: &DateWords) -> Option<(DateMention, usize)> {
    let bracket = mark(text, blanks(text, at), &['(']);
    let start = bracket.map_or_else(|| apart(text, mark(text, at, &[','])?), |at| Some(blanks(text, at)))?;
    let run = start..start + reading::run(text.get(start..)?);
    if matches!(names.at(text, start), Some((Name::FromToday(_), _))) {
        return None;
    }
    let day = self::at(text, &run, names, language, words)?;
    let end = day.date.range.end;
    let behind = text.get(end..)?;
    if bracket.is_some() {
        return behind.starts_with(')').then_some((day.date, end + 1));
    }
    let closed = behind
        .trim_start_matches([' ', '\u{a0}'])
        .chars()
        .next()
        .is_none_or(|c| matches!(c, ',' | '.' | '!' | '?' | ';' | ':' | '–' | '—'));
    let next = mark(text, end, &[',']).and_then(|at| apart(text, at));
    let goes_on = next.is_some_and(|at| matches!(names.at(text, at), Some((Name::Weekday(_) | Name::FromToday(_), _))));
    (closed && !goes_on).then_some((day.date, end))
}

/// Whether the word for "tomorrow" is the one for "morning": "Guten Morgen", "Sonntag Morgen", "por la mañana".
fn is_morning(text: &str, start: usize, days: u8, names: &Names) -> bool {
    let before = text.get(..start).unwrap_or_default().trim_end();
    let from = before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let word = before.get(from..).unwrap_or_default().to_lowercase();
    let is_shift = || words::ends_with_one(&words::before(text, from), &SHIFTS);
    days > 0
        && (["guten", "goede", "goeie", "la", "esta", "jeden", "am"].contains(&word.as_str())
            || names.at(before, from).is_some()
            || word == "de" && is_shift())
}

/// What is in the morning, before "de mañana".
const SHIFTS: [&str; 5] = ["turno", "horario", "clase", "clases", "sesión"];

/// Names before "Today" that make it the title of a paper.
const MASTHEADS: [&str; 5] = ["USA", "Psychology", "Physics", "India", "Christianity"];

/// Whether "Today" is a part of the title of a paper: "USA Today, 23 November".
fn is_masthead(text: &str, day: Range<usize>) -> bool {
    let before = text.get(..day.start).and_then(|before| before.strip_suffix(' ')).unwrap_or_default();
    let is_one = |name: &str| before.strip_suffix(name).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    text.get(day).is_some_and(|word| word == "Today" || word == "TODAY") && MASTHEADS.iter().any(|name| is_one(name))
}

fn lone(date: DateMention) -> Day {
    Day { date, form: Form::Lone, short: false }
}

/// What follows "Sunday": a day of a month, with articles and prepositions between.
fn behind_weekday(text: &str, at: usize, names: &Names, language: Language, words: &DateWords) -> Option<Day> {
    let at = mark(text, at, &['.']).unwrap_or(at);
    let at = apart(text, mark(text, at, &[',']).unwrap_or(at))?;
    if language == Language::English
        && let Some((month, end)) = names.month(text, at)
    {
        return if text.get(at..)?.starts_with(char::is_lowercase) { None } else { month_first(text, month, end) };
    }
    let mut at = at;
    for _ in 0..2 {
        at = reading::one_of(text, at, words.between).and_then(|end| apart(text, end)).unwrap_or(at);
    }
    named(text, at, names, language).or_else(|| figures(text, at, language))
}

/// "30 November 2026", "1er décembre", "30 de noviembre de 2026".
fn named(text: &str, start: usize, names: &Names, language: Language) -> Option<Day> {
    let (day, at) = number(text, start, 1, 2)?;
    let at = ordinal(text, at).or_else(|| mark(text, at, &['.'])).unwrap_or(at);
    let at = blanks(text, at);
    // Nearly every figure is a price or a size, and no word follows.
    text.get(at..)?.starts_with(char::is_alphabetic).then_some(())?;
    let at = ["of", "de"].iter().find_map(|word| reading::word(text, at, word)).and_then(|end| apart(text, end)).unwrap_or(at);
    let (month, end) = names.month(text, at)?;
    if text.get(at..)?.starts_with(char::is_lowercase) && language == Language::English {
        return None;
    }
    let end = mark(text, end, &['.']).filter(|&after| year(text, after).is_some()).unwrap_or(end);
    dated(start, day, month, end, year(text, end))
}

/// "Nov 30th, 2026", behind its month.
fn month_first(text: &str, month: u8, end: usize) -> Option<Day> {
    let at = apart(text, mark(text, end, &['.']).unwrap_or(end))?;
    let (day, at) = number(text, at, 1, 2)?;
    let at = ordinal(text, at).unwrap_or(at);
    if !ends(text, at) {
        return None;
    }
    dated(end, day, month, at, year(text, at))
}

/// Behind the ending of a figure that counts: "30th".
fn ordinal(text: &str, at: usize) -> Option<usize> {
    let may_be = text.as_bytes().get(at).is_some_and(|next| next.is_ascii_alphabetic() || !next.is_ascii());
    may_be.then(|| ORDINALS.iter().find_map(|ordinal| reading::literal(text, at, ordinal)))?
}

fn dated(start: usize, day: u16, month: u8, end: usize, year: Option<(u16, usize)>) -> Option<Day> {
    let (year, end) = year.map_or((None, end), |(year, end)| (Some(year), end));
    let day = u8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    let date = DateMention { range: start..end, day: Some(day), month: Some(month), year, ..DateMention::default() };
    Some(Day { date, form: Form::Named, short: false })
}

/// A year of four figures behind a month or a day.
fn year(text: &str, at: usize) -> Option<(u16, usize)> {
    let rest = text.get(at..)?;
    let parting = rest.chars().take_while(|&c| c.is_whitespace() || matches!(c, ',' | '.')).take(4);
    let (count, bytes) = parting.fold((0, 0), |(count, bytes), c| (count + 1, bytes + c.len_utf8()));
    if !(1..=3).contains(&count) {
        return None;
    }
    let at = at + bytes;
    let at = ["de", "del"].iter().find_map(|word| reading::word(text, at, word)).and_then(|end| apart(text, end)).unwrap_or(at);
    number(text, at, 4, 4).filter(|&(_, end)| ends(text, end))
}

/// `2026-11-30`.
fn iso(text: &str, start: usize) -> Option<Day> {
    let (year, at) = number(text, start, 4, 4).filter(|(year, _)| (2000..2100).contains(year))?;
    let (month, at) = number(text, mark(text, at, &['-'])?, 2, 2)?;
    let (day, end) = number(text, mark(text, at, &['-'])?, 2, 2).filter(|&(_, end)| ends(text, end))?;
    let month = u8::try_from(month).ok().filter(|month| (1..=31).contains(month));
    let day = u8::try_from(day).ok().filter(|day| (1..=31).contains(day));
    let date = DateMention { range: start..end, day, month, year: Some(year), ..DateMention::default() };
    Some(Day { date, form: Form::Iso, short: false })
}

/// `31/12/2026`, `31.12.`: the day stands first, but English writes both orders and only a day beyond 12 tells which.
fn figures(text: &str, start: usize, language: Language) -> Option<Day> {
    const MARKS: [char; 2] = ['.', '/'];
    let (first, at) = number(text, start, 1, 2)?;
    let points = text.get(at..)?.starts_with('.');
    let middle = mark(text, at, &MARKS)?;
    let (second, at) = number(text, middle, 1, 2)?;
    let wide = at - middle == 2;
    let (year, end) = match mark(text, at, &MARKS).and_then(|at| short_year(text, at)) {
        Some((year, end)) => (Some(year), end),
        None => (None, mark(text, at, &['.'])?),
    };
    if year.is_none() && (!points || language == Language::English) {
        return None;
    }
    // 1.10.2 is a version and 3.50. a price at the end of a sentence.
    if text.get(..start)?.ends_with(['.', ',', '€', '£', '$']) || (year.is_none() && wide && second > 12) {
        return None;
    }
    let (first, second) = (u8::try_from(first).ok()?, u8::try_from(second).ok()?);
    let (day, month) = match (first > 12, second > 12) {
        (false, true) if language == Language::English && !points => (second, first),
        (false, false) if language == Language::English && !points && first != second => return None,
        _ => (first, second),
    };
    if !(1..=31).contains(&day) || !(1..=31).contains(&month) {
        return None;
    }
    let date = DateMention { range: start..end, day: Some(day), month: Some(month), year, ..DateMention::default() };
    Some(Day { date, form: Form::Figures, short: false })
}

/// `2026` or `26`.
fn short_year(text: &str, at: usize) -> Option<(u16, usize)> {
    let long = number(text, at, 4, 4).filter(|(year, _)| (2000..2100).contains(year));
    let short = || number(text, at, 2, 2).map(|(year, end)| (2000 + year, end));
    long.or_else(short).filter(|&(_, end)| ends(text, end))
}
