//! Ends that are told by how long it takes: "24 hours only", "3 days left", "last chance".

use super::reading::{blanks, mark, number, one_of};
use super::{DateMention, Kind};
use crate::offers::Language;
use crate::offers::words;
use std::ops::Range;

/// How a language says that something ends after a while. Entries are parted by bars and stand in lower case.
struct Words {
    hours: &'static [&'static str],
    days: &'static [&'static str],
    /// Words before the number that make it an end.
    before: &'static [&'static str],
    /// Words behind the unit that make it an end.
    after: &'static [&'static str],
    /// Calls without a number.
    last: &'static [&'static str],
    /// The letters with which those calls begin.
    initials: &'static str,
}

/// For how many hours a last chance is taken to last.
const LAST_CHANCE: u16 = 48;

/// The longest time that counts as an end, in days.
const LONGEST: u16 = 14;

/// Whether a call may begin with such a byte.
pub(super) fn may_begin(first: u8, language: Language) -> bool {
    !first.is_ascii() || of(language).initials.as_bytes().contains(&first.to_ascii_lowercase())
}

/// The end that begins with a word or a number.
pub(super) fn at(text: &str, run: &Range<usize>, language: Language) -> Option<DateMention> {
    let words = of(language);
    let first = text.get(run.start..)?.chars().next()?;
    if first.is_ascii_digit() {
        return counted(text, run.start, words);
    }
    let end = one_of(text, run.start, words.last)?;
    Some(DateMention { range: run.start..end, hours: Some(LAST_CHANCE), kind: Kind::LastChance, ..DateMention::default() })
}

/// "24 hours only", "24-hour sale", "only 3 days left".
fn counted(text: &str, start: usize, words: &Words) -> Option<DateMention> {
    let (count, at) = number(text, start, 1, 2).filter(|(count, _)| *count > 0)?;
    let at = mark(text, at, &['-', '\u{2011}']).unwrap_or_else(|| blanks(text, at));
    // Nearly every figure is a price or a size, and no word follows.
    text.get(at..)?.starts_with(char::is_alphabetic).then_some(())?;
    let hours = one_of(text, at, words.hours);
    let end = hours.or_else(|| one_of(text, at, words.days))?;
    let before = words::before(text, start);
    let after = words::after(text, end);
    // "Fluent in just 7 days" ends nothing.
    if words::ends_with_one(
        &before,
        &["in just", "in only", "in nur", "en seulement", "en solo", "en sólo", "in slechts", "in soli", "em apenas", "em só"],
    ) {
        return None;
    }
    let is_end = words::ends_with_one(&before, words.before) || words::begins_with_one(&after, words.after);
    if !is_end || count > if hours.is_some() { 24 * 4 } else { LONGEST } {
        return None;
    }
    let date = DateMention { range: start..end, kind: Kind::Deadline, ..DateMention::default() };
    Some(match hours {
        Some(_) => DateMention { hours: Some(count), ..date },
        // The day on which it is read is the first of them.
        None => DateMention { from_today: u8::try_from(count - 1).ok(), ..date },
    })
}

#[expect(clippy::too_many_lines, reason = "a table, one entry a language")]
fn of(language: Language) -> &'static Words {
    match language {
        Language::English => &Words {
            hours: &["hours", "hour", "hrs", "hr", "h"],
            days: &["days", "day"],
            before: &["ends in", "ending in", "expires in", "closes in", "only", "just", "final", "for the next", "gone in"],
            after: &["only", "left", "to go", "remaining", "sale", "flash sale", "left to save", "to save", "until it's gone"],
            last: &["last chance", "final chance", "last call", "final call", "final hours"],
            initials: "fl",
        },
        Language::German => &Words {
            hours: &["stunden", "stunde", "std", "h"],
            days: &["tage", "tagen", "tag"],
            before: &["nur", "nur noch", "noch", "endet in", "nur für", "läuft ab in", "die nächsten", "die letzten"],
            after: &["nur", "übrig", "verbleiben", "sale", "lang sparen"],
            last: &["letzte chance", "letzte gelegenheit", "letzter aufruf"],
            initials: "l",
        },
        Language::French => &Words {
            hours: &["heures", "heure", "h"],
            days: &["jours", "jour"],
            before: &["plus que", "encore", "seulement", "se termine dans", "expire dans", "pendant", "que"],
            after: &["seulement", "restants", "restantes", "pour en profiter", "chrono"],
            last: &["dernière chance", "dernières heures", "dernier rappel"],
            initials: "d",
        },
        Language::Spanish => &Words {
            hours: &["horas", "hora", "h"],
            days: &["días", "dias", "día"],
            before: &["solo", "sólo", "solo durante", "solo quedan", "quedan", "termina en", "acaba en", "últimas", "durante"],
            after: &["solo", "sólo", "restantes", "para ahorrar"],
            last: &["última oportunidad", "últimas horas", "última llamada"],
            initials: "ú",
        },
        Language::Italian => &Words {
            hours: &["ore", "ora", "h"],
            days: &["giorni", "giorno"],
            before: &["solo", "solo per", "ancora", "solo altre", "scade tra", "scade fra", "termina tra", "termina fra", "ultime", "per"],
            after: &["rimaste", "rimanenti", "per risparmiare"],
            last: &["ultima occasione", "ultima possibilità", "ultime ore", "ultima chiamata"],
            initials: "u",
        },
        Language::Dutch => &Words {
            hours: &["uur", "uren", "u"],
            days: &["dagen", "dag"],
            before: &["nog", "nog maar", "slechts", "alleen", "eindigt over", "verloopt over", "nog slechts", "laatste"],
            after: &["korting", "over", "lang korting", "sale"],
            last: &["laatste kans", "laatste uren", "laatste oproep"],
            initials: "l",
        },
        Language::Portuguese => &Words {
            hours: &["horas", "hora", "h"],
            days: &["dias", "dia"],
            before: &["só", "apenas", "somente", "por apenas", "faltam", "termina em", "acaba em", "expira em", "últimas", "durante"],
            after: &["apenas", "restantes", "para poupar"],
            last: &["última oportunidade", "última chance", "últimas horas", "última chamada"],
            initials: "ú",
        },
        Language::Polish => &Words {
            hours: &["godziny", "godzin", "godz", "h"],
            days: &["dni", "dzień"],
            before: &["tylko", "tylko przez", "jeszcze", "jeszcze tylko", "kończy się za", "ostatnie", "zostało", "zostały"],
            after: &["do końca", "promocji"],
            last: &["ostatnia szansa", "ostatnie godziny", "ostatnia okazja"],
            initials: "o",
        },
    }
}
