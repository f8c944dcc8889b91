//! Counts rows by their kinds, a stretch of the list at a time and several side by side.

use super::columns::Columns;
use super::faults::{self, Fault};
use super::kinds::{Read, Signature, Sorter};
use super::render::{Values, render};
use super::taking::{Kind, LINES, MOST_KINDS, Rows, Taken};
use super::template::Template;
use crate::audience;
use crate::audience::rows::Row;
use crate::offers::Language;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How much of a cell is kept for showing a message, in bytes.
const KEPT: usize = 100_000;

/// How many rows, and how many bytes of cells, one stretch has at most.
const STRETCH: (usize, usize) = (2048, 1 << 20);

/// Stretches that are sorted side by side, whatever the number of threads: the answer must not hang on it.
const BATCH: usize = 8;

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
    mail: Option<Language>,
    places: FxHashMap<Signature, usize>,
    kinds: Vec<Kind>,
    faults: BTreeMap<Fault, Rows>,
    taken: Vec<Taken>,
    beyond: u64,
    rows: u64,
}

impl<'t> Tally<'t> {
    pub(super) fn of(template: &'t Template, columns: &Columns, mail: Option<Language>) -> Self {
        Self {
            sorter: Sorter::of(template, columns),
            mail,
            places: FxHashMap::default(),
            kinds: Vec::new(),
            faults: BTreeMap::new(),
            taken: template.forks.iter().map(|fork| vec![0; fork.conditions.len() + 1]).collect(),
            beyond: 0,
            rows: 0,
        }
    }

    /// Counts stretches of rows, which are sorted side by side and added in their order.
    pub(super) fn add(&mut self, columns: &Columns, stretches: &[Vec<Row>]) {
        let sorted: Vec<Sorted<'_>> = stretches.par_iter().map(|rows| sorted(&self.sorter, columns, rows)).collect();
        for (signature, who, first) in sorted.into_iter().flatten() {
            self.kind(signature, who, first);
        }
    }

    /// Adds rows of one kind; the message of a kind that is new is looked at.
    fn kind(&mut self, signature: Signature, who: Rows, first: &Row) {
        self.rows += who.rows;
        if let Some(kind) = self.places.get(&signature).and_then(|at| self.kinds.get_mut(*at)) {
            kind.who.then(who);
            return;
        }
        let mut values = values(self.sorter.template, first);
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

/// Rows of one kind in a stretch, with the first of them.
type Sorted<'r> = Vec<(Signature, Rows, &'r Row)>;

/// The kinds of a stretch, in the order in which they come up.
fn sorted<'r>(sorter: &Sorter<'_>, columns: &Columns, rows: &'r [Row]) -> Sorted<'r> {
    let mut places: FxHashMap<Signature, usize> = FxHashMap::default();
    let mut found: Sorted<'r> = Vec::new();
    let mut signature = Signature::new();
    let person = sorter.person();
    for row in rows {
        let cell = |column: usize| row.fields.get(column).map_or("", String::as_str);
        if !audience::is_possible(cell(columns.address()).trim().as_bytes()) {
            continue;
        }
        sorter.sort(&mut values(sorter.template, row), person.map(|column| column.map_or("", cell)), &mut signature);
        if let Some((_, who, _)) = places.get(&signature).and_then(|at| found.get_mut(*at)) {
            who.add(row.line);
            continue;
        }
        places.insert(signature.clone(), found.len());
        found.push((signature.clone(), Rows { rows: 1, lines: vec![row.line] }, row));
    }
    found
}

fn values<'t, 'r>(template: &'t Template, row: &'r Row) -> Values<'t, 'r> {
    Values::of(template, |column| Cow::Borrowed(row.fields.get(column).map_or("", String::as_str)))
}

/// The next stretches of a list; none at its end.
///
/// # Errors
/// Whatever keeps a row from being read.
pub(super) fn next<E>(rows: &mut impl Iterator<Item = Result<Row, E>>) -> Result<Vec<Vec<Row>>, E> {
    let mut stretches = Vec::new();
    while stretches.len() < BATCH {
        let (mut stretch, mut bytes) = (Vec::new(), 0);
        while stretch.len() < STRETCH.0 && bytes < STRETCH.1 {
            let Some(row) = rows.next() else { break };
            let row = row?;
            bytes += row.fields.iter().map(String::len).sum::<usize>();
            stretch.push(row);
        }
        if stretch.is_empty() {
            break;
        }
        stretches.push(stretch);
    }
    Ok(stretches)
}
