//! Transfer encodings and charsets undone, with the way back to every byte.
//!
//! mail-parser decodes too, and its result is what counts; it keeps no map. Where both agree
//! (nearly always) the map is exact, otherwise it leads to the part as a whole.

use crate::origin::OffsetMap;
use encoding_rs::Encoding;
use mail_parser::Encoding as Transfer;
use std::ops::Range;

/// Bytes with, for each, the offset in the raw file that it was made from.
struct Mapped {
    bytes: Vec<u8>,
    from: Vec<usize>,
}

/// Undoes transfer encoding and charset of `raw[range]`: the text and its way back into `raw`.
pub(super) fn decode(raw: &[u8], range: Range<usize>, transfer: Transfer, charset: Option<&str>) -> (String, OffsetMap) {
    let body = raw.get(range.clone()).unwrap_or_default();
    let mapped = match transfer {
        Transfer::QuotedPrintable => quoted_printable(body, range.start, false),
        Transfer::Base64 => base64(body, range.start),
        Transfer::None => Mapped { bytes: body.to_vec(), from: (range.start..range.end).collect() },
    };
    to_text(&mapped, charset, range.end)
}

/// Undoes one encoded word's text (RFC 2047): `Q` with underscores for blanks, or `B`.
pub(super) fn decode_word(raw: &[u8], range: Range<usize>, transfer: Transfer, charset: &str) -> (String, OffsetMap) {
    let body = raw.get(range.clone()).unwrap_or_default();
    let mapped = match transfer {
        Transfer::Base64 => base64(body, range.start),
        _ => quoted_printable(body, range.start, true),
    };
    to_text(&mapped, Some(charset), range.end)
}

fn quoted_printable(body: &[u8], at: usize, is_word: bool) -> Mapped {
    let mut out = Mapped { bytes: Vec::with_capacity(body.len()), from: Vec::with_capacity(body.len()) };
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
            out.bytes.push(made);
            out.from.push(at + index);
        }
        index += used;
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn base64(body: &[u8], at: usize) -> Mapped {
    let mut out = Mapped { bytes: Vec::with_capacity(body.len() / 4 * 3), from: Vec::with_capacity(body.len() / 4 * 3) };
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
            out.bytes.push((bits >> held & 0xff) as u8);
            out.from.push(begins);
            bits &= (1 << held) - 1;
        }
        begins = at + index;
    }
    out
}

/// Charset to UTF-8. UTF-8 keeps its bytes; others go one byte at a time, so that shifts keep their state.
fn to_text(mapped: &Mapped, charset: Option<&str>, end: usize) -> (String, OffsetMap) {
    let encoding = charset.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(encoding_rs::UTF_8);
    let mut map = OffsetMap::default();
    if encoding == encoding_rs::UTF_8
        && let Ok(text) = std::str::from_utf8(&mapped.bytes)
    {
        text.char_indices().for_each(|(at, _)| map.push(at, mapped.from.get(at).copied().unwrap_or(end)));
        map.finish(text.len(), end);
        return (text.to_owned(), map);
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(mapped.bytes.len());
    let mut first = None;
    for (byte, from) in mapped.bytes.iter().zip(&mapped.from) {
        let (before, start) = (text.len(), *first.get_or_insert(*from));
        text.reserve(16);
        let _ = decoder.decode_to_string(std::slice::from_ref(byte), &mut text, false);
        if text.len() > before {
            map.push(before, start);
            first = None;
        }
    }
    let before = text.len();
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
