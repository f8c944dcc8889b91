//! The people behind a count: their addresses looked up again in the lists, to be shown masked.

use super::address::Address;
use super::format;
use super::list::List;
use super::people::{Counts, Group, Places};
use super::rows::Reading;
use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet};

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowPlace {
    /// The index of the list.
    pub list: usize,
    /// The list's file.
    pub path: String,
    /// The line, from 1.
    pub line: u64,
}

/// One person behind a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The address; it shows itself masked.
    pub address: Address,
    /// The row: on the send list, where the person stands on it.
    pub at: RowPlace,
    /// Their first rows on other lists, or their second row where a person stands twice on one.
    pub also: Vec<RowPlace>,
}

/// Addresses by place, for the rows that became examples.
#[derive(Debug, Default)]
pub(super) struct Finder {
    paths: Vec<String>,
    found: BTreeMap<(usize, u64), Address>,
}

impl Finder {
    /// Reads the lists again, each as far as its last example.
    pub(super) fn look_up(lists: &[List], counts: &Counts) -> Result<Self, Error> {
        let mut wanted: Vec<BTreeSet<u64>> = vec![BTreeSet::new(); lists.len()];
        for (list, line) in groups(counts).flat_map(|group| &group.first).filter_map(|places| places.first()) {
            if let Some(lines) = wanted.get_mut(*list) {
                lines.insert(*line);
            }
        }
        let mut finder = Self { paths: lists.iter().map(|list| list.path.clone()).collect(), found: BTreeMap::new() };
        for ((number, list), lines) in lists.iter().enumerate().zip(wanted) {
            if !lines.is_empty() {
                finder.read(list, number, &lines)?;
            }
        }
        Ok(finder)
    }

    fn read(&mut self, list: &List, number: usize, lines: &BTreeSet<u64>) -> Result<(), Error> {
        let mut reading = Reading::open(list)?;
        let (column, charset) = (reading.header.export.address, reading.header.charset);
        let mut missing = lines.len();
        while missing > 0 {
            let Some(piece) = reading.next()? else { break };
            if lines.range(piece.lines()).next().is_none() {
                continue;
            }
            for row in piece.parse().rows().filter(|row| lines.contains(&row.line)) {
                missing = missing.saturating_sub(1);
                if let Some(address) = Address::parse(&format::decode(row.get(column), charset)) {
                    self.found.insert((number, row.line), address);
                }
            }
        }
        Ok(())
    }

    /// The people at these places. One whose row is no longer there is left out.
    pub(super) fn examples(&self, people: &[Places]) -> Vec<Example> {
        people.iter().filter_map(|places| self.example(places)).collect()
    }

    fn example(&self, places: &Places) -> Option<Example> {
        let address = self.found.get(places.first()?)?.clone();
        let mut places =
            places.iter().map(|&(list, line)| RowPlace { list, path: self.paths.get(list).cloned().unwrap_or_default(), line });
        Some(Example { address, at: places.next()?, also: places.collect() })
    }
}

fn groups(counts: &Counts) -> impl Iterator<Item = &Group> {
    let together = counts.together.values().flat_map(|together| [&together.all, &together.mailable]);
    let lists = counts.lists.iter().flat_map(|list| list.standing.iter().chain([&list.doubled]));
    together.chain(lists)
}
