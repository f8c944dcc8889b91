//! From the line and column of a report back into the file, as a person would go there.

use super::drafts::Draft;
use presend::message::{Kind, Message};
use presend::source::Span;

/// How much of a span's text is compared, in characters.
const COMPARED: usize = 24;

/// Asserts that the reported line and column of a span stand at its text in the file.
pub(crate) fn assert_leads_to(draft: &Draft, message: &Message, what: &str, span: &Span) {
    let place = span.place();
    let offset = offset(&draft.bytes, place.line, place.column);
    let here = || format!("{}:{}:{} ({what}) {span:?}", draft.name, place.line, place.column);
    let offset = offset.unwrap_or_else(|| panic!("{} is outside the file", here()));
    let wanted: String = span.text().chars().take(COMPARED).take_while(|c| !matches!(c, '\r' | '\n')).collect();
    let rest = &draft.bytes[offset..];
    let plain = starts_with(rest, &wanted);
    let found = plain
        || message.kind == Kind::Mail
            && (starts_with(&quoted_printable(rest), &wanted)
                || is_encoded_word(rest, &wanted)
                || has_base64(&draft.bytes) && is_base64(rest));
    assert!(found, "{}: there stands {:?}", here(), String::from_utf8_lossy(&rest[..rest.len().min(40)]));
}

/// The byte at a line and column; columns count characters, or bytes where the line is no UTF-8 up to there.
fn offset(bytes: &[u8], line: usize, column: usize) -> Option<usize> {
    let start = bytes.split_inclusive(|&b| b == b'\n').take(line - 1).map(<[u8]>::len).sum::<usize>();
    let rest = bytes.get(start..)?;
    let line = rest.split(|&b| b == b'\n').next().unwrap_or_default();
    let text = std::str::from_utf8(line).ok()?;
    match text.char_indices().nth(column - 1) {
        Some((at, _)) => Some(start + at),
        None => (column == text.chars().count() + 1).then_some(start + line.len()),
    }
}

fn starts_with(bytes: &[u8], wanted: &str) -> bool {
    bytes.starts_with(wanted.as_bytes())
}

/// Quoted-printable undone from here on, as far as it is needed.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = &bytes[..bytes.len().min(400)];
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok()).and_then(|two| u8::from_str_radix(two, 16).ok());
        rest = match (first, tail, hex) {
            (b'=', [b'\r', b'\n', after @ ..] | [b'\n', after @ ..], _) => after,
            (b'=', [_, _, after @ ..], Some(byte)) => {
                out.push(byte);
                after
            }
            _ => {
                out.push(*first);
                tail
            }
        };
    }
    out
}

/// Whether the text begins inside a `Q` word of a header here; only what the word still holds is compared.
fn is_encoded_word(bytes: &[u8], wanted: &str) -> bool {
    let word: Vec<u8> = bytes.iter().copied().take_while(|b| *b != b'?').map(|b| if b == b'_' { b' ' } else { b }).collect();
    let decoded = quoted_printable(&word);
    !decoded.is_empty() && bytes.get(word.len()..word.len() + 2) == Some(b"?=") && {
        let shared = decoded.len().min(wanted.len());
        decoded[..shared] == wanted.as_bytes()[..shared]
    }
}

/// Whether anything in the file is written in base64.
fn has_base64(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    text.contains("base64") || text.contains("?b?")
}

/// Whether a line of base64 goes on here; which of its letters is meant cannot be seen.
fn is_base64(bytes: &[u8]) -> bool {
    let line = bytes.split(|&b| b == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = line.split(|&b| b == b'?').next().unwrap_or_default();
    !line.is_empty() && line.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(b))
}
