//! What a column holds: filled, empty, its most common values, and values that look wrong.

pub use super::looks::Trait;
use super::looks::{self, TRAITS};
use serde::Serialize;
use std::collections::HashMap;

/// How many different values of a column are counted; those that come later are not.
pub const MOST_VALUES: usize = 1024;
/// How many columns of a list are profiled; a list with more is no list of people.
pub(super) const MOST_COLUMNS: usize = 512;
/// How many of the most common values are reported.
const COMMON: usize = 10;

/// How many rows have something, and the first line that has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// Rows.
    pub rows: u64,
    /// The first line, from 1; 0 if there is none.
    pub first_line: u64,
}

impl Seen {
    pub(super) fn note(&mut self, line: u64) {
        if self.rows == 0 {
            self.first_line = line;
        }
        self.rows += 1;
    }

    /// Adds what was seen further down the list.
    fn then(&mut self, later: Self) {
        if self.rows == 0 {
            self.first_line = later.first_line;
        }
        self.rows += later.rows;
    }
}

/// One value of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The value, without blanks around it.
    pub text: String,
    /// Rows that have it, exactly.
    pub rows: u64,
    /// The first line that has it.
    pub first_line: u64,
}

/// What one column holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnProfile {
    /// Its name in the header; `column 3` in a list without one.
    pub name: String,
    /// Its index, from 0.
    pub index: usize,
    /// Rows with something in it.
    pub filled: u64,
    /// Rows with nothing, or only blanks, in it; the first line says where.
    pub empty: Seen,
    /// How many different values it holds; nothing if they were more than `MOST_VALUES`. The address column is
    /// not counted here.
    pub distinct: Option<u64>,
    /// The most common among the first `MOST_VALUES` different values, most frequent first, with exact counts.
    pub common: Vec<Value>,
    /// What its values look like; traits that no value has are left out.
    pub traits: Vec<(Trait, Seen)>,
}

impl ColumnProfile {
    /// Rows that have a trait.
    pub fn seen(&self, wanted: Trait) -> Seen {
        self.traits.iter().find(|(found, _)| *found == wanted).map(|(_, seen)| *seen).unwrap_or_default()
    }

    /// The one value that every filled row has, if there is one and at least two rows have it.
    pub fn constant(&self) -> Option<&Value> {
        self.common.first().filter(|value| self.distinct == Some(1) && value.rows > 1)
    }
}

/// A column while its list is being read.
#[derive(Debug, Default)]
pub(super) struct Column {
    filled: u64,
    empty: Seen,
    traits: [Seen; TRAITS.len()],
    values: Values,
}

/// The different values in the order in which they came, with their counts.
#[derive(Debug, Default)]
struct Values {
    index: HashMap<Box<[u8]>, usize>,
    counted: Vec<Seen>,
    overflowed: bool,
}

/// What one piece of a list holds in one column, counted apart so that pieces can be read side by side.
#[derive(Debug, Default)]
pub(super) struct Part {
    filled: u64,
    empty: Seen,
    traits: [Seen; TRAITS.len()],
    /// Values that the column knew before this piece, by index.
    known: HashMap<usize, Seen>,
    /// Values that it did not know, in their order.
    new: Vec<(Box<[u8]>, Seen)>,
    missed: bool,
}

impl Column {
    /// Counts the cells of one piece; `keep` is false where values are not to be kept, as in the address column.
    pub(super) fn study<'a>(&self, cells: impl Iterator<Item = (&'a [u8], u64)>, keep: bool) -> Part {
        let mut part = Part::default();
        let mut fresh: HashMap<&[u8], usize> = HashMap::new();
        let mut new: Vec<(&[u8], Seen)> = Vec::new();
        let full = self.values.index.len() >= MOST_VALUES;
        let mut known = vec![Seen::default(); if keep { self.values.index.len() } else { 0 }];
        for (cell, line) in cells {
            let value = cell.trim_ascii();
            if value.is_empty() {
                part.empty.note(line);
                continue;
            }
            part.filled += 1;
            part.note_traits(cell, value, line);
            if !keep {
                continue;
            }
            if let Some(seen) = self.values.index.get(value).and_then(|at| known.get_mut(*at)) {
                seen.note(line);
            } else if full {
                part.missed = true;
            } else {
                let at = *fresh.entry(value).or_insert_with(|| {
                    new.push((value, Seen::default()));
                    new.len() - 1
                });
                if let Some((_, seen)) = new.get_mut(at) {
                    seen.note(line);
                }
            }
        }
        part.known = known.into_iter().enumerate().filter(|(_, seen)| seen.rows > 0).collect();
        part.new = new.into_iter().map(|(value, seen)| (value.into(), seen)).collect();
        part
    }

    /// Adds a piece; pieces come in the order of the list.
    pub(super) fn add(&mut self, part: Part) {
        self.filled += part.filled;
        self.empty.then(part.empty);
        for (mine, theirs) in self.traits.iter_mut().zip(part.traits) {
            mine.then(theirs);
        }
        for (at, seen) in part.known {
            if let Some(mine) = self.values.counted.get_mut(at) {
                mine.then(seen);
            }
        }
        self.values.overflowed |= part.missed;
        for (value, seen) in part.new {
            self.values.add(value, seen);
        }
    }

    /// The profile of a whole column; `text` decodes a value.
    pub(super) fn finish(self, name: String, index: usize, kept: bool, text: impl Fn(&[u8]) -> String) -> ColumnProfile {
        let distinct = (kept && !self.values.overflowed).then_some(self.values.index.len() as u64);
        let counted = &self.values.counted;
        let mut common: Vec<(&[u8], Seen)> =
            self.values.index.iter().filter_map(|(value, at)| Some((value.as_ref(), *counted.get(*at)?))).collect();
        // Of equally common values the one that came first; no two begin on one line of one column.
        common.sort_unstable_by_key(|(_, seen)| (std::cmp::Reverse(seen.rows), seen.first_line));
        common.truncate(COMMON);
        let common = common.into_iter().map(|(value, seen)| Value { text: text(value), rows: seen.rows, first_line: seen.first_line });
        let traits = TRAITS.into_iter().zip(self.traits).filter(|(_, seen)| seen.rows > 0).collect();
        ColumnProfile { name, index, filled: self.filled, empty: self.empty, distinct, common: common.collect(), traits }
    }
}

impl Values {
    fn add(&mut self, value: Box<[u8]>, seen: Seen) {
        if let Some(mine) = self.index.get(&value).and_then(|at| self.counted.get_mut(*at)) {
            mine.then(seen);
        } else if self.index.len() < MOST_VALUES {
            self.index.insert(value, self.counted.len());
            self.counted.push(seen);
        } else {
            self.overflowed = true;
        }
    }
}

impl Part {
    fn note_traits(&mut self, cell: &[u8], value: &[u8], line: u64) {
        let found = looks::traits(cell, value);
        for (seen, bit) in self.traits.iter_mut().zip(0..) {
            if found & (1 << bit) != 0 {
                seen.note(line);
            }
        }
    }
}
