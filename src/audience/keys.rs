//! The people of a list one by one, each with what their row says of them: what a comparison elsewhere needs.

use super::address::Address;
use super::block::Cells;
use super::list::List;
use super::rows::{Header, Reading};
use super::sieve::{RowView, Sieve};
use super::standing::Standing;
use crate::error::Error;

/// One row of a list that has somebody's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standee {
    /// What makes addresses one: trimmed, and in lower case.
    pub key: String,
    /// What the row says of the person.
    pub standing: Standing,
    /// The lanes to which it belongs, a bit for each; nothing where the list's rows are not told apart.
    pub lanes: u64,
}

/// Goes through a list. A row without an address, or with one that cannot be one, is left out; who has two rows comes twice.
///
/// # Errors
/// As [`crate::audience::Audience::read`], for the list and for every row.
pub fn standees(list: &List) -> Result<impl Iterator<Item = Result<Standee, Error>>, Error> {
    let mut reading = Reading::open(list)?;
    let sieve = list.sieve.clone();
    let mut waiting = Vec::new().into_iter();
    Ok(std::iter::from_fn(move || {
        loop {
            if let Some(standee) = waiting.next() {
                return Some(Ok(standee));
            }
            match refill(&mut reading, sieve.as_ref()) {
                Ok(Some(more)) => waiting = more.into_iter(),
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }))
}

/// The people of the next piece; nothing at the end.
fn refill(reading: &mut Reading, sieve: Option<&Sieve>) -> Result<Option<Vec<Standee>>, Error> {
    let Some(piece) = reading.next()? else { return Ok(None) };
    let block = piece.parse().map_err(|fault| fault.in_list(reading.path()))?;
    Ok(Some(block.rows().filter_map(|row| standee(row, &reading.header, sieve)).collect()))
}

fn standee(row: Cells<'_>, header: &Header, sieve: Option<&Sieve>) -> Option<Standee> {
    let export = &header.export;
    let address = Address::parse(&RowView::new(row, header).text(export.address))?;
    let said = export.signals().map(|(at, signal)| signal.read(row.get(at))).max();
    let standing = said.unwrap_or_default().max(export.everybody());
    Some(Standee { key: address.in_full().to_owned(), standing, lanes: sieve.map_or(0, |sieve| sieve.told(row, header) >> 1) })
}
