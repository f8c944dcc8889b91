//! Dates and times in a sentence: deadlines, and days that are only named.

mod days;
mod lengths;
mod names;
mod reading;
mod times;
mod words;

use super::Language;
use super::words::{before, ending};
use days::{Day, Form};
use names::Names;
use std::ops::Range;
use words::DateWords;

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
    /// Hours from the time at which the mail is read: "24 hours only".
    pub hours: Option<u16>,
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
    /// "last chance": soon, and nothing says when.
    LastChance,
    /// Anything else.
    #[default]
    Plain,
}

/// All dates that a text names, in order. A weekday alone counts only as a deadline: "every Sunday" is no date.
pub fn dates(text: &str, language: Language) -> Vec<DateMention> {
    let (names, words) = (Names::of(language), words::of(language));
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(run) = reading::next_run(text, at) {
        at = run.end;
        // Nearly every word of a text is neither a number nor the beginning of any name or call.
        let first = text.as_bytes().get(run.start).copied().unwrap_or_default();
        if !first.is_ascii_digit() && !names.may_begin(first, run.len()) && !lengths::may_begin(first, language) {
            continue;
        }
        if let Some(length) = lengths::at(text, &run, language) {
            at = at.max(length.range.end);
            found.push(length);
        } else if let Some(day) = days::at(text, &run, names, language, words) {
            at = at.max(day.date.range.end);
            found.extend(mention(text, day, words));
        }
    }
    found
}

fn mention(text: &str, day: Day, words: &DateWords) -> Option<DateMention> {
    let mut date = day.date;
    let next = text.get(date.range.end..)?;
    // Neither in an address or a file's name, nor in "today's".
    let inside_a_name = day.form == Form::Iso
        && (text.get(..date.range.start)?.ends_with(['/', ':', '=', '.', '-', '_'])
            || next.starts_with(['-', '/', '_'])
            || next.starts_with(".."));
    if inside_a_name || next.starts_with("'s") || next.starts_with("’s") {
        return None;
    }
    times::add(text, &mut date, words);
    let before = before(text, date.range.start);
    date.kind = match is_deadline(&before, words) {
        Some(word) if EXCLUSIVE.contains(&word) => Kind::Before,
        Some(_) => Kind::Deadline,
        None => Kind::Plain,
    };
    let alone = date.day.is_none() && date.from_today.is_none();
    let nowhere = alone && (date.kind == Kind::Plain || day.short);
    (!nowhere && date.month.is_none_or(|month| (1..=12).contains(&month))).then_some(date)
}

/// Words that end before the day they name.
const EXCLUSIVE: [&str; 9] = ["before", "vor dem", "avant", "avant le", "antes del", "antes de", "voor", "vóór", "przed"];

/// Stretches of time that are named by their last day: "week ending 14 January" calls for nothing.
const SPANS: [&str; 8] = ["week", "weeks", "month", "months", "quarter", "year", "period", "season"];

/// The word before a date that makes it an end; articles and prepositions may stand between.
fn is_deadline(before: &str, words: &DateWords) -> Option<&'static str> {
    let mut before = before;
    for _ in 0..4 {
        if let Some(word) = ending(before, words.deadline) {
            let ahead = before.strip_suffix(word).unwrap_or_default().trim_end();
            return (ending(ahead, &SPANS).is_none() || word != "ending").then_some(word);
        }
        let shorter = words.between.iter().find_map(|word| {
            let rest = before.strip_suffix(*word)?;
            (*word == ":" || rest.ends_with(char::is_whitespace)).then(|| rest.trim_end())
        });
        match shorter {
            Some(shorter) => before = shorter,
            None => return None,
        }
    }
    None
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
                parts.extend(date.hours.map(|hours| format!("{hours}h")));
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
            (English, "24 hours only! A 48-hour sale, 3 days left", vec!["until 24h", "until 48h", "until +2"]),
            (English, "Last chance: ends Sunday", vec!["until 48h", "until w7"]),
            (English, "Delivered within 24 hours, open 7 days a week, 3 hours of music", none.clone()),
            (German, "Nur noch 24 Stunden, noch 2 Tage, letzte Chance", vec!["until 24h", "until +1", "until 48h"]),
            (French, "Plus que 48 heures, dernière chance", vec!["until 48h", "until 48h"]),
            (Spanish, "Solo 24 horas. Última oportunidad", vec!["until 24h", "until 48h"]),
            (Italian, "Solo per 24 ore, ultima occasione", vec!["until 24h", "until 48h"]),
            (Dutch, "Nog maar 24 uur, laatste kans", vec!["until 24h", "until 48h"]),
            (Portuguese, "Só 24 horas, última chance", vec!["until 24h", "until 48h"]),
            (Polish, "Tylko 24 godziny, ostatnia szansa", vec!["until 24h", "until 48h"]),
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
