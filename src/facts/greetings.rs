//! Greetings: the salutation at the beginning of a passage, and whom it names.

use super::passages::{Passage, Region};
use super::salutations::salutation;
use super::stand_ins::is_stand_in;
use crate::source::Span;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// A salutation and what follows it.
#[derive(Debug, Clone)]
pub struct Greeting {
    /// Salutation and name together.
    pub span: Span,
    /// The name alone; empty where there is none.
    pub name_span: Span,
    /// The name as written.
    pub name: String,
    /// What stands there.
    pub named: Named,
}

/// What stands in a greeting where a name belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Nothing, although the sentence leaves room: `Hi ,`.
    Nobody,
    /// A merge tag of some platform.
    Tag,
    /// A stand-in that somebody meant to replace: `[Name]`, `FIRSTNAME`, `<Vorname>`.
    StandIn,
    /// A word that programs write for a missing value: `null`, `undefined`.
    Missing,
    /// One person's first name.
    Person,
    /// Anybody: `all`, `friend`, `there`, or words that are no name.
    Everybody,
}

/// How long a name may be, in characters, before it is rather the beginning of a sentence.
const LONGEST_NAME: usize = 40;

/// Notices the greeting that a passage, or one of its first lines, begins with.
pub(super) fn notice(passage: &Passage) -> Option<Greeting> {
    if matches!(passage.region, Region::Title | Region::Alt) {
        return None;
    }
    let later = passage.text.match_indices('\n').map(|(at, _)| at + 1).take(GREETING_WITHIN);
    std::iter::once(0).chain(later).find_map(|start| notice_at(passage, start))
}

/// In how many lines below the first a greeting is looked for: a logo's name or a date may stand above it.
const GREETING_WITHIN: usize = 4;

fn notice_at(passage: &Passage, line: usize) -> Option<Greeting> {
    let text = passage.text.get(line..)?;
    let (salutation, after) = salutation(text)?;
    let room = after.is_some();
    let start = after.unwrap_or(salutation);
    let rest = text.get(start..)?;
    let mark = name_end(rest);
    let behind = rest.get(mark..)?;
    // Below the first line only a line that is nothing but a greeting is one.
    let alone =
        behind.trim_start_matches([',', '!', '.', ':', ' ']).is_empty() || behind.trim_start_matches([',', '!', ' ']).starts_with('\n');
    if line > 0 && !(alone && behind.starts_with([',', '!'])) {
        return None;
    }
    let closed = behind.starts_with([',', '!', ':', '…', '\n']) || (behind.is_empty() && passage.region == Region::Body);
    let name = rest[..mark].trim_end();
    let named = classify(&Written { name, salutation: text.get(..salutation)?, room, closed, after: behind })?;
    let end = line + start + name.len();
    let span = passage.span(line..end.max(line + salutation));
    Some(Greeting { span, name_span: passage.span(line + start..end), name: name.to_owned(), named })
}

/// A greeting, taken apart.
struct Written<'a> {
    salutation: &'a str,
    name: &'a str,
    /// Whether a blank stands between the two.
    room: bool,
    /// Whether a mark, or the end of the line, closes it.
    closed: bool,
    /// The mark and all that follows.
    after: &'a str,
}

/// Where the name ends: at a mark that closes the greeting. Marks inside a merge tag do not count.
fn name_end(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut previous = ' ';
    for (at, c) in rest.char_indices() {
        match c {
            '{' | '[' | '<' | '(' => depth += 1,
            '}' | ']' | '>' | ')' => depth = depth.saturating_sub(1),
            '|' if previous == '*' => depth += 1,
            '*' if previous == '|' => depth = depth.saturating_sub(1),
            ',' | '!' | ':' | '…' | '\n' | ';' | '–' | '—' | '?' if depth == 0 => return at,
            '.' if depth == 0 && rest[at + 1..].starts_with([' ', '\n']) && at > 3 => return at,
            _ => {}
        }
        previous = c;
    }
    rest.len()
}

