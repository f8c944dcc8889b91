//! Which words a language has: a list of English that is part of presend, and Hunspell dictionaries that are at hand.

mod english;
mod hunspell;
mod near;

use crate::offers::Language;
use std::fmt;

pub use hunspell::language_of;

/// The words of one language.
#[derive(Default)]
pub struct Dictionary {
    /// Whether the words that presend brings along count.
    english: bool,
    books: Vec<spellbook::Dictionary>,
    language: Option<Language>,
}

/// A dictionary that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// Its file.
    pub path: String,
    /// Why not.
    pub why: String,
}

/// What is at hand about the spelling of one draft.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spelling<'a> {
    /// The words of the mail's language, if there are any beside those that presend brings along.
    pub dictionary: Option<&'a Dictionary>,
    /// Dictionaries that were named and could not be used.
    pub unusable: &'a [Unusable],
}

/// Fewest letters of a part of a compound.
const SHORTEST_PART: usize = 4;

/// What joins the parts of German and Dutch compounds.
const JOINTS: [&str; 5] = ["s", "es", "n", "en", "e"];

/// English as presend brings it along.
static ENGLISH: Dictionary = Dictionary { english: true, books: Vec::new(), language: Some(Language::English) };

impl Dictionary {
    /// The words of a language that presend brings along: those of English, and none of any other.
    pub fn of(language: Language) -> Self {
        Self { english: language == Language::English, books: Vec::new(), language: Some(language) }
    }

    /// The words that need no file, if a language has any.
    pub fn brought_along(language: Language) -> Option<&'static Self> {
        (language == Language::English).then_some(&ENGLISH)
    }

    /// Whether it has any words.
    pub fn is_empty(&self) -> bool {
        !self.english && self.books.is_empty()
    }

    /// Adds the words of a Hunspell dictionary: the bytes of its `.dic`, and of its `.aff` if there is one.
    ///
    /// # Errors
    /// Why it cannot be used, in words: an encoding that is not known, rules that contradict the format.
    pub fn add(&mut self, aff: Option<&[u8]>, dic: &[u8]) -> Result<(), String> {
        self.books.push(hunspell::read(aff, dic)?);
        Ok(())
    }

    /// Whether a word is right, as it is or with another beginning: a sentence gives it a capital.
    pub fn knows(&self, word: &str) -> bool {
        if self.english && english::knows(word) {
            return true;
        }
        let joins = matches!(self.language, Some(Language::German | Language::Dutch));
        self.books.iter().any(|book| book.check(word)) || joins && (self.knows_swiss(word) || self.is_compound(word))
    }

    /// Whether it is two words in one that no dictionary foresees: "Leuchtenteam". Its end is a word as the whole is one, its
    /// beginning with or without the letters that join them.
    fn is_compound(&self, word: &str) -> bool {
        let capital = word.starts_with(char::is_uppercase);
        let raised = |part: &str| part.chars().take(1).flat_map(char::to_uppercase).chain(part.chars().skip(1)).collect::<String>();
        let is_end = |part: &str| if capital { self.has(&raised(part)) } else { self.has(part) };
        let is_word = |part: &str| self.has(part) || self.has(&raised(part));
        let is_beginning = |part: &str| is_word(part) || JOINTS.iter().any(|joint| part.strip_suffix(joint).is_some_and(is_word));
        let two = |(at, _)| word.split_at_checked(at);
        let mut parts = word.char_indices().skip(SHORTEST_PART).filter_map(two).filter(|(_, end)| end.chars().count() >= SHORTEST_PART);
        parts.any(|(beginning, end)| is_end(end) && is_beginning(beginning))
    }

    /// Swiss German writes "ss" where a German dictionary has "ß".
    fn knows_swiss(&self, word: &str) -> bool {
        word.match_indices("ss").any(|(at, _)| {
            let sharp = format!("{}ß{}", word.get(..at).unwrap_or_default(), word.get(at + 2..).unwrap_or_default());
            self.books.iter().any(|book| book.check(&sharp))
        })
    }

    /// The word that was probably meant: one that a slip of the fingers makes of it.
    pub fn near(&self, word: &str) -> Option<String> {
        near::slips(word, self.language.unwrap_or(Language::English)).find(|candidate| self.has(candidate))
    }

    /// The word that was probably meant by one that may be a name: two letters have changed places.
    pub fn swapped(&self, word: &str) -> Option<String> {
        near::swapped(word).find(|candidate| self.has(candidate))
    }

    /// Whether a word stands in the lists, without what can be made of their words.
    fn has(&self, word: &str) -> bool {
        self.english && english::has(word) || self.books.iter().any(|book| book.check(word))
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary").field("language", &self.language).field("books", &self.books.len()).finish_non_exhaustive()
    }
}
