//! The people of a list one by one, each with what their row says of them: what a comparison elsewhere needs.

use super::address::Address;
use super::list::List;
use super::rows::stream;
use super::standing::Standing;
use crate::error::Error;

/// Goes through a list. A row without an address, or with one that cannot be one, is left out; who has two rows comes twice.
///
/// # Errors
/// As [`crate::audience::Audience::read`], for the list and for every row.
pub fn standings(list: &List) -> Result<impl Iterator<Item = Result<(Address, Standing), Error>>, Error> {
    let rows = stream(list)?;
    let export = rows.header().export.clone();
    Ok(rows.filter_map(move |row| {
        let row = match row {
            Ok(row) => row,
            Err(error) => return Some(Err(error)),
        };
        let cell = |at: usize| row.fields.get(at).map_or("", String::as_str);
        let address = Address::parse(cell(export.address))?;
        let said = export.signals().map(|(at, signal)| signal.read(cell(at).as_bytes())).max();
        Some(Ok((address, said.unwrap_or_default().max(export.everybody()))))
    }))
}
