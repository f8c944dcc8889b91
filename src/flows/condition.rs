//! What is asked of one column of a list: its country is GB, it has three orders or more.

use super::flow::plain;
use crate::coupons::{Decimal, Mark};

/// A condition on a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The column's name, or the platform's name for what it holds.
    pub column: String,
    /// What is asked of its cells.
    pub asks: Asks,
}

/// What is asked of a cell. Words are compared without capitals and outer blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// It is one of these words, or none of them.
    Word(Vec<String>, bool),
    /// It holds one of these words, or none of them.
    Part(Vec<String>, bool),
    /// It is a number not below this, or above it.
    AtLeast(Decimal, bool),
    /// It is a number not above this, or below it.
    AtMost(Decimal, bool),
    /// Something stands in it, or nothing.
    Filled(bool),
}

impl Condition {
    /// Whether a cell meets it.
    pub fn meets(&self, cell: &str) -> bool {
        let cell = cell.trim();
        let number = || Decimal::read(cell, Some(Mark::Point));
        match &self.asks {
            Asks::Word(words, is) => words.iter().any(|word| same(word, cell)) == *is,
            Asks::Part(words, is) => {
                let cell = cell.to_lowercase();
                words.iter().any(|word| cell.contains(&word.trim().to_lowercase())) == *is
            }
            Asks::AtLeast(least, above) => number().is_some_and(|number| number > *least || !above && number == *least),
            Asks::AtMost(most, below) => number().is_some_and(|number| number < *most || !below && number == *most),
            Asks::Filled(is) => cell.is_empty() != *is,
        }
    }

    /// The column of a list, if it has one of this name.
    pub(super) fn column_of(&self, names: &[String]) -> Option<usize> {
        names.iter().position(|name| plain(name) == plain(&self.column))
    }

    /// The same in words: `country is GB`.
    pub fn in_words(&self) -> String {
        let column = &self.column;
        let any = |words: &[String]| words.join(" or ");
        match &self.asks {
            Asks::Word(words, true) => format!("{column} is {}", any(words)),
            Asks::Word(words, false) => format!("{column} is not {}", any(words)),
            Asks::Part(words, true) => format!("{column} holds {}", any(words)),
            Asks::Part(words, false) => format!("{column} does not hold {}", any(words)),
            Asks::AtLeast(number, false) => format!("{column} is {number} or more"),
            Asks::AtLeast(number, true) => format!("{column} is more than {number}"),
            Asks::AtMost(number, false) => format!("{column} is {number} or less"),
            Asks::AtMost(number, true) => format!("{column} is less than {number}"),
            Asks::Filled(true) => format!("{column} is known"),
            Asks::Filled(false) => format!("{column} is not known"),
        }
    }
}

/// Whether two words are the same, capitals aside.
fn same(one: &str, other: &str) -> bool {
    let one = one.trim();
    one.eq_ignore_ascii_case(other) || one.to_lowercase() == other.to_lowercase()
}

/// A number as people write it.
pub(super) fn number(text: &str) -> Option<Decimal> {
    Decimal::read(text.trim(), Some(Mark::Point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_compared_as_people_mean_them() {
        let on = |asks: Asks| Condition { column: String::from("c"), asks };
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let met = |asks: Asks, cells: &[&str]| cells.iter().map(|cell| on(asks.clone()).meets(cell)).collect::<Vec<_>>();
        assert_eq!(met(Asks::Word(words(&["GB", "Ünited"]), true), &[" gb ", "ÜNITED", "GBR", ""]), [true, true, false, false]);
        assert_eq!(met(Asks::Word(words(&["GB"]), false), &["gb", "DE", ""]), [false, true, true]);
        assert_eq!(met(Asks::Part(words(&["wheel"]), true), &["a Wheel of cheese", "none"]), [true, false]);
        let three = number("3").expect("a number");
        assert_eq!(met(Asks::AtLeast(three, false), &["3", "3.5", "2", "many", ""]), [true, true, false, false, false]);
        assert_eq!(met(Asks::AtMost(three, true), &["3", "2.99", "-1", ""]), [false, true, true, false]);
        assert_eq!(met(Asks::Filled(true), &["x", "  "]), [true, false]);
        assert_eq!(on(Asks::AtLeast(three, false)).in_words(), "c is 3 or more");
    }
}
