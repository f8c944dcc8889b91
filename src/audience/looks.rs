//! What a single value looks like: a name, a number, a word for nothing, letters of the wrong charset.

use super::address;
use serde::Serialize;

/// Something that a value can be beside what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trait {
    /// A word of a program for nothing: `null`, `N/A`, `undefined`, `[object Object]`.
    NullWord,
    /// An email address.
    Address,
    /// At least three letters, all of them capitals.
    Capitals,
    /// Letters, and none of them a capital.
    Lower,
    /// Only digits and what goes with them.
    Number,
    /// Begins as a formula does: `=`, or `@`, or `+` or `-` before a letter.
    Formula,
    /// Control characters.
    Control,
    /// Letters that were read in the wrong charset (`JosÃ©`), or lost (`Jos\u{fffd}`).
    Garbled,
    /// Blanks before or after it.
    Padded,
    /// Could be a person's name: letters, with blanks, dots, hyphens and apostrophes between.
    Name,
}

/// All traits, in the order of their declaration.
pub(super) const TRAITS: [Trait; 10] = [
    Trait::NullWord,
    Trait::Address,
    Trait::Capitals,
    Trait::Lower,
    Trait::Number,
    Trait::Formula,
    Trait::Control,
    Trait::Garbled,
    Trait::Padded,
    Trait::Name,
];

/// Words of programs for nothing, in lower case.
const NULL_WORDS: [&[u8]; 13] = [
    b"null",
    b"(null)",
    b"<null>",
    b"[null]",
    b"none",
    b"undefined",
    b"n/a",
    b"#n/a",
    b"#ref!",
    b"#value!",
    b"-",
    b"\\n",
    b"[object object]",
];
/// Those that only a program writes in just these letters: Nan and Nil are people.
const EXACT_NULL_WORDS: [&[u8]; 4] = [b"nan", b"NaN", b"nil", b"NIL"];
/// The longest of them.
const LONGEST_NULL: usize = 15;

const UPPER: u8 = 1;
const LOWER: u8 = 2;
const DIGIT: u8 = 4;
const AT: u8 = 8;
const CONTROL: u8 = 16;
const WIDE: u8 = 32;
/// What stands between the letters of names.
const JOINT: u8 = 64;
const OTHER: u8 = 128;

/// The kind of each byte.
const KIND: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut at = 0;
    while at < 256 {
        #[allow(clippy::cast_possible_truncation, reason = "below 256")]
        let byte = at as u8;
        table[at] = match byte {
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => LOWER,
            b'0'..=b'9' => DIGIT,
            b'@' => AT,
            b'\t' | b'\n' | b'\r' => OTHER,
            0..=0x1f | 0x7f => CONTROL,
            b' ' | b'.' | b'-' | b'\'' => JOINT,
            0x80.. => WIDE,
            _ => OTHER,
        };
        at += 1;
    }
    table
};

/// The bit of a trait.
pub(super) const fn bit(of: Trait) -> u16 {
    1 << of as u16
}

/// The traits of a value as bits. It has no blanks around it and is not empty; `Padded` is the cell's own.
pub(super) fn traits(value: &[u8]) -> u16 {
    let kinds = value.iter().fold(0, |kinds, &byte| kinds | KIND[usize::from(byte)]);
    let has = |kind| kinds & kind != 0;
    let mut found = 0;
    let mut note = |of: Trait, yes: bool| found |= if yes { bit(of) } else { 0 };
    note(Trait::NullWord, is_null_word(value));
    note(Trait::Address, has(AT) && address::is_possible(value));
    note(Trait::Capitals, has(UPPER) && !has(LOWER | WIDE | DIGIT | AT) && letters(value) >= 3);
    note(Trait::Lower, has(LOWER) && !has(UPPER | WIDE));
    note(Trait::Number, has(DIGIT) && !has(UPPER | LOWER | WIDE | AT));
    note(Trait::Formula, is_formula(value));
    note(Trait::Control, has(CONTROL));
    note(Trait::Garbled, has(WIDE) && is_garbled(value));
    note(Trait::Name, has(UPPER | LOWER | WIDE) && !has(DIGIT | AT | CONTROL | OTHER) && value.len() <= 60 && !is_null_word(value));
    found
}

fn letters(value: &[u8]) -> usize {
    value.iter().filter(|byte| byte.is_ascii_alphabetic()).count()
}

fn is_null_word(value: &[u8]) -> bool {
    value.len() <= LONGEST_NULL && (NULL_WORDS.iter().any(|word| value.eq_ignore_ascii_case(word)) || EXACT_NULL_WORDS.contains(&value))
}

/// What a spreadsheet would take for a formula: a telephone number (`+49 30…`) and a negative amount are none.
fn is_formula(value: &[u8]) -> bool {
    match value {
        [b'=' | b'@', _, ..] => true,
        [b'+' | b'-', second, ..] => second.is_ascii_alphabetic(),
        _ => false,
    }
}

/// UTF-8 that was read as Windows-1252 and written again: `Ã` or `Â` or `â€` before what follows only there; or a
/// replacement character.
fn is_garbled(value: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(value) else { return false };
    let mut before = None;
    text.chars().any(|c| {
        let pair = match before {
            Some('Ã' | 'Ä' | 'Å') => {
                matches!(c, '\u{80}'..='\u{bf}' | '€' | '‚'..='„' | '†' | '‡' | '‰' | '‹' | 'ƒ' | '…' | '™' | '›')
            }
            Some('Â') => matches!(c, '\u{80}'..='\u{bf}'),
            Some('â') => matches!(c, '€' | '„'),
            _ => false,
        };
        before = Some(c);
        pair || c == '\u{fffd}'
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(text: &str, of: Trait) -> bool {
        traits(text.as_bytes()) & bit(of) != 0
    }

    #[test]
    fn names_are_told_from_what_is_none() {
        for name in ["Jo", "Anne-Marie", "O'Neil", "José", "van der Berg", "李雷", "J. R."] {
            assert!(has(name, Trait::Name), "{name}");
        }
        for none in ["null", "4711", "jo@shop.example", "{{ first_name }}", "R2D2"] {
            assert!(!has(none, Trait::Name), "{none}");
        }
    }

    #[test]
    fn a_telephone_number_is_no_formula() {
        assert!(has("=HYPERLINK(\"x\")", Trait::Formula) && has("@SUM(A1)", Trait::Formula) && has("-cmd", Trait::Formula));
        assert!(!has("+49 30 123", Trait::Formula) && !has("-12.50", Trait::Formula) && !has("@", Trait::Formula));
    }

    #[test]
    fn letters_of_the_wrong_charset_are_seen() {
        assert!(
            has("JosÃ©", Trait::Garbled)
                && has("MÃ¼ller", Trait::Garbled)
                && has("Itâ€™s", Trait::Garbled)
                && has("Jos\u{fffd}", Trait::Garbled)
        );
        assert!(
            !has("José", Trait::Garbled) && !has("Ângela", Trait::Garbled) && !has("Ätna", Trait::Garbled) && !has("SÃO", Trait::Garbled)
        );
    }

    #[test]
    fn capitals_and_null_words() {
        assert!(has("JESSICA", Trait::Capitals) && !has("JO", Trait::Capitals) && !has("JESsICA", Trait::Capitals));
        assert!(
            has("N/A", Trait::NullWord)
                && has("[object Object]", Trait::NullWord)
                && !has("Nullarbor", Trait::NullWord)
                && !has("Nan", Trait::NullWord)
        );
    }
}
