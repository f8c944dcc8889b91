//! Going through a list once: every row to the set engine, every cell to the profile of its column.

use super::address::{self, Plain};
use super::block::{Block, Cells};
use super::columns::{Column, ColumnProfile, Content, MOST_COLUMNS, Part};
use super::export::simplify;
use super::eyes::{Eyes, Task, with_best};
use super::format;
use super::hands;
use super::list::List;
use super::name_fit::{self, NameFit};
use super::people::People;
use super::pieces::Index;
use super::rows::{Header, Reading};
use crate::error::Error;
use crate::settings::Role;
use serde::Serialize;
use std::cmp::Ordering;

/// Pieces that are parsed side by side, whatever the number of threads: the answer must not hang on it.
pub(super) const BATCH: usize = 32;
/// How many lines are kept of rows that are out of order.
const LINES: usize = 5;

/// Rows that are out of order in one way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OddRows {
    /// How many.
    pub rows: u64,
    /// The lines of the first few.
    pub first_lines: Vec<u64>,
}

impl OddRows {
    fn note(&mut self, line: u64) {
        self.rows += 1;
        if self.first_lines.len() < LINES {
            self.first_lines.push(line);
        }
    }

    fn then(&mut self, later: Self) {
        self.rows += later.rows;
        self.first_lines.extend(later.first_lines);
        self.first_lines.truncate(LINES);
    }
}

/// What one reading of a list found, beside the rows in the engine.
#[derive(Debug)]
pub(super) struct Census {
    pub(super) header: Header,
    pub(super) tally: Tally,
    pub(super) columns: Vec<ColumnProfile>,
    pub(super) names: NameFit,
    /// Where its pieces stand in the file, if they can be found again there.
    pub(super) index: Option<Index>,
}

/// How thoroughly lists are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Every cell is looked at.
    Columns,
    /// Only who stands on them; the columns have names and nothing else.
    People,
}

/// Rows counted by what they are.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) rows: u64,
    pub(super) empty: OddRows,
    pub(super) malformed: OddRows,
    pub(super) headers: OddRows,
    pub(super) totals: OddRows,
    pub(super) ragged: OddRows,
}

/// What one piece holds.
struct Findings {
    tally: Tally,
    columns: Vec<Part>,
    names: NameFit,
}

/// The number of a list, and those of its lanes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    pub(super) own: usize,
    /// The number of its first lane; the others follow.
    pub(super) lanes: usize,
}

impl From<usize> for Numbers {
    /// A list without lanes.
    fn from(own: usize) -> Self {
        Self { own, lanes: own }
    }
}

impl Numbers {
    /// The number of a lane, or of the list itself where it is 0.
    fn of(self, lane: usize) -> usize {
        lane.checked_sub(1).map_or(self.own, |lane| self.lanes + lane)
    }
}

/// Goes through a list.
pub(super) fn take(list: &List, numbers: impl Into<Numbers>, depth: Depth, people: &mut People) -> Result<Census, Error> {
    let (numbers, mut reading) = (numbers.into(), Reading::open(list)?);
    let width = if depth == Depth::Columns { reading.header.names.len().min(MOST_COLUMNS) } else { 0 };
    let mut columns: Vec<Column> = (0..width).map(|_| Column::default()).collect();
    let (mut tally, mut names) = (Tally::default(), NameFit::default());
    // The first piece goes alone: it teaches every column its common values before many pieces look at once.
    let mut pieces = 1;
    loop {
        let (header, engine) = (reading.header.clone(), &*people);
        let is_enough = || depth == Depth::People && engine.is_full();
        let found = hands::look(&mut reading, pieces, is_enough, |block| study(block, &header, (list, numbers), &columns, engine))?;
        if found.is_empty() {
            break;
        }
        for found in found {
            tally.then(found.tally);
            names.then(found.names);
            for (column, part) in columns.iter_mut().zip(found.columns) {
                column.add(part);
            }
        }
        people.make_room()?;
        pieces = if depth == Depth::People { usize::MAX } else { BATCH };
    }
    let Reading { header, index, .. } = reading;
    let text = |value: &[u8]| format::decode(value, header.charset);
    columns.resize_with(header.names.len().min(MOST_COLUMNS), Column::default);
    let with_names = columns.into_iter().zip(&header.names).enumerate();
    let columns = with_names.map(|(index, (column, name))| column.finish(name.clone(), index, text)).collect();
    Ok(Census { header, tally, columns, names, index })
}

/// Looks at the rows of one piece, and hands its people to the engine.
fn study(block: &Block, header: &Header, (list, numbers): (&List, Numbers), columns: &[Column], engine: &People) -> Findings {
    let tally = with_best(Dealing { block, header, list, numbers, engine });
    let cells = |column: usize| block.rows().map(move |row| (row.get(column), row.line));
    let parts = columns.iter().enumerate().map(|(at, column)| column.study(cells(at), Content::of(at, &header.export)));
    // Only people who get the mail are asked for by name.
    let names = if list.role == Role::Send { name_fit::sample(block, header) } else { NameFit::default() };
    Findings { tally, columns: parts.collect(), names }
}

