//! Dates and times in a sentence: deadlines, and days that are only named.

use super::Language;
use super::words::{self, DateWords};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::OnceLock;

/// A date that a text names, as far as it names it. Numbers are as written: whether the day exists is not looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateMention {
    /// Its bytes in the text, with weekday, time and zone.
    pub range: Range<usize>,
    /// 1 is Monday, 7 is Sunday.
    pub weekday: Option<u8>,
    /// Day of the month.
    pub day: Option<u8>,
    /// Month, from 1.
    pub month: Option<u8>,
    /// Year with four digits.
    pub year: Option<u16>,
    /// "today" is 0, "tomorrow" 1: days after the day on which the mail is read.
    pub from_today: Option<u8>,
    /// Time of day.
    pub time: Option<Clock>,
    /// The zone as written: `GMT`, `CET`, `PT`…
    pub zone: Option<String>,
    /// Whether the words before it make it an end.
    pub kind: Kind,
}

/// A time of day. Midnight is 24:00: the end of the day that is named with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// 0 to 24.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

/// Whether a date is an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// "until", "ends on", "last day".
    Deadline,
    /// "before": the day itself is too late.
    Before,
    /// Anything else.
    #[default]
    Plain,
}

/// The patterns of one language.
struct Grammar {
    day: Regex,
    time_after: Regex,
    time_before: Regex,
}

/// One language's patterns are made when its first text is read: making all would cost more than most drafts.
static GRAMMARS: [OnceLock<Option<Grammar>>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];

const ZONE: &str = r"(?:\s*\(?(?P<zone>GMT|UTC|BST|CEST|CET|MESZ|MEZ|EST|EDT|ET|CST|CDT|CT|MST|MDT|MT|PST|PDT|PT|AEST|AEDT)\b\)?)?";

impl Grammar {
    fn of(language: Language, words: &DateWords) -> Result<Self, regex::Error> {
        let spellings = |groups: &str| {
            let mut all: Vec<&str> = groups.split(['|', ' ']).collect();
            all.sort_by_key(|name| std::cmp::Reverse(name.len()));
            all.join("|")
        };
        let months = spellings(words.months);
        let weekdays = spellings(words.weekdays);
        let plain = |list: &str| list.split('|').map(regex::escape).collect::<Vec<_>>().join("|");
        let (today, tomorrow, midnight, between) = (plain(words.today), plain(words.tomorrow), plain(words.midnight), plain(words.between));
        let year = r"(?:[\s,.]{1,3}(?:de\s+|del\s+)?(?P<Y>[0-9]{4})\b)?";
        let weekday = format!(r"(?:\b(?P<W>{weekdays})\b\.?,?\s+(?:(?:{between})\s+){{0,2}})?");
        let named = format!(
            r"{weekday}\b(?P<D>[0-9]{{1,2}})(?:st|nd|rd|th|er|º|°|ª|\.)?\s*(?:of\s+|de\s+)?(?P<M>{months})\b\.?{}",
            year.replace('Y', "y1")
        );
        let month_first = format!(
            r"(?:\b(?P<w2>{weekdays})\b\.?,?\s+)?\b(?P<m2>{months})\.?\s+(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?\b{}",
            year.replace('Y', "y2")
        );
        let iso = r"\b(?P<y3>20[0-9]{2})-(?P<m3>[0-9]{2})-(?P<d3>[0-9]{2})\b";
        let figures = r"\b(?P<d4>[0-9]{1,2})(?P<mark>[./])(?P<m4>[0-9]{1,2})(?:[./](?P<y4>20[0-9]{2}|[0-9]{2})\b|\.)";
        let lone = format!(r"\b(?P<w5>{weekdays})\b|\b(?P<today>{today})\b|\b(?P<tomorrow>{tomorrow})\b");
        let named = named.replace("P<W>", "P<w1>").replace("P<D>", "P<d1>").replace("P<M>", "P<m1>");
        let numeric_weekday = format!(r"(?:\b(?P<w4>{weekdays})\b\.?,?\s+(?:(?:{between})\s+){{0,2}})?{figures}");
        let month_first = if language == Language::English { format!("{month_first}|") } else { String::new() };
        let hours = format!(
            r"(?:(?P<h>[0-9]{{1,2}})(?:(?::|\.|h)(?P<min>[0-9]{{2}}))\s*(?P<half>[ap]\.?m\b\.?)?(?:\s*(?:uhr|h|uur)\b)?|(?P<h2>[0-9]{{1,2}})\s*(?:(?P<half2>[ap]\.?m\b\.?)|uhr\b|h\b|uur\b)|(?P<midnight>{midnight})\b)"
        );
        Ok(Self {
            day: Regex::new(&bounded(&format!(r"(?i){named}|{month_first}{iso}|{numeric_weekday}|{lone}"), language))?,
            time_after: Regex::new(&bounded(
                &format!(r"(?i)^(?:,|\s|\((?:{between})|\b(?:{between})(?:\s|$)){{0,4}}\b{hours}{ZONE}"),
                language,
            ))?,
            time_before: Regex::new(&bounded(&format!(r"(?i)\b{hours}{ZONE}(?:,|\s|\b(?:{between})\b){{0,4}}$"), language))?,
        })
    }
}

