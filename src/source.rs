//! Named text and places in it: everything that a finding can point at.

use crate::origin::OffsetMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A text that was read, with its name; or a part decoded out of another source.
///
/// A file that is UTF-8 (or was recoded as a whole, from UTF-16 say) is one source. A mail is raw
/// bytes, and each of its decoded parts and headers is a source of its own that knows the way back.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    name: String,
    part: Option<String>,
    content: Content,
    origin: Option<Origin>,
    lines: Lines,
}

#[derive(Debug, PartialEq, Eq)]
enum Content {
    Text(String),
    Raw(Vec<u8>),
}

#[derive(Debug, PartialEq, Eq)]
struct Origin {
    parent: Arc<Source>,
    map: OffsetMap,
}

impl Source {
    /// A file's text under the name that the person gave it (`draft.html`, `export.zip!/index.html`).
    pub fn file(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { name: name.into(), part: None, content: Content::Text(text.into()), origin: None, lines: Lines::default() })
    }

    /// A file whose bytes are not one text, such as a mail with parts in several charsets.
    pub fn raw(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Arc<Self> {
        Arc::new(Self { name: name.into(), part: None, content: Content::Raw(bytes.into()), origin: None, lines: Lines::default() })
    }

    /// A text decoded out of `parent`; `part` says which one in words: "HTML part", "Subject".
    pub fn decoded(parent: &Arc<Self>, part: impl Into<String>, text: impl Into<String>, map: OffsetMap) -> Arc<Self> {
        Self::inside(parent, Some(part.into()), Content::Text(text.into()), map)
    }

    /// Raw bytes that stand inside `parent`, such as one mail of an mbox file.
    pub fn cut(parent: &Arc<Self>, bytes: impl Into<Vec<u8>>, map: OffsetMap) -> Arc<Self> {
        Self::inside(parent, None, Content::Raw(bytes.into()), map)
    }

    /// A text taken out of a file that has no lines to point at (an Outlook message): its places are its own.
    /// `name` tells file and part, `mail.msg!/body.html`; `part` says in words what the places count in.
    pub fn extracted(name: impl Into<String>, part: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            part: Some(part.into()),
            content: Content::Text(text.into()),
            origin: None,
            lines: Lines::default(),
        })
    }

    fn inside(parent: &Arc<Self>, part: Option<String>, content: Content, map: OffsetMap) -> Arc<Self> {
        let origin = Origin { parent: Arc::clone(parent), map };
        Arc::new(Self { name: parent.name.clone(), part, content, origin: Some(origin), lines: Lines::default() })
    }

    /// The name of the file it came from.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which decoded part of the file this is ("HTML part"), if it is not the file itself.
    pub fn part(&self) -> Option<&str> {
        self.part.as_deref()
    }

    /// The text; empty for raw bytes, whose decoded parts are sources of their own.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            Content::Raw(_) => "",
        }
    }

    /// The bytes as they are.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Raw(bytes) => bytes,
        }
    }

    /// A span of this source. Ends beyond the text are cut, so a span can always be sliced.
    pub fn span(self: &Arc<Self>, range: Range<usize>) -> Span {
        let end = range.end.min(self.bytes().len());
        Span { source: Arc::clone(self), start: range.start.min(end), end }
    }

    /// The span of the whole source.
    pub fn whole(self: &Arc<Self>) -> Span {
        self.span(0..self.bytes().len())
    }

    /// Line and column (both from 1, the column in characters) of a byte offset of this source.
    fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.bytes().len());
        let starts = self.lines.starts(self.bytes());
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let line_start = starts.get(line - 1).copied().unwrap_or(0);
        (line, 1 + self.characters(line_start..offset))
    }

    /// How many characters stand in a part of a line.
    fn characters(&self, part: Range<usize>) -> usize {
        if part.len() > STEP * 2
            && let Some(marks) = self.lines.marks(self.bytes())
        {
            let before = |at: usize| {
                let mark = at / STEP;
                marks.get(mark).copied().unwrap_or_default() + beginnings(self.bytes().get(mark * STEP..at).unwrap_or_default())
            };
            return before(part.end) - before(part.start);
        }
        let part = self.bytes().get(part).unwrap_or_default();
        // What is not UTF-8 is shown by editors as one character a byte.
        std::str::from_utf8(part).map_or(part.len(), |text| text.chars().count())
    }
}

/// Every how many bytes the characters of a text are counted up to there, for lines that are long.
const STEP: usize = 2048;

/// How many characters begin in some bytes of UTF-8.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// Where the lines of a source begin, found when it is first asked: a mail may have ten thousand findings.
#[derive(Debug, Default)]
struct Lines {
    starts: OnceLock<Vec<usize>>,
    marks: OnceLock<Option<Vec<usize>>>,
}

