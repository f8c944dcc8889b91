//! What makes two rows one person: how an address is compared, judged and shown.

use super::block::Cells;
use super::eyes::{self, Eyes};
use super::format;
use super::word::{WORD, Word};
use encoding_rs::Encoding;
use memchr::memchr;
use std::fmt;

/// The longest address that mail can have, in bytes (RFC 5321 section 4.5.3.1: 64 + 1 + 255).
const LONGEST: usize = 320;

/// One address as it is compared: blanks around it cut, ASCII letters in lower case.
///
/// It shows itself masked, in `{}` and in `{:?}`, so that a person cannot slip into a report by accident.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// The address in a cell, if it can be one.
    pub fn parse(cell: &str) -> Option<Self> {
        let bytes = trim(cell.as_bytes());
        let text = std::str::from_utf8(bytes).ok()?;
        is_possible(bytes).then(|| Self(text.to_ascii_lowercase()))
    }

    /// The whole address, for those who asked for it.
    pub fn in_full(&self) -> &str {
        &self.0
    }

    /// The domain, in lower case.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The part before the `@`, in lower case.
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or(self.0.as_str(), |(local, _)| local)
    }

    /// `j•••@shop.example`: enough to find the row, too little to write to it.
    pub fn masked(&self) -> String {
        mask(&self.0)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// The first letter of the local part, `•••` and the domain; of anything else the first letter and `•••`.
pub fn mask(address: &str) -> String {
    let address = address.trim();
    let first = address.chars().next().filter(|c| *c != '@').map(String::from).unwrap_or_default();
    match address.rsplit_once('@') {
        Some((_, domain)) => format!("{first}•••@{domain}"),
        None => format!("{first}•••"),
    }
}

/// What makes two cells one address: the cell without the blanks around it, with the letters of ASCII in lower case.
pub fn key(cell: &str) -> String {
    String::from_utf8_lossy(trim(cell.as_bytes())).to_ascii_lowercase()
}

/// Cuts the blanks that never belong to an address: space, tab, carriage return and line feed.
pub(super) fn trim(cell: &[u8]) -> &[u8] {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let start = cell.iter().position(|byte| !blank(byte)).unwrap_or(cell.len());
    let end = cell.iter().rposition(|byte| !blank(byte)).map_or(start, |at| at + 1);
    cell.get(start..end).unwrap_or_default()
}

/// An address of the kind that nearly all are: letters, digits, dots, hyphens and underscores of ASCII around one `@`.
///
/// It is judged and brought into lower case in a few steps; everything else goes the long way.
pub(super) struct Plain {
    bytes: [u8; WORD],
    length: usize,
}

impl Plain {
    /// The address in the first `length` bytes, if it is one of this kind and could be somebody's.
    #[allow(clippy::inline_always, reason = "made for a processor only inside of what is")]
    #[inline(always)]
    pub(super) fn read<E: Eyes>(eyes: E, window: &[u8; WORD], length: usize) -> Option<Self> {
        const HALF: usize = WORD / 2;
        let (ats, dots, words) = match length {
            // Nothing is shifted by as many bits as there are.
            0 | WORD.. => return None,
            1..=HALF => Self::look(Word::<E, HALF>::of(eyes, window)),
            _ => Self::look(Word::<E, WORD>::of(eyes, window)),
        };
        let all = (1_u64 << length) - 1;
        let (ats, dots) = (ats & all, dots & all);
        let joints = ats | dots;
        let (at, last) = (ats.trailing_zeros() as usize, length - 1);
        let is_one = ats.is_power_of_two() && (words | ats) & all == all && dots >> at != 0;
        // Joints stand neither side by side nor at an end.
        let apart = joints & (joints << 1) == 0 && joints & (1 | 1 << last) == 0;
        let hyphen = |at: usize| window.get(at) == Some(&b'-');
        (is_one && apart && !hyphen(at + 1) && !hyphen(last)).then(|| Self { bytes: window.map(|byte| byte.to_ascii_lowercase()), length })
    }

    #[allow(clippy::inline_always, reason = "made for a processor only inside of what is")]
    #[inline(always)]
    fn look<E: Eyes, const LENGTH: usize>(word: Word<E, LENGTH>) -> (u64, u64, u64) {
        (word.equal(b'@'), word.equal(b'.'), word.letters_digits_and(*b".-_"))
    }

    /// The address, in lower case.
    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Whether a cell holds an address to which mail could be sent, blanks around it aside.
pub(crate) fn is_in(row: Cells<'_>, column: usize, charset: &'static Encoding) -> bool {
    // Nearly every cell holds an address of the plain kind, which is told in a few steps.
    row.window(column).is_some_and(|(window, length)| Plain::read(eyes::Plain, window, length).is_some())
        || is_possible(format::text(row.get(column), charset).trim().as_bytes())
}

/// Whether mail could be sent to this text: one `@`, something before it, a domain with a dot after it.
///
/// It rejects only what no mailbox can be; an address that passes may still not exist. Letters beyond ASCII
/// are allowed on both sides (RFC 6531); quoted local parts are not, because no list export writes them.
pub fn is_possible(address: &[u8]) -> bool {
    let Some(at) = memchr(b'@', address) else { return false };
    let (local, domain) = (&address[..at], &address[at + 1..]);
    address.len() <= LONGEST
        && is_dotted(local, &LOCAL)
        && is_dotted(domain, &DOMAIN)
        && domain.contains(&b'.')
        && !domain.starts_with(b"-")
        && !domain.ends_with(b"-")
}

/// Whether a part is words of allowed bytes with single dots between.
fn is_dotted(part: &[u8], allowed: &[bool; 256]) -> bool {
    let (mut fine, mut before) = (true, b'.');
    for &byte in part {
        fine &= allowed[usize::from(byte)] && !(byte == b'.' && before == b'.');
        before = byte;
    }
    fine && before != b'.'
}

/// Bytes that an unquoted local part may hold: RFC 5322 atext, the dot, and anything beyond ASCII.
const LOCAL: [bool; 256] = allowed(b"!#$%&'*+-/=?^_`{|}~.");

/// Bytes that a domain may hold, in ASCII or as typed by people with an international one.
const DOMAIN: [bool; 256] = allowed(b"-._");

const fn allowed(marks: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation, reason = "below 256")]
        let b = byte as u8;
        table[byte] = b.is_ascii_alphanumeric() || b >= 0x80;
        byte += 1;
    }
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blanks_and_case_do_not_make_another_person() {
        let one = Address::parse(" Jo.Ann@Shop.Example\t").expect("address");
        assert_eq!(Some(&one), Address::parse("jo.ann@shop.example").as_ref());
        assert_ne!(Some(&one), Address::parse("joann@shop.example").as_ref());
        assert_eq!((one.local(), one.domain()), ("jo.ann", "shop.example"));
    }

    #[test]
    fn people_are_shown_masked() {
        let one = Address::parse("jessica@shop.example").expect("address");
        assert_eq!(one.to_string(), "j•••@shop.example");
        assert_eq!(format!("{one:?}"), "j•••@shop.example");
        assert_eq!(mask("Łukasz@x.example"), "Ł•••@x.example");
        assert_eq!((mask(""), mask("@x"), mask("Ann Smith")), ("•••".into(), "•••@x".into(), "A•••".into()));
    }

    proptest! {
        #[test]
        fn the_short_way_says_what_the_long_way_does(cell in "[a-cA-C.@_+-]{0,4}[a-dÄ0.-]{0,24}@?[a-dA-D.-]{0,40}") {
            let mut window = [b'x'; WORD];
            window.iter_mut().zip(cell.bytes()).for_each(|(to, from)| *to = from);
            if let Some(plain) = Plain::read(eyes::Plain, &window, cell.len()).filter(|_| cell.len() < WORD) {
                prop_assert!(is_possible(cell.as_bytes()), "{cell}");
                prop_assert_eq!(plain.bytes(), cell.to_ascii_lowercase().into_bytes());
            } else {
                let is_plain = cell.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"@.-_".contains(&byte)) && cell.len() < WORD;
                prop_assert!(!is_plain || !is_possible(cell.as_bytes()), "{cell}");
            }
        }
    }

    #[test]
    fn what_no_mailbox_can_be_is_malformed() {
        for good in ["a@b.example", "o'neil+x@a-b.example", "jürgen@müller.example", "a_b@c_d.example", "1@2.example"] {
            assert!(is_possible(good.as_bytes()), "{good}");
        }
        for bad in [
            "",
            "@",
            "a@",
            "@b.example",
            "a@b",
            "a@@b.example",
            "a b@c.example",
            "a@b.example,",
            "a@b..example",
            ".a@b.example",
            "a@.b.example",
            "a@b.example.",
            "a@b.example; c@d.example",
            "Ann <a@b.example>",
            "mailto:a@b.example",
            "a@-b.example",
            "n/a",
        ] {
            assert!(!is_possible(bad.as_bytes()), "{bad}");
        }
    }
}