/// A pattern with word boundaries that look at ASCII alone, where all words of a language begin and end in ASCII: with
/// others, one character such as `£` in a text sends the search to a slower engine.
fn bounded(pattern: &str, language: Language) -> String {
    let plain = matches!(language, Language::English | Language::German | Language::Dutch);
    if plain { pattern.replace(r"\b", r"(?-u:\b)") } else { pattern.to_owned() }
}

/// All dates that a text names, in order. A weekday alone counts only as a deadline: "every Sunday" is no date.
pub fn dates(text: &str, language: Language) -> Vec<DateMention> {
    let words = words::of_dates(language);
    let at = Language::ALL.iter().position(|&known| known == language);
    let slot = at.and_then(|at| GRAMMARS.get(at));
    let Some(grammar) = slot.and_then(|slot| slot.get_or_init(|| Grammar::of(language, words).ok()).as_ref()) else { return Vec::new() };
    grammar.day.captures_iter(text).filter_map(|found| mention(text, &found, language, words, grammar)).collect()
}

fn mention(text: &str, found: &Captures, language: Language, words: &DateWords, grammar: &Grammar) -> Option<DateMention> {
    let whole = found.get(0)?;
    let mut date = DateMention { range: whole.range(), ..DateMention::default() };
    let named = |names: [&str; 5]| names.into_iter().find_map(|name| found.name(name));
    date.weekday =
        ["w1", "w2", "w4", "w5"].into_iter().find_map(|name| found.name(name)).and_then(|word| number_in(words.weekdays, word.as_str()));
    let number = |names: [&str; 5]| named(names).and_then(|digits| digits.as_str().parse::<u16>().ok());
    let small = |number: u16| u8::try_from(number).ok().filter(|number| (1..=31).contains(number));
    date.day = number(["d1", "d2", "d3", "d4", "d4"]).and_then(small);
    date.month = ["m1", "m2"].into_iter().find_map(|name| found.name(name)).and_then(|name| number_in(words.months, name.as_str()));
    date.month = date.month.or_else(|| number(["m3", "m4", "m4", "m4", "m4"]).and_then(small));
    date.year = number(["y1", "y2", "y3", "y4", "y4"]).map(|year| if year < 100 { 2000 + year } else { year });
    if found.name("d4").is_some() {
        in_figures(&mut date, text, found, language)?;
    }
    let next = text.get(whole.end()..)?;
    // Neither in an address or a file's name, nor in "today's".
    let inside_a_name = found.name("y3").is_some()
        && (text.get(..whole.start())?.ends_with(['/', ':', '=', '.', '-', '_'])
            || next.starts_with(['-', '/', '_'])
            || next.starts_with(".."));
    if inside_a_name || next.starts_with("'s") || next.starts_with("’s") {
        return None;
    }
    date.from_today = if found.name("today").is_some() { Some(0) } else { found.name("tomorrow").map(|_| 1) };
    time(text, &mut date, grammar);
    let before = words::before(text, date.range.start);
    date.kind = match is_deadline(&before, words) {
        Some(word) if EXCLUSIVE.contains(&word) => Kind::Before,
        Some(_) => Kind::Deadline,
        None => Kind::Plain,
    };
    let alone = date.day.is_none() && date.from_today.is_none();
    let lower_case = language == Language::English
        && ["w1", "w2", "w4", "w5", "m1", "m2"]
            .iter()
            .filter_map(|name| found.name(name))
            .any(|name| name.as_str().starts_with(char::is_lowercase));
    let short = found.name("w5").is_some_and(|name| name.as_str().chars().count() < 4);
    let nowhere = alone && (date.kind == Kind::Plain || short);
    (!nowhere && !lower_case && date.month.is_none_or(|month| (1..=12).contains(&month))).then_some(date)
}

