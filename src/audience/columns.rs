//! What a column holds: filled, empty, its most common values, and values that look wrong.

use super::export::Export;
pub use super::looks::Trait;
use super::looks::{self, TRAITS};
pub use super::magnitude::Magnitudes;
use super::{address, days};
// Every cell of a list is looked up; the index never grows beyond `MOST_VALUES`.
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many different values of a column are counted; those that come later are not.
pub const MOST_VALUES: usize = 1024;
/// How many columns of a list are profiled; a list with more is no list of people.
pub(super) const MOST_COLUMNS: usize = 512;
/// How many of the most common values are reported.
const COMMON: usize = 10;
/// How many are reported where these are all.
const FEW: usize = 256;

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

    fn once(line: u64) -> Self {
        Self { rows: 1, first_line: line }
    }

    /// Adds what was seen elsewhere in the list.
    pub(super) fn join(&mut self, other: Self) {
        self.first_line = match (self.rows, other.rows) {
            (0, _) => other.first_line,
            (_, 0) => self.first_line,
            _ => self.first_line.min(other.first_line),
        };
        self.rows += other.rows;
    }
}

/// One value of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The value, without blanks around it; an address is masked.
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
    /// How many different values it holds; nothing if they were more than `MOST_VALUES`, and for the address column,
    /// whose values and traits are not looked at here.
    pub distinct: Option<u64>,
    /// The most common among the first `MOST_VALUES` different values, most frequent first, with exact counts; all of
    /// them where they are few.
    pub common: Vec<Value>,
    /// Rows by the day that they say, in the column that says when people consented.
    #[serde(skip)]
    pub days: BTreeMap<Date, Seen>,
    /// How large its amounts are.
    pub magnitudes: Magnitudes,
    /// What its values look like; traits that no value has are left out.
    pub traits: Vec<(Trait, Seen)>,
}

impl ColumnProfile {
    /// Rows that have a trait.
    pub fn seen(&self, wanted: Trait) -> Seen {
        self.traits.iter().find(|(found, _)| *found == wanted).map(|(_, seen)| *seen).unwrap_or_default()
    }

    /// All values with their rows, if they are few enough to be known.
    pub fn values(&self) -> Option<&[Value]> {
        (self.distinct == Some(self.common.len() as u64)).then_some(&self.common)
    }

    /// The one value that every filled row has, if there is one and at least two rows have it.
    pub fn constant(&self) -> Option<&Value> {
        self.common.first().filter(|value| self.distinct == Some(1) && value.rows > 1)
    }
}

/// What is looked at in a column beside what every column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing.
    Any,
    /// The set engine looks at its values.
    Address,
    /// Days.
    Consent,
}

impl Content {
    pub(super) fn of(column: usize, export: &Export) -> Self {
        match column {
            at if at == export.address => Self::Address,
            at if Some(at) == export.consent => Self::Consent,
            _ => Self::Any,
        }
    }
}

/// A column while its list is being read.
#[derive(Debug, Default)]
pub(super) struct Column {
    filled: u64,
    empty: Seen,
    /// Traits of the rows whose values are not counted one by one.
    traits: Traits,
    /// The values that are counted, by their place in `counted`.
    index: FxHashMap<Box<[u8]>, usize>,
    counted: Vec<Counted>,
    overflowed: bool,
    days: BTreeMap<Date, Seen>,
    magnitudes: Magnitudes,
}

type Traits = [Seen; TRAITS.len()];

/// Rows with one value, and what the value looks like.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    seen: Seen,
    looks: u16,
}

/// What one piece of a list holds in one column, counted apart so that pieces can be read side by side.
#[derive(Debug, Default)]
pub(super) struct Part {
    filled: u64,
    empty: Seen,
    traits: Traits,
    /// Rows of the values that the column knew before this piece, in the order of its `counted`.
    known: Vec<Seen>,
    /// Values that it did not know, in their order.
    new: Vec<(Box<[u8]>, Counted)>,
    overflowed: bool,
    days: BTreeMap<Date, Seen>,
    magnitudes: Magnitudes,
}

/// Where a value is counted.
#[derive(Clone, Copy)]
enum Slot {
    Known(usize),
    New(usize),
    Nowhere,
}

