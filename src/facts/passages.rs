//! Passages: the text as a reader sees it, whatever markup stands in between, with the way back.

use super::characters::Characters;
use super::words::{self, Word};
use crate::letters::lower;
use crate::offers::Language;
use crate::origin::OffsetMap;
use crate::source::{Source, Span};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Where in the mail a passage is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// The subject line.
    Subject,
    /// The line that inboxes show behind the subject.
    Preheader,
    /// The title of a web page; not shown in a mail.
    Title,
    /// The body.
    Body,
    /// A text that stands for a picture.
    Alt,
    /// The address of a link.
    Link,
}

/// One run of text without a break: a paragraph, a cell, a heading, a button.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Where it is seen.
    pub region: Region,
    /// The text, white space folded; a forced line break is `\n`.
    pub text: String,
    /// Whether styles hide it from the reader.
    pub hidden: bool,
    /// Whether it is a heading.
    pub heading: bool,
    /// Parts of the text that are code samples: what is said in them is said about something else.
    pub samples: Vec<Range<usize>>,
    /// Parts of the text that are struck through: what was, and is no more.
    pub struck: Vec<Range<usize>>,
    source: Arc<Source>,
    map: OffsetMap,
    /// Looked up once, when somebody asks.
    characters: OnceLock<Characters>,
    /// Guessed once, when somebody asks.
    language: OnceLock<Option<Language>>,
    /// Made once, when somebody asks.
    lower: OnceLock<String>,
    /// Found once, when somebody asks.
    words: OnceLock<Vec<Range<usize>>>,
    /// Found once, when somebody asks.
    signs: OnceLock<Vec<&'static str>>,
}

impl Passage {
    /// The language that its words give away, if they do.
    pub fn language(&self) -> Option<Language> {
        *self.language.get_or_init(|| Language::guess(&self.text))
    }

    /// The text in lower case. Its bytes may lie elsewhere than those of the text.
    pub fn lower(&self) -> &str {
        self.lower.get_or_init(|| lower(&self.text))
    }

    /// The kinds of characters in the text.
    pub(crate) fn characters(&self) -> Characters {
        *self.characters.get_or_init(|| Characters::of(&self.text))
    }

    /// What `find` finds in the text, whose capitals are small letters or ASCII; who asks later gets what was found first.
    pub(crate) fn signs(&self, find: impl FnOnce(&str) -> Vec<&'static str>) -> &[&'static str] {
        self.signs.get_or_init(|| find(if self.characters().is_ascii() { &self.text } else { self.lower() }))
    }

    /// Its words, in order.
    pub fn words(&self) -> impl Iterator<Item = Word<'_>> {
        let places = self.words.get_or_init(|| words::places(&self.text)).iter().cloned();
        places.filter_map(|range| Some(Word { text: self.text.get(range.clone())?, range }))
    }

    /// A passage of which no more is known than its text and where that stands.
    pub(super) fn new(region: Region, text: String, source: &Arc<Source>, map: OffsetMap) -> Self {
        let (samples, struck, source) = (Vec::new(), Vec::new(), Arc::clone(source));
        let (characters, language, lower, words, signs) =
            (OnceLock::new(), OnceLock::new(), OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { region, text, hidden: false, heading: false, samples, struck, source, map, characters, language, lower, words, signs }
    }

    /// A passage that stands in the source as it is read.
    pub(super) fn plain(region: Region, span: &Span) -> Self {
        let map = OffsetMap::shifted(span.text().len(), span.start);
        Self::new(region, span.text().to_owned(), &span.source, map)
    }

    /// The place of a part of the text. It covers the markup in between, if there is any, and none behind it.
    pub fn span(&self, range: Range<usize>) -> Span {
        let raw = self.map.raw_range(range.clone());
        let last = self.text.get(range.clone()).and_then(|text| text.chars().next_back());
        let end = last.and_then(|last| self.end_of(last, self.map.raw(range.end - last.len_utf8())..raw.end));
        self.source.span(raw.start..end.unwrap_or(raw.end).max(raw.start))
    }

    /// Where a character ends that was written at the beginning of `raw`, behind which markup may follow.
    fn end_of(&self, character: char, raw: Range<usize>) -> Option<usize> {
        let written = self.source.text().get(raw.clone())?;
        if written.starts_with(character) && character != '&' {
            return Some(raw.start + character.len_utf8());
        }
        // A character reference holds neither a tag nor a blank.
        let length = written.bytes().skip(1).position(|b| b == b'<' || b.is_ascii_whitespace())?;
        Some(raw.start + 1 + length)
    }

    /// The source that it stands in.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Whether a part of the text is a code sample.
    pub fn is_sample(&self, range: &Range<usize>) -> bool {
        self.samples.iter().any(|sample| sample.start <= range.start && range.end <= sample.end)
    }

    /// Whether a part of the text is struck through.
    pub fn is_struck(&self, range: &Range<usize>) -> bool {
        self.struck.iter().any(|struck| struck.start <= range.start && range.end <= struck.end)
    }

    /// The sentence around a part of the text. A full stop behind a figure or a short word ends none: "30. November".
    pub fn sentence(&self, around: Range<usize>) -> &str {
        let text = self.text.as_str();
        let before = text.get(..around.start).unwrap_or_default();
        let after = text.get(around.end..).unwrap_or_default();
        let start = before.char_indices().rev().find(|(at, c)| ends_sentence(text, *at, *c)).map_or(0, |(at, c)| at + c.len_utf8());
        let end =
            after.char_indices().find(|(at, c)| ends_sentence(text, around.end + at, *c)).map_or(text.len(), |(at, _)| around.end + at);
        text.get(start..end).unwrap_or(text).trim()
    }

    /// The place of the whole passage.
    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }
}

/// Whether a character ends a sentence: a line break, or a mark with a blank behind it.
fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    let blank = text.get(at + c.len_utf8()..).is_none_or(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    match c {
        '\n' => true,
        '!' | '?' => blank,
        '.' => {
            let word = text.get(..at).unwrap_or_default().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            blank && word.chars().count() > 3 && !word.ends_with(|c: char| c.is_ascii_digit())
        }
        _ => false,
    }
}
