//! Decoded text beside the raw text that it was made from, where character references stand in between.

use crate::origin::OffsetMap;
use html5ever::data::NAMED_ENTITIES;

/// Longest character reference that is looked for, in bytes.
const LONGEST_REFERENCE: usize = 40;

/// The map from `decoded` back to `raw`, which stands at `at` in the source.
///
/// `raw` is text or an attribute value as written; `decoded` is the same with character references
/// replaced and line ends made `\n`, as the HTML standard has it.
pub(crate) fn align(decoded: &str, raw: &str, at: usize) -> OffsetMap {
    if decoded.len() == raw.len() {
        return OffsetMap::shifted(decoded.len(), at);
    }
    let mut map = OffsetMap::default();
    let (mut text, mut byte) = (0, 0);
    while let Some(c) = decoded.get(text..).and_then(|rest| rest.chars().next()) {
        let same = alike(decoded.as_bytes().get(text..), raw.as_bytes().get(byte..));
        if same > 0 {
            map.push(text, at + byte);
            text += same;
            byte += same;
            continue;
        }
        let mut rest = raw.get(byte..).unwrap_or_default();
        // An end tag without a name is dropped without a trace, but not from a script or a style sheet.
        while let Some(after) = rest.strip_prefix("</>").filter(|_| !decoded[text..].starts_with("</>")) {
            rest = after;
            byte += 3;
        }
        map.push(text, at + byte.min(raw.len()));
        if rest.starts_with('&') {
            let (made, used) = reference(&decoded[text..], rest);
            text += made;
            byte += used;
            continue;
        }
        text += c.len_utf8();
        byte += match c {
            '\n' if rest.starts_with("\r\n") => 2,
            _ => rest.chars().next().map_or(0, char::len_utf8),
        };
    }
    map.finish(text, at + raw.len());
    map
}

/// How many bytes at the beginning of both are the same and stand for themselves: letters, figures and blanks of ASCII.
fn alike(decoded: Option<&[u8]>, raw: Option<&[u8]>) -> usize {
    let pairs = decoded.unwrap_or_default().iter().zip(raw.unwrap_or_default());
    pairs.take_while(|(one, other)| one == other && one.is_ascii() && !matches!(one, b'&' | b'<' | b'\r' | b'\n')).count()
}

/// How many bytes of `decoded` were made from how many bytes of `raw`, which begins with `&`.
fn reference(decoded: &str, raw: &str) -> (usize, usize) {
    let (name, semicolon) = written(raw);
    let literal = raw.get(..1 + name).is_some_and(|written| decoded.starts_with(written));
    if name == 0 || (literal && !always_replaced(raw)) {
        return (1, 1);
    }
    let whole = 1 + name + usize::from(semicolon);
    if raw.as_bytes().get(1) == Some(&b'#') {
        return (decoded.chars().next().map_or(0, char::len_utf8), whole);
    }
    // `&notit;` is `¬it;`, so shorter names are tried too, the longest first.
    let known = (2..=whole).rev().find_map(|used| {
        let (first, second) = *NAMED_ENTITIES.get(raw.get(1..used)?)?;
        let length = |code: u32| char::from_u32(code).filter(|c| *c != '\0').map_or(0, char::len_utf8);
        (first != 0).then(|| (length(first) + length(second), used))
    });
    known.filter(|(made, _)| *made <= decoded.len()).unwrap_or((1, 1))
}

/// The length of what is written as a name or number after `&`, and whether a semicolon ends it.
fn written(raw: &str) -> (usize, bool) {
    let bytes = &raw.as_bytes()[1..];
    let run =
        |from: usize, allowed: fn(&u8) -> bool| from + bytes.iter().skip(from).take(LONGEST_REFERENCE).take_while(|b| allowed(b)).count();
    let length = match bytes {
        [b'#', b'x' | b'X', b, ..] if b.is_ascii_hexdigit() => run(2, u8::is_ascii_hexdigit),
        [b'#', b, ..] if b.is_ascii_digit() => run(1, u8::is_ascii_digit),
        _ => run(0, u8::is_ascii_alphanumeric),
    };
    (length, bytes.get(length) == Some(&b';'))
}

/// References that can never stay as they are written, so that `&amp;amp;` is not taken for plain text.
fn always_replaced(raw: &str) -> bool {
    let numeric = raw.strip_prefix("&#").and_then(|rest| rest.trim_start_matches(['x', 'X']).chars().next());
    numeric.is_some_and(|c| c.is_ascii_hexdigit()) || raw.starts_with("&amp;") || raw.starts_with("&AMP;")
}
