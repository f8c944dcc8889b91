//! Transfer encodings and charsets undone, with the way back to every byte.
//!
//! mail-parser decodes too, and its result is what counts; it keeps no map. Where both agree
//! (nearly always) the map is exact, otherwise it leads to the part as a whole.

use crate::origin::OffsetMap;
use encoding_rs::Encoding;
use mail_parser::Encoding as Transfer;
use std::ops::Range;

/// Bytes, and the way back from each to the raw file.
struct Mapped {
    bytes: Vec<u8>,
    from: OffsetMap,
}

impl Mapped {
    fn with_room(length: usize) -> Self {
        Self { bytes: Vec::with_capacity(length), from: OffsetMap::default() }
    }

    /// Adds a byte that was made from what begins at `raw`.
    fn push(&mut self, byte: u8, raw: usize) {
        self.from.push(self.bytes.len(), raw);
        self.bytes.push(byte);
    }

    /// What was made from bytes that end at `end` is whole.
    fn finish(mut self, end: usize) -> Self {
        self.from.finish(self.bytes.len(), end);
        self
    }
}

/// Undoes transfer encoding and charset of `raw[range]`: the text and its way back into `raw`.
pub(super) fn decode(raw: &[u8], range: Range<usize>, transfer: Transfer, charset: Option<&str>) -> (String, OffsetMap) {
    let body = raw.get(range.clone()).unwrap_or_default();
    let mapped = match transfer {
        Transfer::QuotedPrintable => quoted_printable(body, range.start, false),
        Transfer::Base64 => base64(body, range.start),
        Transfer::None => Mapped { bytes: body.to_vec(), from: OffsetMap::shifted(body.len(), range.start) },
    };
    to_text(mapped, charset)
}

/// Undoes one encoded word's text (RFC 2047): `Q` with underscores for blanks, or `B`.
pub(super) fn decode_word(raw: &[u8], range: Range<usize>, transfer: Transfer, charset: &str) -> (String, OffsetMap) {
    let body = raw.get(range.clone()).unwrap_or_default();
    let mapped = match transfer {
        Transfer::Base64 => base64(body, range.start),
        _ => quoted_printable(body, range.start, true),
    };
    to_text(mapped, Some(charset))
}

fn quoted_printable(body: &[u8], at: usize, is_word: bool) -> Mapped {
    let mut out = Mapped::with_room(body.len());
    let mut index = 0;
    while let Some(&byte) = body.get(index) {
        let (made, used) = match (byte, body.get(index + 1), body.get(index + 2)) {
            (b'=', Some(b'\r'), Some(b'\n')) => (None, 3),
            (b'=', Some(b'\n'), _) => (None, 2),
            (b'=', Some(&high), Some(&low)) => match (hex(high), hex(low)) {
                (Some(high), Some(low)) => (Some(high << 4 | low), 3),
                _ => (Some(b'='), 1),
            },
            (b'_', ..) if is_word => (Some(b' '), 1),
            _ => (Some(byte), 1),
        };
        if let Some(made) = made {
            out.push(made, at + index);
        }
        index += used;
    }
    out.finish(at + body.len())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn base64(body: &[u8], at: usize) -> Mapped {
    let mut out = Mapped::with_room(body.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    // Every byte begins in the letter before the one that completes it.
    let mut begins = at;
    for (index, &byte) in body.iter().enumerate() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xff) as u8, begins);
            bits &= (1 << held) - 1;
        }
        begins = at + index;
    }
    out.finish(at + body.len())
}

/// Charset to UTF-8. UTF-8 keeps its bytes; others go one byte at a time, so that shifts keep their state.
fn to_text(mapped: Mapped, charset: Option<&str>) -> (String, OffsetMap) {
    let encoding = charset.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(encoding_rs::UTF_8);
    let Mapped { bytes, from } = mapped;
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if encoding == encoding_rs::UTF_8 => return (text, from),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let mut map = OffsetMap::default();
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let mut first = None;
    for (at, byte) in bytes.iter().enumerate() {
        let (before, start) = (text.len(), *first.get_or_insert_with(|| from.raw(at)));
        text.reserve(16);
        let _ = decoder.decode_to_string(std::slice::from_ref(byte), &mut text, false);
        if text.len() > before {
            map.push(before, start);
            first = None;
        }
    }
    let (before, end) = (text.len(), from.raw(bytes.len()));
    text.reserve(16);
    let _ = decoder.decode_to_string(&[], &mut text, true);
    if text.len() > before {
        map.push(before, first.unwrap_or(end));
    }
    map.finish(text.len(), end);
    (text, map)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(raw: &str, transfer: Transfer, charset: &str) -> (String, OffsetMap) {
        decode(raw.as_bytes(), 0..raw.len(), transfer, Some(charset))
    }

    #[test]
    fn quoted_printable_leads_back() {
        let raw = "Gr=C3=BC=C3=9Fe =\r\nan alle";
        let (text, map) = part(raw, Transfer::QuotedPrintable, "utf-8");
        assert_eq!(text, "Grüße an alle");
        assert_eq!(&raw[map.raw_range(2..6)], "=C3=BC=C3=9F");
        assert_eq!(&raw[map.raw_range(text.len() - 4..text.len())], "alle");
    }

    #[test]
    fn base64_and_latin_1_lead_back() {
        let (text, map) = part("R3L832U=", Transfer::Base64, "iso-8859-1");
        assert_eq!(text, "Grüße");
        assert!(map.raw(0) < map.raw(2) && map.raw(2) <= 5);
    }

    #[test]
    fn a_charset_with_shifts_keeps_its_state() {
        let raw = "\x1b$B4A;z\x1b(B ok";
        let (text, map) = part(raw, Transfer::None, "iso-2022-jp");
        assert_eq!(text, "漢字 ok");
        assert_eq!(map.raw(text.len() - 2), raw.len() - 2);
    }

    #[test]
    fn broken_escapes_stay_as_they_are() {
        assert_eq!(part("100 =% =G1 =", Transfer::QuotedPrintable, "utf-8").0, "100 =% =G1 =");
    }
}
