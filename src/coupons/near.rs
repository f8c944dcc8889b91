//! How far one code is from another, as a person would tell it.

use super::coupon::{Coupon, State};
use std::borrow::Cow;

/// A coupon that was most likely meant, and how it differs from what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near<'a> {
    /// The coupon.
    pub coupon: Cow<'a, Coupon>,
    /// How the written code differs from it.
    pub difference: Difference,
}

/// How a written code differs from one in the list; the smaller, the likelier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Only spaces, hyphens and underscores.
    Spacing,
    /// Only characters that look alike: `(written, in the list)` for each.
    Lookalike(Vec<(char, char)>),
    /// So many letters are wrong, missing, too many, or changed with their neighbour.
    Letters(usize),
}

/// How `written` differs from `listed`, if one may have been meant by the other. ASCII case is no difference.
pub(super) fn difference(written: &str, listed: &str) -> Option<Difference> {
    // Two letters of a code of four could make any code out of any other.
    let most = if written.len().min(listed.len()) <= 4 { 1 } else { 2 };
    if written.len().abs_diff(listed.len()) > written.len().max(8) || written.len() > 128 || listed.len() > 128 {
        return None;
    }
    if tight(written).map(plain).eq(tight(listed).map(plain)) {
        return Some(Difference::Spacing);
    }
    if tight(written).map(alike).eq(tight(listed).map(alike)) {
        let pairs = tight(written).zip(tight(listed)).filter(|(a, b)| plain(*a) != plain(*b)).collect();
        return Some(Difference::Lookalike(pairs));
    }
    if written.len().abs_diff(listed.len()) > most * 4 || bag_distance(written.as_bytes(), listed.as_bytes()) > most * 8 {
        return None;
    }
    let distance = strsim::osa_distance(&written.to_ascii_uppercase(), &listed.to_ascii_uppercase());
    (distance <= most && written.chars().count() > 2).then_some(Difference::Letters(distance))
}

/// Whether a coupon's state says that it cannot be used again.
pub(super) fn dead(coupon: &Coupon) -> bool {
    matches!(coupon.state.as_ref().map(|state| &state.value), Some(State::Inactive | State::Expired | State::Used))
}

fn tight(code: &str) -> impl Iterator<Item = char> {
    code.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '\u{a0}' | '–'))
}

fn plain(c: char) -> char {
    c.to_ascii_uppercase()
}

fn alike(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

/// A quick lower bound: how many bytes one has that the other has not. One changed character of UTF-8 is up to four bytes on each side.
fn bag_distance(a: &[u8], b: &[u8]) -> usize {
    let mut counts = [0_i16; 256];
    for byte in a {
        counts[usize::from(byte.to_ascii_uppercase())] += 1;
    }
    for byte in b {
        counts[usize::from(byte.to_ascii_uppercase())] -= 1;
    }
    counts.iter().map(|count| usize::from(count.unsigned_abs())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        for (written, listed, expected) in [
            ("WELCOM10", "WELCOME10", Some(Difference::Letters(1))),
            ("WELCOEM10", "WELCOME10", Some(Difference::Letters(1))),
            ("WELCOME1O", "WELCOME10", Some(Difference::Lookalike(vec![('O', '0')]))),
            ("welcomel0", "WELCOME10", Some(Difference::Lookalike(vec![('l', '1')]))),
            ("WELCOME 10", "WELCOME10", Some(Difference::Spacing)),
            ("SPRING-20", "SPRING20", Some(Difference::Spacing)),
            ("SPRING20", "SUMMER20", None),
            ("AB12", "AC13", None),
            ("AB12", "AB13", Some(Difference::Letters(1))),
            ("GRÜN10", "GRUN10", Some(Difference::Letters(1))),
            ("", "A", None),
        ] {
            assert_eq!(difference(written, listed), expected, "{written} {listed}");
        }
    }
}