fn classify(written: &Written<'_>) -> Option<Named> {
    let name = written.name;
    if name.is_empty() {
        // "Hi, welcome" is a greeting without a name; "Hi ," is one whose name is missing.
        return (written.room && written.after.starts_with([',', '!'])).then_some(Named::Nobody);
    }
    let length = name.chars().count();
    if length > LONGEST_NAME && !name.contains(['{', '%', '*', '[', '<', '$']) {
        return None;
    }
    let lower = name.to_lowercase();
    if is_stand_in(name, &lower) {
        return Some(Named::StandIn);
    }
    if name.contains(['{', '%', '|', '[', '<', '$', '#', '@', '*', '}']) {
        return Some(Named::Tag);
    }
    if matches!(
        lower.as_str(),
        "null" | "undefined" | "none" | "nan" | "n/a" | "(null)" | "<no value>" | "nil" | "unknown" | "false" | "true"
    ) {
        return Some(Named::Missing);
    }
    // Without a mark behind it, what is longer than a name is a sentence.
    if !written.closed || (written.after.is_empty() && name.split(' ').count() > 3) {
        return None;
    }
    Some(if is_person(written, &lower) { Named::Person } else { Named::Everybody })
}

/// Whether the words name one person: a first name, with a family name or without, or a title and a family name.
fn is_person(written: &Written<'_>, lower: &str) -> bool {
    if !written.name.starts_with(char::is_uppercase) {
        // "heer De Vries", behind "geachte".
        return family_name(written).is_some_and(is_family_name);
    }
    let others = written.name.split(' ').skip(1).all(|word| word.starts_with(char::is_uppercase) || PARTICLES.contains(&word));
    (others && !NOBODY.contains(&lower) && (is_first_name(lower) || is_vocative(written.salutation, lower)))
        || family_name(written).is_some_and(is_family_name)
}

/// First names that are oftener somebody, or something, else in a mail's greeting: singers' songs, machines, toys, pet names.
const NOBODY: [&str; 12] =
    ["alexa", "siri", "barbie", "kitty", "dolly", "jude", "ami", "lovely", "florida", "georgia", "eden", "santa claus"];

/// Small words inside family names.
const PARTICLES: [&str; 12] = ["de", "del", "della", "der", "den", "di", "da", "do", "la", "van", "von", "zu"];

/// Titles before a family name, without their full stop.
#[rustfmt::skip]
const TITLES: [&str; 26] = [
    "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "monsieur", "madame", "mme", "señor", "señora", "sr", "sra", "signor", "signora",
    "sig", "heer", "mevrouw", "meneer", "senhor", "senhora", "pan", "pani", "panie",
];

/// What follows a title, in the name or at the end of the salutation: "Sehr geehrte Frau | Schmidt", "Dear | Mrs Jones".
fn family_name<'a>(written: &Written<'a>) -> Option<&'a str> {
    let is_title = |word: &str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    if let Some((_, rest)) = written.name.split_once(' ').filter(|(first, _)| is_title(first)) {
        return Some(rest.strip_prefix("Dr. ").unwrap_or(rest));
    }
    written.salutation.rsplit(' ').next().filter(|word| is_title(word)).map(|_| written.name)
}

/// Whether words are a family name and not an office or a figure of speech: "Mr President", "Mr Postman".
fn is_family_name(name: &str) -> bool {
    const OFFICES: [&str; 16] = [
        "president",
        "postman",
        "claus",
        "speaker",
        "chairman",
        "mayor",
        "right",
        "potato",
        "bond",
        "kunde",
        "kundin",
        "customer",
        "cliente",
        "client",
        "director",
        "präsident",
    ];
    let words: Vec<&str> = name.split(' ').collect();
    words.len() <= 3
        && words.last().is_some_and(|last| last.starts_with(char::is_uppercase) && !OFFICES.contains(&last.to_lowercase().as_str()))
        && words.iter().all(|word| word.starts_with(char::is_uppercase) || PARTICLES.contains(word))
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.'))
}

