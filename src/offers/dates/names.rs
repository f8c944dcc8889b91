//! The names of days and months, and the words for today and tomorrow.

use super::{reading, words};
use crate::offers::Language;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a word names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// 1 is Monday.
    Weekday(u8),
    /// From 1.
    Month(u8),
    /// Today is 0.
    FromToday(u8),
}

/// A language's names by the first of their words.
#[derive(Debug)]
pub(super) struct Names {
    names: FxHashMap<&'static str, Vec<(&'static str, Name)>>,
    /// For each letter of ASCII, a bit for each length in bytes of the words that begin with it: most words of a text are none of these.
    lengths: [u32; 26],
}

/// One language's names are laid out when its first text is read.
static NAMES: [OnceLock<Names>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];

/// The longest first word of a name, in bytes.
const LONGEST: usize = 16;

impl Names {
    pub(super) fn of(language: Language) -> &'static Self {
        static NONE: OnceLock<Names> = OnceLock::new();
        let at = Language::ALL.iter().position(|&known| known == language);
        let slot = at.and_then(|at| NAMES.get(at)).unwrap_or(&NONE);
        slot.get_or_init(|| Self::new(language))
    }

    fn new(language: Language) -> Self {
        let words = words::of(language);
        let mut names: FxHashMap<&'static str, Vec<(&'static str, Name)>> = FxHashMap::default();
        let mut add = |spelling: &'static str, name: Name| {
            let first = spelling.get(..reading::run(spelling)).unwrap_or_default();
            names.entry(first).or_default().push((spelling, name));
        };
        for (number, group) in (1..).zip(words.weekdays.split('|')) {
            group.split(' ').for_each(|spelling| add(spelling, Name::Weekday(number)));
        }
        for (number, group) in (1..).zip(words.months.split('|')) {
            group.split(' ').for_each(|spelling| add(spelling, Name::Month(number)));
        }
        words.today.iter().for_each(|spelling| add(spelling, Name::FromToday(0)));
        words.tomorrow.iter().for_each(|spelling| add(spelling, Name::FromToday(1)));
        // "segunda-feira" before "segunda".
        for spellings in names.values_mut() {
            spellings.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
        }
        let mut lengths = [0; 26];
        for word in names.keys() {
            if let Some(bits) = word.bytes().next().and_then(letter).and_then(|letter| lengths.get_mut(letter)) {
                *bits |= 1 << word.len().min(31);
            }
        }
        Self { names, lengths }
    }

    /// Whether a name may begin with a word that begins with such a byte and is as long in bytes.
    pub(super) fn may_begin(&self, first: u8, length: usize) -> bool {
        let lengths = letter(first).and_then(|letter| self.lengths.get(letter));
        (2..=LONGEST).contains(&length) && lengths.is_none_or(|lengths| lengths & 1 << length != 0)
    }

    /// What the word at a place names, and the place behind it.
    pub(super) fn at(&self, text: &str, at: usize) -> Option<(Name, usize)> {
        let rest = text.get(at..)?;
        self.named(text, at, reading::run(rest))
    }

    /// The same where it is known how many bytes of letters and figures stand there.
    pub(super) fn named(&self, text: &str, at: usize, length: usize) -> Option<(Name, usize)> {
        let first = text.get(at..at + length).filter(|first| first.bytes().next().is_some_and(|byte| self.may_begin(byte, length)))?;
        let spellings = match self.names.get(first) {
            None if first.bytes().any(|b| b.is_ascii_uppercase() || b >= 0x80) => self.names.get(first.to_lowercase().as_str()),
            spellings => spellings,
        };
        spellings?.iter().find_map(|(spelling, name)| Some((*name, reading::word(text, at, spelling)?)))
    }

    pub(super) fn month(&self, text: &str, at: usize) -> Option<(u8, usize)> {
        match self.at(text, at)? {
            (Name::Month(month), end) => Some((month, end)),
            _ => None,
        }
    }
}

/// The place of a letter of ASCII in the alphabet.
fn letter(byte: u8) -> Option<usize> {
    byte.is_ascii_alphabetic().then(|| usize::from(byte.to_ascii_lowercase() - b'a'))
}
