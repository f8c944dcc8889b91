//! How a file writes its dates and numbers, proved by its own cells.

use super::dates::{self, Order};
use super::decimal::{self, Mark};
use super::field::Field;

/// What the cells of a file prove about its notation; the first proof counts, a later one that differs is an unreadable cell.
#[derive(Default)]
pub(super) struct Proofs {
    pub(super) starts: Option<Order>,
    pub(super) ends: Option<Order>,
    pub(super) mark: Option<Mark>,
}

impl Proofs {
    /// Takes a cell of dates.
    pub(super) fn date(&mut self, field: Field, cell: &str) {
        let order = if field == Field::Starts { &mut self.starts } else { &mut self.ends };
        // Only d/m/y in figures can prove anything; most dates are ISO and need no look.
        if order.is_none() && cell.bytes().take(3).any(|b| b == b'/' || b == b'-') {
            *order = dates::order_proved(cell);
        }
    }

    /// Takes a cell of numbers.
    pub(super) fn number(&mut self, cell: &str) {
        if self.mark.is_none() {
            let digits = cell.trim_matches(|c: char| !c.is_ascii_digit());
            self.mark = decimal::clear_mark(digits);
        }
    }
}
