//! How large amounts are: rows counted by the digits before the decimal mark, and those below nought.

use super::columns::Seen;
use serde::Serialize;

/// The most digits that are told apart.
const MOST: usize = 12;

/// The amounts of a column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Magnitudes {
    /// Rows below nought.
    pub negative: Seen,
    /// Rows by the digits before the decimal mark: first those with none or only a nought, then one, two…
    pub digits: [Seen; MOST],
}

impl Magnitudes {
    pub(super) fn note(&mut self, value: &[u8], rows: Seen) {
        let Some((digits, is_negative)) = digits(value) else { return };
        if is_negative {
            self.negative.join(rows);
        } else if let Some(seen) = self.digits.get_mut(digits.min(MOST - 1)) {
            seen.join(rows);
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.negative.join(other.negative);
        self.digits.iter_mut().zip(other.digits).for_each(|(mine, theirs)| mine.join(theirs));
    }

    /// Rows that are at least a thousand times what the middle row is, if they are few.
    pub fn outliers(&self) -> Seen {
        let all: u64 = self.digits.iter().map(|seen| seen.rows).sum();
        let mut below = 0;
        let middle = self.digits.iter().position(|seen| {
            below += seen.rows;
            below * 2 > all
        });
        let mut far = Seen::default();
        self.digits.iter().skip(middle.unwrap_or(MOST).max(1) + FAR).for_each(|seen| far.join(*seen));
        if far.rows * FEW <= all { far } else { Seen::default() }
    }
}

/// How many digits more make an outlier: four are more than a thousandfold for certain.
const FAR: usize = 4;
/// One in how many rows may be an outlier; more are no outliers.
const FEW: u64 = 20;

/// The digits before the decimal mark of what is a number with its currency, thousands told apart as everywhere; and
/// whether it is below nought.
fn digits(value: &[u8]) -> Option<(usize, bool)> {
    let text = std::str::from_utf8(value).ok()?;
    let is_negative = text.contains('-') || (text.starts_with('(') && text.ends_with(')'));
    let number = text.trim_matches(|c: char| !c.is_ascii_digit());
    if number.is_empty() || !number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'' | '\u{a0}')) {
        return None;
    }
    // A mark before one or two last digits is the decimal mark; a point before more than three as well.
    let decimals = number.rfind(['.', ',']).filter(|at| {
        let after = number.len() - at - 1;
        after < 3 || (after > 3 && number.get(*at..=*at) == Some("."))
    });
    let whole = number.get(..decimals.unwrap_or(number.len())).unwrap_or_default();
    let digits = whole.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
    Some((digits, is_negative))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_measured_by_their_digits() {
        for (value, wanted) in [
            ("0", (0, false)),
            ("0.99", (0, false)),
            ("$1,204.50", (4, false)),
            ("1.204,50 €", (4, false)),
            ("1.204", (4, false)),
            ("12.5000", (2, false)),
            ("-3", (1, true)),
            ("(3.00)", (1, true)),
            ("€-12", (2, true)),
        ] {
            assert_eq!(digits(value.as_bytes()), Some(wanted), "{value}");
        }
        assert_eq!((digits(b"many"), digits(b"2026-11-27"), digits(b"")), (None, None, None));
    }

    #[test]
    fn few_that_are_far_off_are_outliers() {
        let mut amounts = Magnitudes::default();
        (0..100).for_each(|line| amounts.note(b"25", Seen { rows: 1, first_line: line }));
        amounts.note(b"2500", Seen { rows: 1, first_line: 200 });
        assert_eq!(amounts.outliers(), Seen::default());
        amounts.note(b"2500000", Seen { rows: 1, first_line: 201 });
        assert_eq!(amounts.outliers(), Seen { rows: 1, first_line: 201 });
    }
}