/// `31/12/2026`, `31.12.`: the day stands first, but English writes both orders and only a day beyond 12 tells which.
fn in_figures(date: &mut DateMention, text: &str, found: &Captures, language: Language) -> Option<()> {
    let points = found.name("mark").is_some_and(|mark| mark.as_str() == ".");
    let (first, second) = (date.day?, date.month?);
    if date.year.is_none() && (!points || language == Language::English) {
        return None;
    }
    // 1.10.2 is a version and 3.50. a price at the end of a sentence.
    let before = text.get(..found.get(0)?.start())?;
    if before.ends_with(['.', ',', '€', '£', '$']) || (date.year.is_none() && found.name("m4")?.as_str().len() == 2 && second > 12) {
        return None;
    }
    if language == Language::English && !points {
        match (first > 12, second > 12) {
            (false, true) => (date.day, date.month) = (Some(second), Some(first)),
            (false, false) if first != second => return None,
            _ => {}
        }
    }
    Some(())
}

/// A time right after the date, or right before it.
fn time(text: &str, date: &mut DateMention, grammar: &Grammar) {
    let tail = text.get(date.range.end..).unwrap_or_default();
    let head = text.get(..date.range.start).unwrap_or_default();
    let from = head.char_indices().rev().nth(39).map_or(0, |(at, _)| at);
    let close = head.get(from..).unwrap_or_default();
    if let Some(found) = grammar.time_after.captures(tail)
        && let Some(clock) = clock(&found)
    {
        date.range.end += found.get(0).map_or(0, |whole| whole.end());
        date.time = Some(clock);
        date.zone = found.name("zone").map(|zone| zone.as_str().to_ascii_uppercase());
    } else if let Some(found) = grammar.time_before.captures(close)
        && let Some(clock) = clock(&found)
    {
        date.range.start = from + found.get(0).map_or(0, |whole| whole.start());
        date.time = Some(clock);
        date.zone = found.name("zone").map(|zone| zone.as_str().to_ascii_uppercase());
    }
}

fn clock(found: &Captures) -> Option<Clock> {
    if found.name("midnight").is_some() {
        return Some(Clock { hour: 24, minute: 0 });
    }
    let hour: u8 = found.name("h").or_else(|| found.name("h2"))?.as_str().parse().ok()?;
    let minute: u8 = found.name("min").map_or(Ok(0), |minute| minute.as_str().parse()).ok()?;
    let half = found.name("half").or_else(|| found.name("half2")).map(|half| half.as_str().to_ascii_lowercase());
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + if half.starts_with('p') { 12 } else { 0 },
        Some(_) => return None,
        None => hour,
    };
    (hour <= 24 && minute < 60 && (hour < 24 || minute == 0)).then_some(Clock { hour, minute })
}

/// Words that end before the day they name.
const EXCLUSIVE: [&str; 9] = ["before", "vor dem", "avant", "avant le", "antes del", "antes de", "voor", "vóór", "przed"];

