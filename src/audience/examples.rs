//! The people behind a count: their addresses looked up again in the lists, to be shown masked.

use super::ListFacts;
use super::address::Address;
use super::block::Block;
use super::census::Census;
use super::counts::{Counts, Group, Sample};
use super::entry::Person;
use super::fault::ReadFault;
use super::list::List;
use super::pieces::{Index, Piece};
use super::rows::{Header, Reading};
use super::{delimited, format};
use crate::error::Error;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

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

impl fmt::Display for RowPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        // In a warehouse rows have no lines.
        if self.line > 0 { write!(f, " line {}", self.line) } else { Ok(()) }
    }
}

impl ListFacts {
    /// A row as it is shown: `to.csv line 3`; nothing where rows have no lines.
    pub fn row(&self, line: u64) -> Vec<String> {
        if line > 0 { vec![format!("{} line {line}", self.path)] } else { Vec::new() }
    }
}

/// One person behind a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The address; it shows itself masked.
    pub address: Address,
    /// The row: on the send list, where the person stands on it.
    pub at: RowPlace,
    /// Their first rows on a few other lists, or their second row where a person stands twice on one.
    pub also: Vec<RowPlace>,
}

/// The addresses of the people who became examples.
#[derive(Debug, Default)]
pub(super) struct Finder {
    paths: Vec<String>,
    found: HashMap<Person, Address>,
}

impl Finder {
    /// Reads the rows of the examples again: the pieces in which they stand, or else each list as far as its last example.
    pub(super) fn look_up(lists: &[List], censuses: &[Census], counts: &Counts) -> Result<Self, Error> {
        let mut wanted = vec![Wanted::default(); lists.len()];
        for sample in groups(counts).flat_map(|group| &group.first) {
            let Some((list, line)) = sample.places.first() else { continue };
            if let Some(wanted) = wanted.get_mut(*list) {
                wanted.lines.insert(*line);
                wanted.people.insert(sample.person);
            }
        }
        let mut finder = Self { paths: lists.iter().map(|list| list.path.clone()).collect(), found: HashMap::new() };
        for ((list, census), wanted) in lists.iter().zip(censuses).zip(wanted) {
            match &census.index {
                _ if wanted.people.is_empty() => {}
                Some(index) => finder.read_pieces(list, &census.header, index, &wanted)?,
                None => finder.read(list, wanted)?,
            }
        }
        Ok(finder)
    }

    fn read_pieces(&mut self, list: &List, header: &Header, index: &Index, wanted: &Wanted) -> Result<(), Error> {
        let pieces = index.pieces(&wanted.lines).into_par_iter().map(|(line, bytes)| {
            let mut file = list.open()?;
            file.seek(SeekFrom::Start(bytes.start))?;
            let mut piece = Piece { line, ..Piece::default() };
            file.take(bytes.end - bytes.start).read_to_end(&mut piece.bytes)?;
            Ok(wanted.found(&delimited::parse(piece, index.delimiter, Block::default()), header))
        });
        let found: Vec<Vec<(Person, Address)>> =
            pieces.collect::<io::Result<_>>().map_err(|error| ReadFault::Io(error).in_list(&list.path))?;
        self.found.extend(found.into_iter().flatten());
        Ok(())
    }

    fn read(&mut self, list: &List, mut wanted: Wanted) -> Result<(), Error> {
        let mut reading = Reading::open(list)?;
        while !wanted.people.is_empty() {
            let Some(piece) = reading.next()? else { break };
            if wanted.lines.range(piece.lines()).next().is_none() {
                continue;
            }
            let block = piece.parse().map_err(|fault| fault.in_list(&list.path))?;
            for (person, address) in wanted.found(&block, &reading.header) {
                wanted.people.remove(&person);
                self.found.insert(person, address);
            }
        }
        Ok(())
    }

    /// These people with their addresses. One whose row is no longer there is left out.
    pub(super) fn examples(&self, people: &[Sample]) -> Vec<Example> {
        people.iter().filter_map(|sample| self.example(sample)).collect()
    }

    fn example(&self, sample: &Sample) -> Option<Example> {
        let address = self.found.get(&sample.person)?.clone();
        let path = |list: usize| self.paths.get(list).cloned().unwrap_or_default();
        let mut places = sample.places.iter().map(|&(list, line)| RowPlace { list, path: path(list), line });
        Some(Example { address, at: places.next()?, also: places.collect() })
    }
}

/// What is looked for in one list.
#[derive(Debug, Clone, Default)]
struct Wanted {
    lines: BTreeSet<u64>,
    people: HashSet<Person>,
}

impl Wanted {
    /// Those who stand in a block.
    fn found(&self, block: &Block, header: &Header) -> Vec<(Person, Address)> {
        let rows = block.rows().filter(|row| self.lines.contains(&row.line));
        let addresses = rows.filter_map(|row| Address::parse(&format::decode(row.get(header.export.address), header.charset)));
        let people = addresses.map(|address| (Person::of(address.in_full().as_bytes()), address));
        people.filter(|(person, _)| self.people.contains(person)).collect()
    }
}

fn groups(counts: &Counts) -> impl Iterator<Item = &Group> {
    let together = counts.together.values().map(|together| &together.all);
    let lists = counts.lists.iter().flat_map(|list| list.standing.iter().chain(&list.marked).chain([&list.doubled]));
    together.chain(lists).chain(counts.alike.iter().map(|alike| &alike.examples))
}
