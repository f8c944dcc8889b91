//! Collects the text of passages as a walk over a body meets it, with the way back to where each character stands.

use super::passages::{Passage, Region};
use crate::origin::OffsetMap;
use crate::source::Source;
use std::ops::Range;
use std::sync::Arc;

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
        let mut passage = Passage::new(self.region, text, &self.source, map);
        (passage.hidden, passage.heading, passage.samples, passage.struck) = (self.hidden, self.heading, samples, struck);
        self.done.push(passage);
    }

    /// Adds a passage of its own, such as an alt text.
    pub(super) fn push_mapped(&mut self, region: Region, text: &str, map: OffsetMap) {
        let mut passage = Passage::new(region, text.to_owned(), &self.source, map);
        passage.hidden = self.hidden;
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