/// Polish calls people by another form of their names: Anna is greeted as Anno, Kasia as Kasiu, Marek as Marku.
fn is_vocative(salutation: &str, lower: &str) -> bool {
    const POLISH: [&str; 10] =
        ["cześć", "czesc", "witaj", "witam", "drogi", "droga", "szanowny panie", "szanowna pani", "kochana", "kochany"];
    const ENDINGS: [(&str, &str); 7] = [("o", "a"), ("iu", "ia"), ("ku", "ek"), ("rze", "r"), ("ie", ""), ("le", "eł"), ("u", "")];
    POLISH.contains(&salutation.to_lowercase().as_str())
        && ENDINGS.iter().any(|(ending, nominative)| {
            lower.strip_suffix(ending).is_some_and(|stem| FIRST_NAMES.contains(format!("{stem}{nominative}").as_str()))
        })
}

/// First names, lower case; see `first_names.md` for their source.
static FIRST_NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| include_str!("first_names.txt").lines().collect());

/// Whether a word, in lower case, is a first name, alone or double: `jessica`, `anna-lena`, `jessica miller`.
pub(crate) fn is_first_name(lower: &str) -> bool {
    let words: Vec<&str> = lower.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    !words.is_empty() && words.len() <= 3 && words.first().is_some_and(|first| FIRST_NAMES.contains(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn named(text: &str) -> Option<(Named, String)> {
        let passage = Passage::plain(Region::Body, &Source::file("a.txt", text).whole());
        notice(&passage).map(|greeting| (greeting.named, greeting.name))
    }

    #[test]
    fn greetings_are_told_apart() {
        for (text, expected) in [
            ("Dear Jessica,", Named::Person),
            ("Hi Jessica!\nThanks", Named::Person),
            ("Liebe Jessica,", Named::Person),
            ("Hi ,", Named::Nobody),
            ("Hi {{ first_name|default:'there' }},", Named::Tag),
            ("Dear *|FNAME|*,", Named::Tag),
            ("Hi %FIRSTNAME%,", Named::Tag),
            ("Hi [First Name],", Named::StandIn),
            ("Hallo <Vorname>,", Named::StandIn),
            ("Dear FIRSTNAME,", Named::StandIn),
            ("Hi null,", Named::Missing),
            ("Dear customer,", Named::Everybody),
            ("Hi all,", Named::Everybody),
            ("Hello friends!", Named::Everybody),
            ("Bonjour Camille,", Named::Person),
            ("Hola Lucía:", Named::Person),
            ("Estimada Carmen García:", Named::Person),
            ("Ciao Francesca,", Named::Person),
            ("Beste Sanne,", Named::Person),
            ("Olá Beatriz,", Named::Person),
            ("Cześć Anno,", Named::Person),
            ("Witaj Kasiu!", Named::Person),
            ("Sehr geehrter Herr Müller,", Named::Person),
            ("Sehr geehrte Frau Dr. Weber,", Named::Person),
            ("Dear Mrs. Jones,", Named::Person),
            ("Geachte heer De Vries,", Named::Person),
            ("Gentile Sig. Rossi,", Named::Person),
            ("Walnut & Co\nHi Jessica,\nwelcome", Named::Person),
            ("Dear Santa,", Named::Everybody),
            ("Hello Summer!", Named::Everybody),
            ("Hello Berlin!", Named::Everybody),
            ("Hello Kitty!", Named::Everybody),
            ("Hey Alexa,", Named::Everybody),
            ("Dear Mr President,", Named::Everybody),
            ("Liebe Kundin, lieber Kunde,", Named::Everybody),
            ("Cher client,", Named::Everybody),
        ] {
            assert_eq!(named(text).map(|(named, _)| named), Some(expected), "{text}");
        }
    }

    #[test]
    fn sentences_are_no_greetings() {
        for text in [
            "Sehr geehrte Damen und Herren,",
            "Hi, welcome to the club",
            "Dearest",
            "Hi-fi news",
            "Historic",
            "Welcome",
            "Hey what is this about then",
            "Our news\nHi Jessica, how are you",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