/// The word before a date that makes it an end; articles and prepositions may stand between.
fn is_deadline<'w>(before: &str, words: &'w DateWords) -> Option<&'w str> {
    let mut before = before;
    for _ in 0..4 {
        if let Some(word) = words::ending(before, words.deadline) {
            return Some(word);
        }
        let shorter = words.between.split('|').find_map(|word| {
            let rest = before.strip_suffix(word)?;
            (word == ":" || rest.ends_with(char::is_whitespace)).then(|| rest.trim_end())
        });
        match shorter {
            Some(shorter) => before = shorter,
            None => return None,
        }
    }
    None
}

/// The number of the group that has a spelling, from 1.
fn number_in(groups: &str, spelling: &str) -> Option<u8> {
    let spelling = spelling.to_lowercase();
    let at = groups.split('|').position(|group| group.split(' ').any(|known| known == spelling))?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, language: Language) -> Vec<String> {
        dates(text, language)
            .into_iter()
            .map(|date| {
                let mut parts = vec![if date.kind == Kind::Plain { "on".to_owned() } else { "until".to_owned() }];
                parts.extend(date.weekday.map(|weekday| format!("w{weekday}")));
                parts.extend(date.day.map(|day| format!("d{day}")));
                parts.extend(date.month.map(|month| format!("m{month}")));
                parts.extend(date.year.map(|year| format!("y{year}")));
                parts.extend(date.from_today.map(|days| format!("+{days}")));
                parts.extend(date.time.map(|time| format!("{:02}:{:02}", time.hour, time.minute)));
                parts.extend(date.zone);
                parts.join(" ")
            })
            .collect()
    }

    #[test]
    fn dates_in_eight_languages() {
        use Language::{Dutch, English, French, German, Italian, Polish, Portuguese, Spanish};
        let none: Vec<&str> = vec![];
        for (language, text, expected) in [
            (English, "Offer ends Sunday, 30 November 2026 at 11:59pm GMT.", vec!["until w7 d30 m11 y2026 23:59 GMT"]),
            (English, "until Sunday midnight", vec!["until w7 24:00"]),
            (English, "Ends at midnight on Nov 30th", vec!["until d30 m11 24:00"]),
            (English, "We met on May 5, 2025", vec!["on d5 m5 y2025"]),
            (English, "Ends tonight, or tomorrow at 9 am PT", vec!["until +0", "on +1 09:00 PT"]),
            (English, "You may 5 times march 3 steps every Sunday", none.clone()),
            (English, "valid through 12/31/2026 and 03/04/2026", vec!["until d31 m12 y2026"]),
            (English, "Version 1.10.2 costs $3.50. OK", none.clone()),
            (German, "Nur bis Sonntag, den 30. November, 23:59 Uhr", vec!["until w7 d30 m11 23:59"]),
            (German, "Gültig bis 30.11.2026 oder bis zum 1.12.", vec!["until d30 m11 y2026", "until d1 m12"]),
            (German, "Endet heute um Mitternacht", vec!["until +0 24:00"]),
            (French, "Jusqu’au dimanche 30 novembre à 23h59", vec!["until w7 d30 m11 23:59"]),
            (French, "avant le 1er décembre 2026", vec!["until d1 m12 y2026"]),
            (Spanish, "Hasta el domingo 30 de noviembre de 2026 a las 23:59", vec!["until w7 d30 m11 y2026 23:59"]),
            (Italian, "Entro il 30 novembre a mezzanotte", vec!["until d30 m11 24:00"]),
            (Dutch, "t/m zondag 30 november", vec!["until w7 d30 m11"]),
            (Portuguese, "Válido até 30 de novembro de 2026", vec!["until d30 m11 y2026"]),
            (Polish, "Tylko do niedzieli, 30 listopada 2026", vec!["until w7 d30 m11 y2026"]),
            (English, "Posted 2026-11-30; see example.test/2026-11-30-notes and today's news", vec!["on d30 m11 y2026"]),
        ] {
            assert_eq!(shown(text, language), expected, "{text}");
        }
    }

    #[test]
    fn ranges_hold_weekday_and_time() {
        let text = "ends Sunday 30 November at 5pm!";
        assert_eq!(&text[dates(text, Language::English)[0].range.clone()], "Sunday 30 November at 5pm");
    }
}
