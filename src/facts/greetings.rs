//! Greetings: the salutation at the beginning of a passage, and whom it names.

use super::passages::{Passage, Region};
use crate::source::Span;
use std::collections::HashSet;
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

/// Salutations with which mails begin, in lower case.
#[rustfmt::skip]
const SALUTATIONS: [&str; 62] = [
    "dear", "hi there", "hi", "hello there", "hello", "hey there", "hey", "hiya", "howdy", "good morning", "good afternoon", "good evening", "greetings",
    "welcome back", "liebe", "lieber", "liebes", "hallo liebe", "hallo lieber", "hallo", "hi liebe", "sehr geehrte frau", "sehr geehrter herr", "guten tag",
    "guten morgen", "moin", "servus", "bonjour", "cher", "chère", "salut", "coucou", "hola", "querido", "querida", "estimado", "estimada", "buenos días", "ciao",
    "caro", "cara", "gentile", "salve", "buongiorno", "beste", "hoi", "dag", "geachte", "olá", "ola", "oi", "prezado", "prezada", "cześć", "czesc",
    "witaj", "dzień dobry", "szanowny panie", "szanowna pani", "drogi", "droga", "hej",
];

/// How many bytes of a passage can be a salutation.
const LONGEST_SALUTATION: usize = 24;

/// The salutation that a text begins with: where it ends, and where what follows its blank begins.
fn salutation(text: &str) -> Option<(usize, Option<usize>)> {
    let head: String = text.chars().take(LONGEST_SALUTATION).flat_map(char::to_lowercase).collect();
    let ends = SALUTATIONS.iter().filter_map(|word| head.strip_prefix(word).map(|rest| (word.len(), rest)));
    let ended = ends.filter(|(_, rest)| rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '!' | '.' | ':' | '…')));
    let (end, _) = ended.max_by_key(|(end, _)| *end)?;
    let rest = text.get(end..)?;
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
    Some((end, (blank > 0).then_some(end + blank)))
}

/// How long a name may be, in characters, before it is rather the beginning of a sentence.
const LONGEST_NAME: usize = 40;

/// Notices the greeting that a passage begins with, if it does.
pub(super) fn notice(passage: &Passage) -> Option<Greeting> {
    if matches!(passage.region, Region::Title | Region::Alt) {
        return None;
    }
    let (salutation, after) = salutation(&passage.text)?;
    let room = after.is_some();
    let start = after.unwrap_or(salutation);
    let rest = passage.text.get(start..)?;
    let mark = name_end(rest);
    let closed = rest[mark..].starts_with([',', '!', ':', '…', '\n']) || (rest[mark..].is_empty() && passage.region == Region::Body);
    let name = rest[..mark].trim_end();
    let named = classify(name, room, closed, &rest[mark..], &passage.text)?;
    let end = start + name.len();
    Some(Greeting { span: passage.span(0..end.max(salutation)), name_span: passage.span(start..end), name: name.to_owned(), named })
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

fn classify(name: &str, room: bool, closed: bool, after: &str, passage: &str) -> Option<Named> {
    if name.is_empty() {
        // "Hi, welcome" is a greeting without a name; "Hi ," is one whose name is missing.
        return (room && after.starts_with([',', '!'])).then_some(Named::Nobody);
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
    if !closed || (after.is_empty() && name.split(' ').count() > 3) {
        return None;
    }
    let is_person = is_first_name(&lower) && name.chars().next().is_some_and(char::is_uppercase) && !passage.starts_with(name);
    Some(if is_person { Named::Person } else { Named::Everybody })
}

/// Names that people write into templates to be replaced by hand.
fn is_stand_in(name: &str, lower: &str) -> bool {
    const WORDS: [&str; 26] = [
        "name",
        "first name",
        "firstname",
        "first_name",
        "fname",
        "your name",
        "last name",
        "lastname",
        "customer name",
        "full name",
        "recipient",
        "recipient name",
        "insert name",
        "insert name here",
        "vorname",
        "nachname",
        "name hier",
        "prénom",
        "prenom",
        "nom",
        "nombre",
        "nome",
        "naam",
        "voornaam",
        "imię",
        "xxx",
    ];
    let inner = lower.trim_matches(|c: char| matches!(c, '[' | ']' | '<' | '>' | '(' | ')' | '_' | ' ' | '&') || c == '«' || c == '»');
    let bracketed = inner.len() < lower.len() && !name.contains("[[") && !name.contains(['{', '%', '|', '$', '=', '"', '/']);
    let shouted = name.chars().all(|c| c.is_uppercase() || matches!(c, '_' | ' ')) && name.chars().count() > 2;
    WORDS.contains(&inner)
        && (bracketed
            || shouted
            || matches!(lower, "first name" | "firstname" | "first_name" | "fname" | "your name" | "vorname" | "prénom" | "xxx"))
}

/// First names, lower case; see `first_names.md` for their source.
static FIRST_NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("first_names.txt").lines().collect());

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
        ] {
            assert_eq!(named(text).map(|(named, _)| named), Some(expected), "{text}");
        }
    }

    #[test]
    fn sentences_are_no_greetings() {
        for text in ["Hi, welcome to the club", "Dearest", "Hi-fi news", "Historic", "Welcome", "Hey what is this about then"] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
