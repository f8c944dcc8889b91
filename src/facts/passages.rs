//! Passages: the text as a reader sees it, whatever markup stands in between, with the way back.

use super::words::{self, Word};
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
        self.lower.get_or_init(|| words::lower(&self.text))
    }

    /// What `find` finds in the text in lower case; who asks later gets what was found first.
    pub(crate) fn signs(&self, find: impl FnOnce(&str) -> Vec<&'static str>) -> &[&'static str] {
        self.signs.get_or_init(|| find(self.lower()))
    }

    /// Its words, in order.
    pub fn words(&self) -> impl Iterator<Item = Word<'_>> {
        let places = self.words.get_or_init(|| words::places(&self.text)).iter().cloned();
        places.filter_map(|range| Some(Word { text: self.text.get(range.clone())?, range }))
    }

    /// A passage that stands in the source as it is read.
    pub(super) fn plain(region: Region, span: &Span) -> Self {
        let map = OffsetMap::shifted(span.text().len(), span.start);
        Self {
            region,
            text: span.text().to_owned(),
            hidden: false,
            heading: false,
            samples: Vec::new(),
            struck: Vec::new(),
            source: Arc::clone(&span.source),
            map,
            language: OnceLock::new(),
            lower: OnceLock::new(),
            words: OnceLock::new(),
            signs: OnceLock::new(),
        }
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

/// How many bytes at the beginning have no white space but single blanks between words.
fn written_through(bytes: &[u8]) -> usize {
    let mut end = 0;
    while let Some(rest) = bytes.get(end..) {
        let blank = usize::from(end > 0 && rest.first() == Some(&b' '));
        let word = rest.iter().skip(blank).position(u8::is_ascii_whitespace).unwrap_or(rest.len() - blank);
        if word == 0 {
            break;
        }
        end += blank + word;
    }
    end
}

/// Collects the text of passages as a walk over a body meets it.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each says one thing about the text that is being added")]
pub(super) struct Collector {
    source: Arc<Source>,
    region: Region,
    text: String,
    map: OffsetMap,
    end: usize,
    samples: Vec<Range<usize>>,
    struck: Vec<Range<usize>>,
    pub(super) hidden: bool,
    pub(super) heading: bool,
    /// Whether what is added is a code sample.
    pub(super) sample: bool,
    /// Whether what is added is struck through.
    pub(super) strike: bool,
    done: Vec<Passage>,
}

impl Collector {
    pub(super) fn new(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            region: Region::Body,
            text: String::new(),
            map: OffsetMap::default(),
            end: 0,
            samples: Vec::new(),
            struck: Vec::new(),
            hidden: false,
            heading: false,
            sample: false,
            strike: false,
            done: Vec::new(),
        }
    }

    /// Adds text whose characters stand where `raw` says.
    pub(super) fn add(&mut self, text: &str, raw: impl Fn(usize) -> usize) {
        for (at, c) in text.char_indices() {
            self.add_char(c, raw(at)..raw(at + c.len_utf8()));
        }
    }

    /// Adds text whose characters stand where a map says.
    pub(super) fn add_mapped(&mut self, text: &str, map: &OffsetMap) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let length = written_through(rest);
            if let Some(part) = text.get(at..at + length).filter(|part| !part.is_empty()) {
                self.add_part(part, at, map);
                at += length;
            } else {
                let blanks = rest.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(rest.len());
                let raw = map.raw(at);
                self.add_char(' ', raw..raw);
                at += blanks.max(1);
            }
        }
    }

    /// Adds a part of a text, which stands at `from` there and has no white space to fold.
    fn add_part(&mut self, part: &str, from: usize, map: &OffsetMap) {
        let at = self.text.len();
        for (text, raw) in map.runs_in(from..from + part.len()) {
            self.map.push(at + text - from, raw);
        }
        self.text.push_str(part);
        self.mark(at);
        self.end = map.raw(from + part.len());
    }

    /// Notes how the text from `at` on is shown.
    fn mark(&mut self, at: usize) {
        for (wanted, parts) in [(self.sample, &mut self.samples), (self.strike, &mut self.struck)] {
            match parts.last_mut().filter(|part| wanted && part.end == at) {
                Some(part) => part.end = self.text.len(),
                None if wanted => parts.push(at..self.text.len()),
                None => {}
            }
        }
    }

    /// Adds one character, folding white space.
    pub(super) fn add_char(&mut self, c: char, raw: Range<usize>) {
        let blank = c.is_ascii_whitespace();
        if blank && (self.text.is_empty() || self.text.ends_with([' ', '\n'])) {
            return;
        }
        let at = self.text.len();
        self.map.push(at, raw.start);
        self.text.push(if blank { ' ' } else { c });
        self.mark(at);
        if !blank {
            self.end = raw.end;
        }
    }

    /// A forced line break at a place.
    pub(super) fn line_break(&mut self, raw: usize) {
        if !self.text.is_empty() {
            self.map.push(self.text.len(), raw);
            self.text.push('\n');
        }
    }

    /// How long the text of the current passage is.
    pub(super) fn position(&self) -> (usize, usize) {
        (self.done.len(), self.text.len())
    }

    /// The text collected since a position.
    pub(super) fn since(&self, (passage, at): (usize, usize)) -> String {
        // A text that stands for a picture is a passage of its own, in the middle of the one that goes on.
        let done = self.done.iter().skip(passage).filter(|passage| passage.region != Region::Alt).map(|passage| passage.text.as_str());
        let mut texts = done.chain([self.text.as_str()]);
        let mut text = texts.next().and_then(|first| first.get(at..)).unwrap_or_default().to_owned();
        for later in texts {
            text.push(' ');
            text.push_str(later);
        }
        text.trim().to_owned()
    }

    /// Ends the current passage.
    pub(super) fn flush(&mut self) {
        let trimmed = self.text.trim_end().len();
        self.text.truncate(trimmed);
        let (text, mut map) = (std::mem::take(&mut self.text), std::mem::take(&mut self.map));
        let (samples, struck) = (std::mem::take(&mut self.samples), std::mem::take(&mut self.struck));
        if text.is_empty() {
            return;
        }
        map.finish(text.len(), self.end);
        let (hidden, heading) = (self.hidden, self.heading);
        self.done.push(Passage {
            region: self.region,
            text,
            hidden,
            heading,
            samples,
            struck,
            source: Arc::clone(&self.source),
            map,
            language: OnceLock::new(),
            lower: OnceLock::new(),
            words: OnceLock::new(),
            signs: OnceLock::new(),
        });
    }

    /// Adds a passage of its own, such as an alt text.
    pub(super) fn push_mapped(&mut self, region: Region, text: &str, map: OffsetMap) {
        let passage = Passage {
            region,
            text: text.to_owned(),
            hidden: self.hidden,
            heading: false,
            samples: Vec::new(),
            struck: Vec::new(),
            source: Arc::clone(&self.source),
            map,
            language: OnceLock::new(),
            lower: OnceLock::new(),
            words: OnceLock::new(),
            signs: OnceLock::new(),
        };
        self.done.push(passage);
    }

    /// Everything that follows is seen in another region.
    pub(super) fn set_region(&mut self, region: Region) {
        self.flush();
        self.region = region;
    }

    /// The passages, in their order.
    pub(super) fn finish(mut self) -> Vec<Passage> {
        self.flush();
        self.done
    }
}
