//! Rows of a list told apart while it is read: each belongs to the list itself or to some of its lanes.

use super::block::{Block, Cells};
use super::census::BATCH;
use super::format;
use super::hands;
use super::list::List;
use super::rows::{Header, Reading};
use crate::error::Error;
use std::borrow::Cow;
use std::sync::Arc;

/// A row of a list that is being read.
#[derive(Debug, Clone, Copy)]
pub struct RowView<'a> {
    cells: Cells<'a>,
    header: &'a Header,
}

impl<'a> RowView<'a> {
    pub(super) fn new(cells: Cells<'a>, header: &'a Header) -> Self {
        Self { cells, header }
    }

    /// The text of a cell; empty where the row is too short.
    pub fn text(&self, column: usize) -> Cow<'a, str> {
        format::text(self.cells.get(column), self.header.charset)
    }
}

/// Says to which lanes a row belongs: the lowest bit is the list itself, those above it are its lanes.
type Tell = dyn Fn(&RowView<'_>) -> u64 + Send + Sync;

/// How the rows of a list are told apart.
#[derive(Clone)]
pub(super) struct Sieve {
    pub(super) lanes: usize,
    tell: Arc<Tell>,
}

impl Sieve {
    /// The list itself and its lanes, as bits.
    pub(super) fn told(&self, cells: Cells<'_>, header: &Header) -> u64 {
        (self.tell)(&RowView::new(cells, header))
    }

    /// The numbers of the list itself (0) and of its lanes (from 1 on) to which a row belongs.
    pub(super) fn lanes_of(&self, cells: Cells<'_>, header: &Header) -> impl Iterator<Item = usize> {
        let lanes = self.told(cells, header);
        (0..=self.lanes).filter(move |lane| u32::try_from(*lane).ok().and_then(|lane| lanes.checked_shr(lane)).unwrap_or(0) & 1 != 0)
    }
}

impl List {
    /// The list with its rows told apart. `tell` gives for each row a number whose lowest bit stands for the list itself,
    /// and the bits above it for lanes; where the rows of a list are counted, each must be in one of them and no more.
    #[must_use]
    pub fn sifted(mut self, lanes: usize, tell: impl Fn(&RowView<'_>) -> u64 + Send + Sync + 'static) -> Self {
        self.sieve = Some(Sieve { lanes, tell: Arc::new(tell) });
        self
    }

    /// How many lanes its rows are told apart into.
    pub fn lanes(&self) -> usize {
        self.sieve.as_ref().map_or(0, |sieve| sieve.lanes)
    }
}

/// The columns of a list.
///
/// # Errors
/// A list that cannot be read.
pub fn header(list: &List) -> Result<Header, Error> {
    Ok(Reading::open(list)?.header)
}

/// Looks at all rows of a list, its pieces side by side: `look` notes a row, `join` adds what a later piece has noted.
///
/// # Errors
/// A list that cannot be read.
pub fn survey<T: Default + Send>(list: &List, look: impl Fn(&mut T, &RowView<'_>) + Sync, join: impl Fn(&mut T, T)) -> Result<T, Error> {
    let mut reading = Reading::open(list)?;
    let header = reading.header.clone();
    let study = |block: &Block| {
        let mut noted = T::default();
        block.rows().for_each(|row| look(&mut noted, &RowView::new(row, &header)));
        noted
    };
    let mut all = T::default();
    loop {
        let found = hands::look(&mut reading, BATCH, || false, study)?;
        if found.is_empty() {
            return Ok(all);
        }
        for noted in found {
            join(&mut all, noted);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience::{Asked, Memory, parties};
    use crate::settings::Role;

    fn list(name: &str, text: &str) -> List {
        List::from_bytes(name, format!("{name}.csv"), Role::Other, text.as_bytes())
    }

    #[test]
    fn rows_that_are_told_apart_stay_on_their_lines() -> Result<(), Error> {
        let text = "id,Email\n1,a@a.example\n2,b@a.example\n\n3,\"c@a.example\"\n2,A@a.example\n";
        let twos = list("orders", text).sifted(1, |row| if row.text(0) == "2" { 2 } else { 1 });
        let found =
            parties(&[twos, list("others", "email\nb@a.example\n")], Asked { counted: 0b01, ..Asked::default() }, &Memory::unbounded())?;
        let shown: Vec<String> = found
            .parties
            .iter()
            .map(|party| {
                let lines: Vec<u64> = party.examples.iter().map(|example| example.at.line).collect();
                format!("{:b} {:?} {:?} {lines:?}", party.lists, party.rows, party.lanes)
            })
            .collect();
        // c once; a twice, of which one is a two; b once, and it is a two.
        assert_eq!(shown, ["1 [1] [0] [5]", "1 [2] [1] [2]", "11 [1] [1] [3]"]);
        Ok(())
    }

    #[test]
    fn a_survey_sees_every_row_in_order() -> Result<(), Error> {
        let rows: String = (0..60_000).fold(String::from("email,n\n"), |text, n| text + &format!("p{n}@a.example,{n}\n"));
        let look = |seen: &mut Vec<usize>, row: &RowView<'_>| seen.extend(row.text(1).parse::<usize>());
        let seen = survey(&list("many", &rows), look, |all: &mut Vec<usize>, more| all.extend(more))?;
        assert!(seen.iter().copied().eq(0..60_000));
        assert_eq!(header(&list("many", &rows))?.names, ["email", "n"]);
        Ok(())
    }
}
