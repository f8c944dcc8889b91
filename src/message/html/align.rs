//! Decoded text beside the raw text that it was made from, where character references stand in between.

use crate::origin::OffsetMap;

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

/// How many bytes of `decoded` were made from how many bytes of `raw`, which begins with `&`.
///
/// Which references exist is not asked: what follows shows where one ended, as both sides go on alike.
fn reference(decoded: &str, raw: &str) -> (usize, usize) {
    let (name, semicolon) = written(raw);
    let literal = raw.get(..1 + name).is_some_and(|written| decoded.starts_with(written));
    if name == 0 || (literal && !always_replaced(raw)) {
        return (1, 1);
    }
    let whole = 1 + name + usize::from(semicolon);
    // `&notit;` is `¬it;`, so shorter names are tried too, the longest first.
    let ends = || [whole].into_iter().chain((2..=1 + name).rev());
    let first = decoded.chars().next().map_or(0, char::len_utf8);
    let second = decoded[first..].chars().next().map_or(0, char::len_utf8);
    // Few references stand for two characters: `&lt0` is `<` and a nought.
    for made in [first, first + second] {
        for used in ends() {
            if goes_on_alike(&decoded[made..], raw.get(used..).unwrap_or_default()) {
                return (made, used);
            }
        }
    }
    (first, whole)
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

/// Whether two texts agree up to the next reference or line end.
fn goes_on_alike(decoded: &str, raw: &str) -> bool {
    let plain = raw.bytes().take(16).take_while(|b| !matches!(b, b'&' | b'\r' | b'\0')).count();
    let ends = plain == raw.len();
    decoded.as_bytes().get(..plain) == raw.as_bytes().get(..plain) && (!ends || decoded.len() == plain)
}

/// References that can never stay as they are written, so that `&amp;amp;` is not taken for plain text.
fn always_replaced(raw: &str) -> bool {
    let numeric = raw.strip_prefix("&#").and_then(|rest| rest.trim_start_matches(['x', 'X']).chars().next());
    numeric.is_some_and(|c| c.is_ascii_hexdigit()) || raw.starts_with("&amp;") || raw.starts_with("&AMP;")
}
