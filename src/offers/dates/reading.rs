//! Small steps through a sentence: each takes a place and gives the place behind what stands there.

use std::ops::Range;

/// The next run of letters and figures that begins at a word's beginning, from a place on.
pub(super) fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let inside = text.get(..from)?.ends_with(is_word);
    let skipped = if inside { rest.find(|c| !is_word(c))? } else { 0 };
    let start = from + skipped + rest.get(skipped..)?.find(is_word)?;
    Some(start..start + run(text.get(start..)?))
}

/// How many bytes at the beginning of a text are letters and figures.
pub(super) fn run(text: &str) -> usize {
    text.find(|c| !is_word(c)).unwrap_or(text.len())
}

/// What \\b looks at.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a word ends at a place.
pub(super) fn ends(text: &str, at: usize) -> bool {
    !text.get(at..).is_some_and(|rest| rest.starts_with(is_word))
}

/// Behind a word of lower case that stands at a place in any case.
pub(super) fn word(text: &str, at: usize, word: &str) -> Option<usize> {
    let end = literal(text, at, word)?;
    ends(text, end).then_some(end)
}

/// Behind some characters of lower case that stand at a place in any case, whatever follows.
pub(super) fn literal(text: &str, at: usize, wanted: &str) -> Option<usize> {
    let mut chars = text.get(at..)?.chars();
    let mut end = at;
    for c in wanted.chars() {
        let next = chars.next().filter(|&next| next == c || next.to_lowercase().eq(std::iter::once(c)))?;
        end += next.len_utf8();
    }
    Some(end)
}

/// Behind the first of these entries, parted by bars, that stands at a place as a word.
pub(super) fn one_of(text: &str, at: usize, entries: &str) -> Option<usize> {
    entries.split('|').find_map(|entry| if entry == ":" { mark(text, at, &[':']) } else { word(text, at, entry) })
}

/// Behind one of these characters.
pub(super) fn mark(text: &str, at: usize, marks: &[char]) -> Option<usize> {
    text.get(at..)?.chars().next().filter(|c| marks.contains(c)).map(|c| at + c.len_utf8())
}

/// Behind white space, which may be missing.
pub(super) fn blanks(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.len() - rest.trim_start().len()
}

/// Behind white space, which must stand there.
pub(super) fn apart(text: &str, at: usize) -> Option<usize> {
    Some(blanks(text, at)).filter(|&end| end > at)
}

/// A number of at least `least` and at most `most` figures, and the place behind it. More figures are no such number.
pub(super) fn number(text: &str, at: usize, least: usize, most: usize) -> Option<(u16, usize)> {
    let figures = text.get(at..)?.bytes().take(most + 1).take_while(u8::is_ascii_digit).count();
    let number = text.get(at..at + figures).filter(|_| (least..=most).contains(&figures))?;
    Some((number.parse().ok()?, at + figures))
}