impl Column {
    /// Counts the cells of one piece; of the address column, whose values the set engine looks at, only how many are filled.
    pub(super) fn study<'a>(&self, cells: impl Iterator<Item = (&'a [u8], u64)>, content: Content) -> Part {
        let is_address = content == Content::Address;
        let mut part = Part { known: vec![Seen::default(); self.counted.len()], overflowed: is_address, ..Part::default() };
        let mut new: Vec<(&[u8], Seen)> = Vec::new();
        let mut new_index: FxHashMap<&[u8], usize> = FxHashMap::default();
        let full = self.index.len() >= MOST_VALUES;
        let (mut before, mut slot): (&[u8], Slot) = (b"", Slot::Nowhere);
        for (cell, line) in cells {
            let value = cell.trim_ascii();
            if value.is_empty() {
                part.empty.note(line);
                continue;
            }
            part.filled += 1;
            if value.len() < cell.len() {
                note(&mut part.traits, looks::bit(Trait::Padded), Seen::once(line));
            }
            match content {
                Content::Address => continue,
                Content::Consent => part.days.extend(days::day(value).map(|day| (day, joined(part.days.get(&day), line)))),
                Content::Any => {}
            }
            // Many columns say the same thing row after row.
            if value != before {
                before = value;
                slot = match self.index.get(value) {
                    Some(at) => Slot::Known(*at),
                    None if full => Slot::Nowhere,
                    None => Slot::New(*new_index.entry(value).or_insert_with(|| {
                        new.push((value, Seen::default()));
                        new.len() - 1
                    })),
                };
            }
            match slot {
                Slot::Known(at) => part.known.get_mut(at).into_iter().for_each(|seen| seen.note(line)),
                Slot::New(at) => new.get_mut(at).into_iter().for_each(|(_, seen)| seen.note(line)),
                Slot::Nowhere => {
                    part.overflowed = true;
                    let looks = looks::traits(value);
                    note(&mut part.traits, looks, Seen::once(line));
                    if looks & looks::bit(Trait::Number) != 0 {
                        part.magnitudes.note(value, Seen::once(line));
                    }
                }
            }
        }
        part.new = new.into_iter().map(|(value, seen)| (value.into(), Counted { seen, looks: looks::traits(value) })).collect();
        part
    }

    /// Adds a piece; pieces come in the order of the list.
    pub(super) fn add(&mut self, part: Part) {
        self.filled += part.filled;
        self.empty.join(part.empty);
        self.overflowed |= part.overflowed;
        for (mine, theirs) in self.traits.iter_mut().zip(part.traits) {
            mine.join(theirs);
        }
        for (mine, theirs) in self.counted.iter_mut().zip(part.known) {
            mine.seen.join(theirs);
        }
        for (day, seen) in part.days {
            self.days.entry(day).or_default().join(seen);
        }
        self.magnitudes.join(&part.magnitudes);
        for (value, counted) in part.new {
            if let Some(mine) = self.index.get(&value).and_then(|at| self.counted.get_mut(*at)) {
                mine.seen.join(counted.seen);
            } else if self.index.len() < MOST_VALUES {
                self.index.insert(value, self.counted.len());
                self.counted.push(counted);
            } else {
                self.overflowed = true;
                note(&mut self.traits, counted.looks, counted.seen);
                if counted.looks & looks::bit(Trait::Number) != 0 {
                    self.magnitudes.note(&value, counted.seen);
                }
            }
        }
    }

    /// The profile of a whole column; `text` decodes a value.
    pub(super) fn finish(mut self, name: String, index: usize, text: impl Fn(&[u8]) -> String) -> ColumnProfile {
        for value in &self.counted {
            note(&mut self.traits, value.looks, value.seen);
        }
        for (value, counted) in self.index.iter().filter_map(|(value, at)| Some((value, self.counted.get(*at)?))) {
            if counted.looks & looks::bit(Trait::Number) != 0 {
                self.magnitudes.note(value, counted.seen);
            }
        }
        let seen = |at: usize| self.counted.get(at).map(|counted| counted.seen).unwrap_or_default();
        let mut common: Vec<(&[u8], Seen)> = self.index.iter().map(|(value, at)| (value.as_ref(), seen(*at))).collect();
        // Of equally common values the one that came first; in JSON many may come on one line.
        common.sort_unstable_by_key(|(value, seen)| (Reverse(seen.rows), seen.first_line, *value));
        common.truncate(if common.len() <= FEW && !self.overflowed { FEW } else { COMMON });
        let common =
            common.into_iter().map(|(value, seen)| Value { text: masked(text(value)), rows: seen.rows, first_line: seen.first_line });
        ColumnProfile {
            name,
            index,
            filled: self.filled,
            empty: self.empty,
            distinct: (!self.overflowed).then_some(self.index.len() as u64),
            common: common.collect(),
            days: self.days,
            magnitudes: self.magnitudes,
            traits: TRAITS.into_iter().zip(self.traits).filter(|(_, seen)| seen.rows > 0).collect(),
        }
    }
}

/// The profile of a column of which only counts are known: rows with something and rows with nothing in it, and its values with
/// their rows, if all are known. Nothing is known of lines, nor of blanks around values.
pub fn profile_of_values(
    name: &str,
    index: usize,
    (filled, empty): (u64, u64),
    values: Option<&[(String, u64)]>,
    export: &Export,
) -> ColumnProfile {
    let seen = |rows: u64| Seen { rows, first_line: 0 };
    let content = Content::of(index, export);
    let mut column = Column { filled, empty: seen(empty), overflowed: values.is_none(), ..Column::default() };
    for (value, rows) in values.unwrap_or_default().iter().filter(|(value, _)| !value.trim_ascii().is_empty()) {
        let value = value.trim_ascii().as_bytes();
        if let Some(day) = days::day(value).filter(|_| content == Content::Consent) {
            column.days.entry(day).or_default().join(seen(*rows));
        }
        column.index.insert(value.into(), column.counted.len());
        column.counted.push(Counted { seen: seen(*rows), looks: looks::traits(value) });
    }
    column.finish(name.to_owned(), index, |value| String::from_utf8_lossy(value).into_owned())
}

/// The rows of a day, with one more.
fn joined(seen: Option<&Seen>, line: u64) -> Seen {
    let mut seen = seen.copied().unwrap_or_default();
    seen.note(line);
    seen
}

/// A second address column is full of people, who are not shown.
fn masked(value: String) -> String {
    if address::is_possible(value.as_bytes()) { address::mask(&value) } else { value }
}

/// Notes rows under each of their traits.
fn note(traits: &mut Traits, mut looks: u16, rows: Seen) {
    while looks != 0 {
        if let Some(seen) = traits.get_mut(looks.trailing_zeros() as usize) {
            seen.join(rows);
        }
        looks &= looks - 1;
    }
}
