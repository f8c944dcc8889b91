//! Exact decimal numbers for prices and percentages, and the notations in which exports write them.

use std::fmt;

/// A number with up to four decimals, held exactly. More decimals are rounded to four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i64);

/// How many ten-thousandths are one.
const ONE: i64 = 10_000;

/// Which character parts the decimals in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// 1,234.50
    Point,
    /// 1.234,50
    Comma,
}

impl Decimal {
    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self(number.saturating_mul(ONE))
    }

    /// A number of ten-thousandths.
    pub fn ten_thousandths(number: i64) -> Self {
        Self(number)
    }

    /// The number in ten-thousandths.
    pub fn in_ten_thousandths(self) -> i64 {
        self.0
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// The number so many times.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(i64::try_from(count).unwrap_or(i64::MAX)))
    }

    /// So many per cent of the number, rounded to whole hundredths.
    #[must_use]
    pub fn percent(self, percent: Self) -> Self {
        let exact = i128::from(self.0) * i128::from(percent.0) / i128::from(ONE) / 10_000;
        Self(i64::try_from(exact).unwrap_or(i64::MAX).saturating_mul(100))
    }

    /// How many per cent of `whole` the number is; nothing if that is zero.
    #[must_use]
    pub fn as_percent_of(self, whole: Self) -> Option<Self> {
        let share = (i128::from(self.0) * 100 * i128::from(ONE)).checked_div(i128::from(whole.0))?;
        i64::try_from(share).ok().map(Self)
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// A hundred times the number: 0.1 becomes 10 (per cent).
    #[must_use]
    pub fn times_hundred(self) -> Self {
        Self(self.0.saturating_mul(100))
    }

    /// The number of minor units as units, for a currency with so many decimals: 1050 becomes 10.5.
    #[must_use]
    pub fn from_minor(self, decimals: u32) -> Self {
        Self(self.0 / 10_i64.pow(decimals.min(4)))
    }

    /// Reads a number, with the decimal mark that the file uses if that is known.
    ///
    /// `None` if it is no number, or if one separator stands before exactly three digits and the mark is not known.
    pub fn read(text: &str, mark: Option<Mark>) -> Option<Self> {
        let text: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’')).collect();
        let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let mark = clear_mark(digits).or(mark);
        let split = match mark {
            Some(Mark::Point) => digits.rsplit_once('.'),
            Some(Mark::Comma) => digits.rsplit_once(','),
            None if digits.contains([',', '.']) => return None,
            None => None,
        };
        let (whole, part) = split.unwrap_or((digits, ""));
        let grouping = if mark == Some(Mark::Comma) { '.' } else { ',' };
        let whole = ungrouped(whole, grouping)?;
        let magnitude = scaled(&whole, part)?;
        Some(Self(if negative { -magnitude } else { magnitude }))
    }
}

/// The decimal mark that a number itself proves: `10,5`, `1.234,50`, `12.50`; nothing for `1,234` or `10`.
pub(super) fn clear_mark(digits: &str) -> Option<Mark> {
    let last = digits.rfind([',', '.'])?;
    let separator = digits[last..].chars().next()?;
    let other = if separator == ',' { '.' } else { ',' };
    let after = digits.len() - last - 1;
    let (own, opposite) = if separator == ',' { (Mark::Comma, Mark::Point) } else { (Mark::Point, Mark::Comma) };
    if digits.contains(other) {
        return Some(own);
    }
    if digits.matches(separator).count() > 1 {
        return Some(opposite);
    }
    // 0.125 and 1234.500 cannot be grouped numbers: a group of thousands follows one to three digits, not a zero.
    let before = digits[..last].trim_start_matches(['-', '+', '\u{2212}']);
    (after != 3 || before.len() > 3 || before.is_empty() || before == "0").then_some(own)
}

fn ungrouped(whole: &str, grouping: char) -> Option<String> {
    let mut groups = whole.split(grouping);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)
}

fn scaled(whole: &str, part: &str) -> Option<i64> {
    if (whole.is_empty() && part.is_empty()) || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let units: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let four: String = part.chars().chain("0000".chars()).take(4).collect();
    let rounded = i64::from(part.as_bytes().get(4).is_some_and(|&b| b >= b'5'));
    units.checked_mul(ONE)?.checked_add(four.parse::<i64>().ok()? + rounded)
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / ONE.unsigned_abs(), self.0.unsigned_abs() % ONE.unsigned_abs());
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let part = format!("{part:04}");
        let part = part.trim_end_matches('0');
        // Prices are written with two decimals: 10.50, not 10.5.
        write!(f, "{sign}{whole}.{part:0<2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notations_are_told_apart() {
        for (text, mark, expected) in [
            ("10", None, Some("10")),
            ("-10.0", None, Some("-10")),
            ("10,50", None, Some("10.50")),
            ("1.234,5", None, Some("1234.50")),
            ("1,234.5", None, Some("1234.50")),
            ("1,234", Some(Mark::Point), Some("1234")),
            ("1,234", Some(Mark::Comma), Some("1.234")),
            ("1,234", None, None),
            ("0.125", None, Some("0.125")),
            ("1.234.567", None, Some("1234567")),
            ("1 000,00", None, Some("1000")),
            ("20.0000", None, Some("20")),
            ("33.33335", None, Some("33.3334")),
            ("1,23,45", None, None),
            ("ten", None, None),
            ("", None, None),
            ("99999999999999999999", None, None),
        ] {
            assert_eq!(Decimal::read(text, mark).map(|number| number.to_string()).as_deref(), expected, "{text}");
        }
    }
}
