//! The words of a text: letters, with apostrophes and hyphens between them.

use std::ops::Range;

/// One word of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// As it is written.
    pub text: &'a str,
    /// Where it stands in the passage.
    pub range: Range<usize>,
}

/// The places of all words, in order. What has figures, dots or slashes in it is a name, a code or an address, and no word.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let mut kinds = 0;
        let end = rest.iter().position(|b| {
            let kind = KINDS.get(usize::from(*b)).copied().unwrap_or_default();
            kinds |= kind;
            kind == BLANK
        });
        let length = end.unwrap_or(rest.len());
        let shifted = |range: Range<usize>| at + range.start..at + range.end;
        if found.is_empty() && kinds & (LETTER | BEYOND) != 0 {
            found.reserve(text.len() / 6);
        }
        match kinds & !BLANK {
            LETTER => found.push(at..at + length),
            kinds if kinds & BEYOND != 0 => found.extend(anywhere(text.get(at..at + length).unwrap_or_default()).map(shifted)),
            kinds if kinds & LETTER != 0 => found.extend(plain(rest.get(..length).unwrap_or_default()).map(shifted)),
            _ => {}
        }
        at += length + 1;
    }
    found
}

/// Kinds of bytes, as bits.
const LETTER: u8 = 1;
/// What `char::is_whitespace` says of ASCII.
const BLANK: u8 = 2;
const BEYOND: u8 = 4;
const OTHER: u8 = 8;

static KINDS: [u8; 256] = {
    let (mut kinds, mut byte) = ([OTHER; 256], 0_u8);
    loop {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b' ' | b'\t'..=b'\r' => BLANK,
            0x80.. => BEYOND,
            _ => OTHER,
        };
        match byte.checked_add(1) {
            Some(next) => byte = next,
            None => break kinds,
        }
    }
};

/// Whether what it touches is a tag, an address or the name of a program.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'@' | b'#' | b'/' | b'\\' | b'_' | b'$' | b'{' | b'}' | b'%' | b'|' | b'<' | b'>' | b'=' | b'*')
}

/// The word in a piece of plain letters between blanks, of which most mails are made.
fn plain(piece: &[u8]) -> Option<Range<usize>> {
    let first = piece.iter().position(u8::is_ascii_alphanumeric)?;
    let end = piece.iter().rposition(u8::is_ascii_alphanumeric)? + 1;
    let is_word = piece.get(first..end)?.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b'\'' | b'-'));
    let is_marked = piece.get(..first)?.iter().chain(piece.get(end..)?).any(|b| is_mark(*b));
    (is_word && !is_marked).then_some(first..end)
}

/// The same for any text.
fn anywhere(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let place = move |piece: &str| {
        let start = at;
        // White space is one character, of whatever length.
        at += piece.len();
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let rest = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
        let (offset, inner) = (piece.len() - rest.len(), rest.trim_end_matches(|c: char| !c.is_alphanumeric()));
        let is_word = !inner.is_empty() && inner.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
        let around = (piece.get(..offset)?, piece.get(offset + inner.len()..)?);
        let is_plain = !around.0.bytes().chain(around.1.bytes()).any(is_mark);
        (is_word && is_plain).then(|| start + offset..start + offset + inner.len())
    };
    text.split(char::is_whitespace).filter_map(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_stand_where_they_are_said_to_stand() {
        let text = "Don’t  miss: «soldes d'été», x@y.example #tag €5 v2 end";
        let found: Vec<&str> = places(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["Don’t", "miss", "soldes", "d'été", "end"]);
    }

    proptest! {
        #[test]
        fn plain_letters_are_read_like_all_others(text in "[ -~\t\n\r\x0b\x0cé’\u{a0}\u{2003}–]{0,60}") {
            prop_assert_eq!(places(&text), anywhere(&text).collect::<Vec<_>>());
        }
    }
}
