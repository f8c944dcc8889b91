//! Counts rows by their kinds, a block of the list at a time and several side by side.

use super::classes::Classes;
use super::columns::Columns;
use super::faults::{self, Fault};
use super::kinds::{Read, Signature, Sorter};
use super::recall::{Listed, Recall, Sorted, values};
use super::render::render;
use super::taking::{Kind, LINES, MOST_KINDS, Rows, Taken};
use super::template::Template;
use crate::audience::rows::{Reading, Unparsed};
use crate::audience::{Block, Cells};
use crate::error::Error;
use crate::offers::Language;
use encoding_rs::Encoding;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How much of a cell is kept for showing a message, in bytes.
const KEPT: usize = 100_000;

/// Pieces of a list that are sorted side by side, whatever the number of threads: the answer must not hang on it.
const BATCH: usize = 16;

/// What was counted when all rows have gone by.
pub(super) struct Counted {
    pub(super) rows: u64,
    pub(super) beyond: u64,
    pub(super) kinds: Vec<Kind>,
    pub(super) faults: Vec<(Fault, Rows)>,
    pub(super) taken: Vec<Taken>,
}

/// What is counted while the rows go by.
pub(super) struct Tally<'t> {
    sorter: Sorter<'t>,
    classes: Classes<'t>,
    charset: &'static Encoding,
    address: usize,
    /// What threads recall that are doing something else now.
    recalls: Mutex<Vec<Recall>>,
    mail: Option<Language>,
    places: FxHashMap<Signature, usize>,
    kinds: Vec<Kind>,
    faults: BTreeMap<Fault, Rows>,
    taken: Vec<Taken>,
    beyond: u64,
    rows: u64,
}

impl<'t> Tally<'t> {
    pub(super) fn of(template: &'t Template, columns: &Columns, charset: &'static Encoding, mail: Option<Language>) -> Self {
        let sorter = Sorter::of(template, columns);
        Self {
            classes: Classes::of(&sorter),
            sorter,
            charset,
            address: columns.address(),
            recalls: Mutex::default(),
            mail,
            places: FxHashMap::default(),
            kinds: Vec::new(),
            faults: BTreeMap::new(),
            taken: template.forks.iter().map(|fork| vec![0; fork.conditions.len() + 1]).collect(),
            beyond: 0,
            rows: 0,
        }
    }

    /// Counts pieces of a list, which are sorted side by side and added in their order.
    ///
    /// # Errors
    /// A piece that cannot be read.
    pub(super) fn add(&mut self, pieces: Vec<Unparsed>, path: &str) -> Result<(), Error> {
        let this = &*self;
        let sorted = |piece: Unparsed| {
            let block = piece.parse()?;
            let sorted = this.sorted(&block);
            Ok((block, sorted))
        };
        let found: Vec<Result<(Block, Sorted), _>> = pieces.into_par_iter().map(sorted).collect();
        for found in found {
            let (block, sorted) = found.map_err(|fault: crate::audience::ReadFault| fault.in_list(path))?;
            for (signature, who, first) in sorted {
                self.kind(signature, who, block.row(first));
            }
        }
        Ok(())
    }

    fn listed(&self) -> Listed<'_, 't> {
        Listed { sorter: &self.sorter, classes: &self.classes, charset: self.charset, address: self.address }
    }

    fn sorted(&self, block: &Block) -> Sorted {
        let recalls = || self.recalls.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = recalls().pop();
        let mut recall = idle.unwrap_or_else(|| Recall::of(&self.classes));
        let sorted = recall.sorted(self.listed(), block);
        recalls().push(recall);
        sorted
    }

    /// Adds rows of one kind; the message of a kind that is new is looked at.
    fn kind(&mut self, signature: Signature, who: Rows, first: Option<Cells<'_>>) {
        self.rows += who.rows;
        if let Some(kind) = self.places.get(&signature).and_then(|at| self.kinds.get_mut(*at)) {
            kind.who.then(who);
            return;
        }
        let Some(first) = first else { return };
        let mut values = values(self.listed(), first);
        let read = Read::of(&self.sorter, &signature);
        let message = read.stop().map_or_else(|| render(self.sorter.template, &mut values), Err);
        let faults = faults::of_kind(&self.sorter, read, message.as_deref().map_err(|stop| *stop), self.mail);
        if self.kinds.len() < MOST_KINDS {
            let cells = values.cells.iter().map(|cell| kept(cell)).collect();
            self.places.insert(signature, self.kinds.len());
            self.kinds.push(Kind { who, faults, cells });
            return;
        }
        self.beyond += who.rows;
        for (at, taken) in self.taken.iter_mut().enumerate() {
            read.branches(at).for_each(|branch| taken.get_mut(branch).into_iter().for_each(|rows| *rows += who.rows));
        }
        for fault in faults {
            self.faults.entry(fault).or_default().then(who.clone());
        }
    }

    /// Adds the kinds up.
    pub(super) fn finish(mut self) -> Counted {
        for (signature, at) in &self.places {
            let Some(kind) = self.kinds.get(*at) else { continue };
            let read = Read::of(&self.sorter, signature);
            for (fork, taken) in self.taken.iter_mut().enumerate() {
                read.branches(fork).for_each(|branch| taken.get_mut(branch).into_iter().for_each(|rows| *rows += kind.who.rows));
            }
            for fault in &kind.faults {
                let rows = self.faults.entry(fault.clone()).or_default();
                rows.rows += kind.who.rows;
                rows.lines.extend(&kind.who.lines);
            }
        }
        let mut faults: Vec<(Fault, Rows)> = self.faults.into_iter().collect();
        for (_, rows) in &mut faults {
            rows.lines.sort_unstable();
            rows.lines.truncate(LINES);
        }
        self.kinds.sort_by_key(|kind| {
            (kind.faults.first().map_or((1, None), |fault| (0, Some(fault.harm))), Reverse(kind.who.rows), kind.who.lines.clone())
        });
        Counted { rows: self.rows, beyond: self.beyond, kinds: self.kinds, faults, taken: self.taken }
    }
}

fn kept(cell: &str) -> String {
    let end = (0..=KEPT.min(cell.len())).rev().find(|at| cell.is_char_boundary(*at)).unwrap_or_default();
    cell.get(..end).unwrap_or_default().to_owned()
}

/// The next pieces of a list, no more than the first `left` rows of it; none at its end.
///
/// # Errors
/// Whatever keeps the list from being read.
pub(super) fn next(reading: &mut Reading, left: &mut Option<u64>) -> Result<Vec<Unparsed>, Error> {
    let mut pieces = Vec::new();
    while pieces.len() < BATCH && *left != Some(0) {
        let Some(piece) = reading.next()? else { break };
        let Some(left) = left else {
            pieces.push(piece);
            continue;
        };
        let mut block = piece.parse().map_err(|fault| fault.in_list(reading.path()))?;
        block.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
        *left -= block.len() as u64;
        pieces.push(Unparsed::Rows(block));
    }
    Ok(pieces)
}
