//! The records of a shop, gathered page by page, one a line.

use super::fault::Fault;
use crate::coupons::{self, Coupons};
use crate::source::Source;

/// The most text that is gathered, in bytes.
const MOST: usize = 512 * 1024 * 1024;

/// Records as JSON lines: what the readers of exports read.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    lines: String,
    records: usize,
}

impl Gathered {
    /// Adds one record.
    pub(super) fn add(&mut self, record: &str) -> Result<(), Fault> {
        if self.lines.len() + record.len() > MOST {
            return Err(Fault::TooMuch);
        }
        // Line ends in JSON stand between its words only, so taking them out changes nothing.
        self.lines.extend(record.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        self.lines.push('\n');
        self.records += 1;
        Ok(())
    }

    /// The coupons; a shop without any has an empty list.
    pub(super) fn coupons(self, name: &str) -> Result<Coupons, Fault> {
        let source = Source::file(name, self.lines);
        if self.records == 0 {
            return Ok(Coupons::none_in(&source));
        }
        coupons::read(&source).map_err(|error| Fault::Unreadable(error.to_string().lines().next().unwrap_or_default().to_owned()))
    }
}