/// The rows of one piece on their way to the engine.
struct Dealing<'a> {
    block: &'a Block,
    header: &'a Header,
    list: &'a List,
    numbers: Numbers,
    engine: &'a People,
}

impl Task for Dealing<'_> {
    type Output = Tally;

    #[allow(clippy::inline_always, reason = "made for a processor only inside of what is")]
    #[inline(always)]
    fn run<E: Eyes>(self, eyes: E) -> Tally {
        let Self { block, header, list, numbers, engine } = self;
        // Only people who get the mail can get it twice.
        let (export, spellings) = (&header.export, list.role == Role::Send);
        let mut tally = Tally { rows: block.len() as u64, ..Tally::default() };
        let (mut people, mut standings, mut buffer) = (engine.dealer(), export.standings(), Vec::new());
        for row in block.rows() {
            if !fits(row, header) {
                tally.ragged.note(row.line);
            }
            let place = (numbers.own, row.line);
            let plain = row.window(export.address).and_then(|(window, length)| Plain::read(eyes, window, length));
            let plain = match plain {
                Some(plain) if !spellings && list.sieve.is_none() => {
                    people.plain(plain, place, standings.of(|column| row.get(column)));
                    continue;
                }
                plain => plain,
            };
            let address = if let Some(plain) = &plain {
                plain.bytes()
            } else if read_address(row, header, &mut buffer) {
                &buffer
            } else {
                tally.note_nobody(&buffer, row, header);
                continue;
            };
            let standing = standings.of(|column| row.get(column));
            if spellings {
                people.spellings(address, place, standing, &list.competitors);
            } else if let Some(sieve) = &list.sieve {
                for lane in sieve.lanes_of(row, header) {
                    people.row(address, (numbers.of(lane), row.line), standing);
                }
            } else {
                people.row(address, place, standing);
            }
        }
        tally
    }
}

/// Reads the address of a row, trimmed and in lower case; or whatever stands there, if that cannot be one.
fn read_address(row: Cells, header: &Header, buffer: &mut Vec<u8>) -> bool {
    buffer.clear();
    let cell = row.get(header.export.address);
    if cell.is_ascii() {
        buffer.extend_from_slice(address::trim(cell));
    } else {
        buffer.extend_from_slice(address::trim(format::decode(cell, header.charset).as_bytes()));
    }
    let is_possible = address::is_possible(buffer);
    if is_possible {
        buffer.make_ascii_lowercase();
    }
    is_possible
}

/// Whether a row has as many cells as there are columns; empty ones beyond the last column do no harm.
fn fits(row: Cells, header: &Header) -> bool {
    match row.len().cmp(&header.names.len()) {
        Ordering::Equal => true,
        Ordering::Less => header.may_be_short,
        Ordering::Greater => row.iter().skip(header.names.len()).all(|cell| cell.trim_ascii().is_empty()),
    }
}

/// Words with which a row begins that adds up others.
const TOTALS: [&str; 8] = ["total", "totals", "grandtotal", "sum", "summe", "gesamt", "subtotal", "count"];

impl Tally {
    /// Notes a row that is nobody's.
    fn note_nobody(&mut self, cell: &[u8], row: Cells, header: &Header) {
        if cell.is_empty() {
            self.note_empty(row, header);
        } else {
            self.note_malformed(cell, row, header);
        }
    }

    /// Notes a row without an address; the last line of a spreadsheet often adds up.
    fn note_empty(&mut self, row: Cells, header: &Header) {
        let first = row.iter().map(<[u8]>::trim_ascii).find(|cell| !cell.is_empty());
        let is_total = first.is_some_and(|cell| TOTALS.contains(&simplify(&format::decode(cell, header.charset)).as_str()));
        let rows = if is_total { &mut self.totals } else { &mut self.empty };
        rows.note(row.line);
    }

    /// Notes a row whose address cannot be one, by what it is instead.
    fn note_malformed(&mut self, cell: &[u8], row: Cells, header: &Header) {
        let simple = |cell: &[u8]| simplify(&format::decode(cell, header.charset));
        let is_header = header.named && header.names.get(header.export.address).is_some_and(|name| simplify(name) == simple(cell));
        if is_header {
            self.headers.note(row.line);
        } else if row.iter().map(simple).find(|word| !word.is_empty()).is_some_and(|word| TOTALS.contains(&word.as_str())) {
            self.totals.note(row.line);
        } else {
            self.malformed.note(row.line);
        }
    }

    fn then(&mut self, later: Self) {
        self.rows += later.rows;
        self.empty.then(later.empty);
        self.malformed.then(later.malformed);
        self.headers.then(later.headers);
        self.totals.then(later.totals);
        self.ragged.then(later.ragged);
    }
}
