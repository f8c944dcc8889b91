//! What kind of text a tag prints: empty, with markup inside, no good in an address. Rows with the same kinds get the
//! same message but for their values.

use super::template::{Part, Place, Print};
use super::visible::has_words;

/// The kind of a printed text; a bit for each thing that is worth a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Looks(pub(super) u16);

impl Looks {
    /// The tag is not reached.
    pub(super) const UNSEEN: Self = Self(1 << 15);
    /// Nothing.
    pub(super) const EMPTY: Self = Self(1);
    /// The fallback of the tag.
    pub(super) const FALLBACK: Self = Self(1 << 1);
    /// HTML inside, which is printed as it is.
    pub(super) const MARKUP: Self = Self(1 << 2);
    /// A script inside.
    pub(super) const SCRIPT: Self = Self(1 << 3);
    /// Characters that end or break an address.
    pub(super) const NO_ADDRESS: Self = Self(1 << 4);
    /// A blank at its beginning.
    pub(super) const BLANK_BEFORE: Self = Self(1 << 5);
    /// A blank at its end.
    pub(super) const BLANK_BEHIND: Self = Self(1 << 6);
    /// A merge tag inside.
    pub(super) const TAG: Self = Self(1 << 7);
    /// A word that programs write for a missing value.
    pub(super) const NULL: Self = Self(1 << 8);
    /// All capitals.
    pub(super) const CAPITALS: Self = Self(1 << 9);
    /// Longer than any text that belongs in a sentence.
    pub(super) const HUGE: Self = Self(1 << 10);
    /// The tag itself is printed.
    pub(super) const ITSELF: Self = Self(1 << 11);

    /// No letter and no figure, though it is not empty.
    pub(super) const WORDLESS: Self = Self(1 << 12);

    /// Whether it has all bits of another.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// With the bits of another.
    #[must_use]
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// With the bits of another, if so.
    #[must_use]
    fn with_if(self, so: bool, other: Self) -> Self {
        if so { self.with(other) } else { self }
    }
}

/// From which length on, in bytes, a value is not one that belongs in a sentence.
pub(super) const HUGE: usize = 10_000;

/// Words that programs write for a missing value, in lower case. `None` alone may be somebody's answer.
const NULLS: [&str; 7] = ["null", "undefined", "n/a", "nan", "#n/a", "(null)", "<no value>"];

const BLANK: u8 = 1;
const ANGLE: u8 = 1 << 1;
const CUTS: u8 = 1 << 2;
const BRACKET: u8 = 1 << 3;
const SMALL: u8 = 1 << 4;
const LARGE: u8 = 1 << 5;

/// What each byte may be a sign of.
static SIGNS: [u8; 256] = signs();

const fn signs() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = match byte {
            b' ' | b'\t' | b'\r' | b'\n' => BLANK,
            b'<' => ANGLE | CUTS,
            b'>' | b'"' | b'#' | b'&' => CUTS,
            b'{' | b'|' | b'%' | b'[' => BRACKET,
            // Letters beyond ASCII may be small.
            b'a'..=b'z' | 0x80..=0xff => SMALL,
            b'A'..=b'Z' => LARGE,
            _ => 0,
        };
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    table
}

/// The kind of a text that a tag prints.
pub(super) fn looks(print: &Print, is_name: bool, part: Part, text: &str) -> Looks {
    let bytes = text.as_bytes();
    let Some((first, last)) = bytes.first().zip(bytes.last()) else { return Looks::EMPTY };
    let seen = bytes.iter().fold(0, |seen, byte| seen | SIGNS.get(usize::from(*byte)).copied().unwrap_or_default());
    let blank = |byte: &u8| byte.is_ascii_whitespace();
    let mut found = Looks::default().with_if(bytes.len() > HUGE, Looks::HUGE);
    if seen & BLANK != 0 {
        found = found.with_if(blank(first), Looks::BLANK_BEFORE).with_if(blank(last), Looks::BLANK_BEHIND);
    }
    match print.place {
        // In HTML, mail programs write a blank in an address as `%20`; in plain text the link ends there.
        Place::Url => {
            let cuts = seen & CUTS != 0 || (part == Part::Text && text.trim().contains(char::is_whitespace));
            found = found.with_if(cuts, Looks::NO_ADDRESS);
        }
        Place::UrlStart => found = found.with_if(seen & BLANK != 0 || !is_address(text), Looks::NO_ADDRESS),
        Place::Text | Place::Attribute | Place::Hidden => {}
    }
    if seen & ANGLE != 0 && part == Part::Html && !print.escape {
        found = found.with_if(has_markup(text), Looks::MARKUP).with_if(has_script(text), Looks::SCRIPT);
    }
    if seen & BRACKET != 0 {
        found = found.with_if(["{{", "*|", "%%", "[[", "{%"].iter().any(|opener| text.contains(opener)), Looks::TAG);
    }
    if bytes.len() <= 10 {
        found = found.with_if(NULLS.iter().any(|word| text.trim().eq_ignore_ascii_case(word)), Looks::NULL);
    }
    let as_html = seen & ANGLE != 0 && part == Part::Html && !print.escape;
    // What is written as a reference, "&amp;", has letters.
    let is_reference = |c: char| print.escape && part == Part::Html && matches!(c, '&' | '<' | '>' | '"');
    let is_worded = first.is_ascii_alphanumeric() || has_words(text, as_html) || text.contains(is_reference);
    found = found.with_if(!is_worded, Looks::WORDLESS);
    let shouts = is_name && bytes.len() > 2 && seen & LARGE != 0 && seen & SMALL == 0;
    found.with_if(shouts, Looks::CAPITALS)
}

/// Whether a text can be a whole address, or the beginning of one.
fn is_address(text: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:", "//", "cid:"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
}

fn has_markup(text: &str) -> bool {
    text.match_indices('<')
        .any(|(at, _)| text.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')))
}

fn has_script(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["<script", "javascript:", "onerror=", "onload=", "<iframe"].iter().any(|sign| lower.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_kept_apart() {
        let all = [Looks::EMPTY, Looks::MARKUP, Looks::TAG, Looks::ITSELF, Looks::UNSEEN];
        assert_eq!(all.iter().fold(Looks::default(), |sum, one| sum.with(*one)).0.count_ones(), 5);
        assert!(Looks::EMPTY.with(Looks::TAG).has(Looks::TAG) && !Looks::EMPTY.has(Looks::TAG));
    }
}
