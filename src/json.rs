//! JSON whose values know where they stand: slices of the text, and strings with the way back through their escapes.

use crate::error::Error;
use crate::letters::acts;
use crate::origin::OffsetMap;
use crate::source::{Source, Span};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A key of an object with its value.
pub type Entry<'a> = (Cow<'a, str>, &'a RawValue);

/// A value as JSON of which nothing acts in a terminal: of the control characters, the format itself lets those above
/// ASCII through. Ends in a line break.
pub fn written(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    if acts(&text) {
        // They stand in strings only.
        let is_order = |c: char| matches!(c, '\u{7f}'..='\u{9f}');
        let escaped = |c: char| if is_order(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
        text = text.chars().map(escaped).collect();
    }
    text.push('\n');
    text
}

/// The values of a file: one, or one after another as in JSON lines.
///
/// # Errors
/// The place at which the text stops being JSON.
pub fn values(source: &Arc<Source>) -> Result<Vec<&RawValue>, Error> {
    let text = source.text().trim_start_matches('\u{feff}');
    let before = source.text().len() - text.len();
    let values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    values.collect::<Result<Vec<_>, _>>().map_err(|error| broken(source, before, &error))
}

/// The first value of a text that may go on after it, and where it ends.
pub fn leading(text: &str) -> Option<(&RawValue, usize)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let first = values.next()?.ok()?;
    Some((first, values.byte_offset()))
}

/// Where a slice of the text begins in it.
pub fn place(text: &str, slice: &str) -> usize {
    (slice.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// The entries of an object in their order; none for anything else.
pub fn entries(object: &RawValue) -> Vec<Entry<'_>> {
    serde_json::from_str::<Entries>(object.get()).map(|entries| entries.0).unwrap_or_default()
}

/// The elements of a list; none for anything else.
pub fn elements(list: &RawValue) -> Vec<&RawValue> {
    if list.get().starts_with('[') { serde_json::from_str(list.get()).unwrap_or_default() } else { Vec::new() }
}

/// A string of the source as a source of its own, every character of which leads back to where it was written.
///
/// `part` says in words which one it is. Nothing for a value that is no string.
pub fn string(source: &Arc<Source>, value: &RawValue, part: &str) -> Option<Span> {
    let inside = value.get().strip_prefix('"')?.strip_suffix('"')?;
    let (text, map) = unescaped(inside, place(source.text(), inside));
    Some(Source::decoded(source, part, text, map).whole())
}

/// A string's text without its escapes; `at` is where it begins in the file.
fn unescaped(written: &str, at: usize) -> (String, OffsetMap) {
    let mut text = String::with_capacity(written.len());
    let mut map = OffsetMap::default();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        let (made, width) = if c == '\\' { escape(rest) } else { (c, c.len_utf8()) };
        map.push(text.len(), at + written.len() - rest.len());
        text.push(made);
        rest = rest.get(width..).unwrap_or_default();
    }
    map.finish(text.len(), at + written.len());
    (text, map)
}

/// The character of the escape at the beginning, and how many bytes it takes. A lone surrogate becomes `�`.
fn escape(rest: &str) -> (char, usize) {
    let unit = |at: usize| rest.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let simple = |c| (c, 2);
    match rest.as_bytes().get(1) {
        Some(b'n') => simple('\n'),
        Some(b't') => simple('\t'),
        Some(b'r') => simple('\r'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'u') => match (unit(2), rest.get(6..8), unit(8)) {
            (Some(high @ 0xd800..0xdc00), Some("\\u"), Some(low @ 0xdc00..0xe000)) => {
                (char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)).unwrap_or('\u{fffd}'), 12)
            }
            (Some(unit), ..) => (char::from_u32(unit).unwrap_or('\u{fffd}'), 6),
            (None, ..) => simple('\u{fffd}'),
        },
        Some(_) => rest.chars().nth(1).map_or(('\\', 1), |c| (c, 1 + c.len_utf8())),
        None => ('\\', 1),
    }
}

/// Names the place at which the JSON stops making sense.
fn broken(source: &Arc<Source>, before: usize, error: &serde_json::Error) -> Error {
    let text = source.text().get(before..).unwrap_or_default();
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = (before + line_start + error.column().saturating_sub(1)).min(source.text().len());
    let at = (0..=at).rev().find(|&at| source.text().is_char_boundary(at)).unwrap_or(0);
    if error.is_eof() {
        return Error::at(&source.span(at..at), "the JSON ends in the middle: the file is not whole").help("export or download it again");
    }
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    Error::at(&source.span(at..at), format!("this is not JSON: {words}"))
}

/// The entries of an object, as slices of the text.
struct Entries<'a>(Vec<Entry<'a>>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(Key(key)) = map.next_key()? {
                    pairs.push((key, map.next_value()?));
                }
                Ok(Entries(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// A key, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_leads_back_through_its_escape() {
        let json = r#"{"a": "x\n\u00e9\ud83d\ude00\"é\/\ud800 end"}"#;
        let source = Source::file("a.json", json);
        let values = values(&source).expect("JSON");
        let span = string(&source, entries(values[0])[0].1, "a").expect("a string");
        assert_eq!(span.text(), "x\né😀\"é/\u{fffd} end");
        for (words, written) in [("é😀", r"\u00e9\ud83d\ude00"), ("\"", "\\\""), ("end", "end"), ("\n", r"\n")] {
            let at = span.text().find(words).expect("words");
            let raw = span.slice(at..at + words.len()).in_file();
            assert_eq!(&json[raw.start..raw.end], written);
        }
    }

    #[test]
    fn what_is_written_acts_in_no_terminal() {
        let text = "a\u{9b}31m\u{1b}é";
        let json = written(&text);
        assert_eq!(json, "\"a\\u009b31m\\u001bé\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
    }

    proptest::proptest! {
        #[test]
        fn strings_read_as_serde_reads_them(text in ".{0,40}") {
            let written = serde_json::to_string(&text).expect("JSON");
            let source = Source::file("a.json", written);
            let values = values(&source).expect("JSON");
            let span = string(&source, values[0], "a").expect("a string");
            proptest::prop_assert_eq!(span.text(), text.as_str());
        }

        #[test]
        fn any_escapes_are_read(text in "(\\\\[nu\"/x]|[0-9a-fdD]{0,5}|é){0,20}") {
            unescaped(&text, 0);
        }
    }
}
