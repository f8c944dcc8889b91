//! Small steps through a sentence: each takes a place and gives the place behind what stands there.

use std::ops::Range;

/// The next run of letters and figures that begins at a word's beginning, from a place on.
pub(super) fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let inside = text.get(..from)?.ends_with(is_word);
    let behind = from + if inside { run(text.get(from..)?) } else { 0 };
    let start = behind + run_of(text.get(behind..)?, |b| !is_word_byte(b), |c| !is_word(c));
    let length = run(text.get(start..)?);
    (length > 0).then_some(start..start + length)
}

/// How many bytes at the beginning of a text are letters and figures.
pub(super) fn run(text: &str) -> usize {
    run_of(text, is_word_byte, is_word)
}

/// How many bytes at the beginning of a text are such characters; of ASCII, such bytes.
fn run_of(text: &str, is_such_byte: impl Fn(u8) -> bool, is_such: impl Fn(char) -> bool) -> usize {
    let mut end = 0;
    loop {
        let rest = text.as_bytes().get(end..).unwrap_or_default();
        end += rest.iter().position(|&b| !b.is_ascii() || !is_such_byte(b)).unwrap_or(rest.len());
        match text.get(end..).and_then(|rest| rest.chars().next()) {
            Some(c) if !c.is_ascii() && is_such(c) => end += c.len_utf8(),
            _ => return end,
        }
    }
}

/// What \\b looks at.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The same for ASCII.
fn is_word_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
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
    match (text.as_bytes().get(at), wanted.as_bytes().first()) {
        (Some(one), Some(other)) if one.is_ascii() && other.is_ascii() && one.to_ascii_lowercase() != *other => return None,
        _ => {}
    }
    let rest = text.get(at..)?;
    let head = rest.as_bytes().get(..wanted.len()).unwrap_or_default();
    if wanted.is_ascii() && head.is_ascii() {
        return (head.len() == wanted.len() && head.eq_ignore_ascii_case(wanted.as_bytes())).then_some(at + wanted.len());
    }
    let mut chars = rest.chars();
    let mut end = at;
    for c in wanted.chars() {
        let next = chars.next().filter(|&next| next == c || next.to_lowercase().eq(std::iter::once(c)))?;
        end += next.len_utf8();
    }
    Some(end)
}

/// Behind the first of these entries that stands at a place as a word.
pub(super) fn one_of(text: &str, at: usize, entries: &[&str]) -> Option<usize> {
    entries.iter().find_map(|entry| if *entry == ":" { mark(text, at, &[':']) } else { word(text, at, entry) })
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
