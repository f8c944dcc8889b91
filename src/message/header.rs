//! A header's value as people read it, with the way back: folding undone, encoded words (RFC 2047) decoded.

use super::decode::decode_word;
use crate::origin::OffsetMap;
use mail_parser::Encoding as Transfer;
use std::ops::Range;

/// Text under construction with its map.
struct Value {
    text: String,
    map: OffsetMap,
    /// Where the last character that is no blank ended.
    end: usize,
}

impl Value {
    fn push(&mut self, c: char, raw: Range<usize>) {
        self.map.push(self.text.len(), raw.start);
        self.text.push(c);
        if !c.is_whitespace() {
            self.end = raw.end;
        }
    }

    fn push_mapped(&mut self, text: &str, map: &OffsetMap) {
        text.char_indices().for_each(|(at, c)| self.push(c, map.raw_range(at..at + c.len_utf8())));
    }
}

/// Decodes the unstructured value that stands at `raw[range]`.
pub(super) fn unstructured(raw: &[u8], range: Range<usize>) -> (String, OffsetMap) {
    let mut value = Value { text: String::new(), map: OffsetMap::default(), end: range.start };
    let mut at = range.start;
    // Blanks between two encoded words are not part of the text.
    let mut blanks_after_word: Option<usize> = None;
    while at < range.end {
        if let Some((text, map, next)) = encoded_word(raw, at..range.end) {
            if let Some(length) = blanks_after_word {
                value.text.truncate(length);
            }
            value.push_mapped(&text, &map);
            blanks_after_word = Some(value.text.len());
            at = next;
            continue;
        }
        let (c, width) = character(&raw[at..range.end]);
        let folded = matches!(c, '\r' | '\n');
        if !c.is_whitespace() {
            blanks_after_word = None;
        }
        let leading = value.text.is_empty() && c == ' ';
        if !folded && !leading {
            value.push(if c == '\t' { ' ' } else { c }, at..at + width);
        }
        at += width;
    }
    let trimmed = value.text.trim_end().len();
    value.text.truncate(trimmed);
    value.map.finish(trimmed, value.end);
    (value.text, value.map)
}

/// One character; a byte that is no UTF-8 is read as Latin-1, as mail programs do.
fn character(bytes: &[u8]) -> (char, usize) {
    let head = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default(),
    };
    valid.chars().next().map_or_else(|| (char::from(bytes[0]), 1), |c| (c, c.len_utf8()))
}

/// `=?charset?B?…?=` at the beginning of the range: text, map, and where it ends.
fn encoded_word(raw: &[u8], range: Range<usize>) -> Option<(String, OffsetMap, usize)> {
    let bytes = raw.get(range.clone())?.strip_prefix(b"=?")?;
    let mark = |from: usize| bytes.get(from..)?.iter().take(2000).position(|&b| b == b'?').map(|at| from + at);
    let charset_end = mark(0)?;
    let kind_end = mark(charset_end + 1)?;
    let text_end = mark(kind_end + 1)?;
    let charset = std::str::from_utf8(bytes.get(..charset_end)?).ok()?.split('*').next()?;
    let transfer = match bytes.get(charset_end + 1..kind_end)? {
        b"B" | b"b" => Transfer::Base64,
        b"Q" | b"q" => Transfer::QuotedPrintable,
        _ => return None,
    };
    if bytes.get(text_end + 1) != Some(&b'=') {
        return None;
    }
    let start = range.start + 2;
    let (text, map) = decode_word(raw, start + kind_end + 1..start + text_end, transfer, charset);
    Some((text, map, start + text_end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(raw: &str) -> (String, OffsetMap) {
        unstructured(raw.as_bytes(), 0..raw.len())
    }

    #[test]
    fn encoded_words_join_without_the_blank_between_them() {
        let raw = " =?utf-8?Q?20_%_f=C3=BCr?=\r\n =?utf-8?B?IGFsbGU=?= heute\r\n";
        let (text, map) = value(raw);
        assert_eq!(text, "20 % für alle heute");
        let at = text.find("heute").expect("heute");
        assert_eq!(&raw[map.raw_range(at..at + 5)], "heute");
    }

    #[test]
    fn folding_is_undone_and_plain_text_stays() {
        assert_eq!(value(" Last\r\n chance =?x? ä").0, "Last chance =?x? ä");
        assert_eq!(value("").0, "");
    }
}