impl Lines {
    fn starts(&self, bytes: &[u8]) -> &[usize] {
        self.starts.get_or_init(|| std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1)).collect())
    }

    /// How many characters begin before every [`STEP`]th byte; nothing for bytes that are not UTF-8 throughout.
    fn marks(&self, bytes: &[u8]) -> Option<&[usize]> {
        let count = || {
            std::str::from_utf8(bytes).ok()?;
            let sums = bytes.chunks(STEP).scan(0, |sum, chunk| {
                *sum += beginnings(chunk);
                Some(*sum)
            });
            Some(std::iter::once(0).chain(sums).collect())
        };
        self.marks.get_or_init(count).as_deref()
    }
}

/// It says nothing that the text does not.
impl PartialEq for Lines {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Lines {}

/// A run of bytes in one source. Every parsed thing that a finding could point at has one.
#[derive(Clone, PartialEq, Eq)]
pub struct Span {
    /// The source, shared: a span carries its text with it.
    pub source: Arc<Source>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The text that it spans; empty if the bytes are not text.
    pub fn text(&self) -> &str {
        self.source.text().get(self.start..self.end).unwrap_or_default()
    }

    /// Its range of bytes in its source.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether two places have text in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.source, &other.source) && self.start < other.end && other.start < self.end
    }

    /// A part of this span, counted from its own beginning and cut at its own end.
    pub fn slice(&self, range: Range<usize>) -> Self {
        let end = (self.start + range.end).min(self.end);
        Self { source: Arc::clone(&self.source), start: (self.start + range.start).min(end), end }
    }

    /// From the beginning of this span to the end of `last`, if both are of one source.
    pub fn to(&self, last: &Self) -> Self {
        if Arc::ptr_eq(&self.source, &last.source) && last.end >= self.start {
            Self { source: Arc::clone(&self.source), start: self.start, end: last.end }
        } else {
            self.clone()
        }
    }

    /// The same run of bytes in the file that a person can open.
    pub fn in_file(&self) -> Self {
        match &self.source.origin {
            None => self.clone(),
            Some(origin) => origin.parent.span(origin.map.raw_range(self.range())).in_file(),
        }
    }

    /// Where it stands in the file that a person can open.
    pub fn place(&self) -> Place {
        let raw = self.in_file();
        let (line, column) = raw.source.line_column(raw.start);
        let (end_line, end_column) = raw.source.line_column(raw.end);
        Place { path: raw.source.name.clone(), line, column, end_line, end_column }
    }

    /// Line and column in its own, decoded source: what the snippet shows.
    pub fn decoded_line_column(&self) -> (usize, usize) {
        self.source.line_column(self.start)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}[{}..{}]={:?}", self.source.part().unwrap_or(&self.source.name), self.start, self.end, self.text())
    }
}

/// Line and column in a file; both count from 1, columns in characters, the end is exclusive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as the person named it.
    pub path: String,
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// One past the last column.
    pub end_column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_bytes_where_it_is_no_text() {
        let source = Source::file("a.txt", "eins\nzwölf Würste");
        let place = source.span(12..19).place();
        assert_eq!((place.line, place.column, place.end_column), (2, 7, 13));
        let latin = Source::raw("a.eml", *b"x\nzw\xf6lf W");
        assert_eq!(latin.span(8..9).place().column, 7);
    }

    proptest::proptest! {
        #[test]
        fn columns_of_long_lines_count_every_character(pieces in proptest::collection::vec("(a{0,900}|é{0,400}|日{0,300}|\n)", 0..24), at in 0.0..1.0_f64) {
            let text = pieces.concat();
            #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short text")]
            let at = text.floor_char_boundary((text.len() as f64 * at) as usize);
            let place = Source::file("a.txt", text.as_str()).span(at..at).place();
            let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
            proptest::prop_assert_eq!(place.line, 1 + text[..at].matches('\n').count());
            proptest::prop_assert_eq!(place.column, 1 + text[line_start..at].chars().count());
        }
    }

    #[test]
    fn a_decoded_part_leads_back_to_the_file() {
        let raw = Source::raw("a.eml", *b"Subject: x\n\nfoo=\nbar");
        let mut map = OffsetMap::default();
        (0..3).for_each(|i| map.push(i, 12 + i));
        (3..6).for_each(|i| map.push(i, 14 + i));
        map.finish(6, 20);
        let part = Source::decoded(&raw, "text part", "foobar", map);
        assert_eq!(part.span(3..6).text(), "bar");
        assert_eq!(part.span(3..6).place().to_string(), "a.eml:4:1");
    }

    #[test]
    fn spans_never_leave_their_source() {
        let source = Source::file("a", "abc");
        assert_eq!(source.span(2..90).text(), "c");
        assert_eq!(source.span(70..90).text(), "");
        assert_eq!(source.whole().slice(1..90).text(), "bc");
    }
}
