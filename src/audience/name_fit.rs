//! Whether the names of a list go with its mailboxes: `Ann` beside `ann.smith@…`, or a few rows above it.
//!
//! Where one column was sorted or pasted a row too low, names fit the mailbox of another row.

use super::address;
use super::block::{Block, Cells};
use super::rows::Header;
use serde::Serialize;

/// How many rows of each piece of a list are compared.
const SAMPLE: usize = 512;
/// How many rows a column may have slipped.
const FARTHEST: isize = 2;
/// How many offsets are tried: `FARTHEST` up, as many down, and none.
const OFFSETS: usize = 5;
/// How many rows with a name are needed to judge.
const ENOUGH: u64 = 20;
/// The shortest name that is looked for; `Jo` is in many mailboxes.
const SHORTEST: usize = 3;
/// How many stretches that have slipped are kept.
const MOST: usize = 3;

/// Names compared with mailboxes, over stretches of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NameFit {
    /// Rows that were compared.
    pub compared: u64,
    /// Rows whose name stands in their own mailbox.
    pub fitting: u64,
    /// Stretches whose names stand in the mailboxes of other rows.
    pub slipped: u64,
    /// The first few of them.
    pub shifts: Vec<Shift>,
}

/// A stretch of rows whose names belong to other rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shift {
    /// Where the mailbox that fits a name stands: 1 for the row below, -1 for the row above.
    pub by: isize,
    /// The line of the first row compared.
    pub line: u64,
    /// Rows compared.
    pub compared: u64,
    /// Rows whose name fits the mailbox of that other row.
    pub fitting: u64,
}

impl NameFit {
    pub(super) fn then(&mut self, later: Self) {
        self.compared += later.compared;
        self.fitting += later.fitting;
        self.slipped += later.slipped;
        self.shifts.extend(later.shifts);
        self.shifts.truncate(MOST);
    }
}

/// Compares the first rows of a block.
pub(super) fn sample(block: &Block, header: &Header) -> NameFit {
    let export = &header.export;
    let Some(column) = export.first_name.or(export.full_name) else { return NameFit::default() };
    let rows: Vec<Cells> = block.rows().take(SAMPLE).collect();
    let mailboxes: Vec<Vec<u8>> = rows.iter().map(|row| letters(mailbox(row.get(export.address)))).collect();
    let names: Vec<Vec<u8>> = rows.iter().map(|row| first_name(row.get(column))).collect();
    let fits = |name: &[u8], at: Option<usize>| at.and_then(|at| mailboxes.get(at)).is_some_and(|mailbox| holds(mailbox, name));
    let (mut compared, mut fitting) = (0, [0_u64; OFFSETS]);
    for (at, name) in
        names.iter().enumerate().filter(|(at, name)| name.len() >= SHORTEST && mailboxes.get(*at).is_some_and(|m| !m.is_empty()))
    {
        compared += 1;
        for (count, by) in fitting.iter_mut().zip(-FARTHEST..) {
            *count += u64::from(fits(name, at.checked_add_signed(by)));
        }
    }
    let own = fitting.get(OFFSETS / 2).copied().unwrap_or_default();
    let others = fitting.into_iter().zip(-FARTHEST..).filter(|(_, by)| *by != 0);
    let (most, by) = others.max_by_key(|(count, by)| (*count, -by.abs())).unwrap_or_default();
    // A fifth of the names is far more than chance; in lists that are in order hardly any name fits another row.
    let slipped = compared >= ENOUGH && most * 5 >= compared && own * 4 <= most;
    let line = rows.first().map_or(0, |row| row.line);
    let shifts = slipped.then_some(Shift { by, line, compared, fitting: most }).into_iter().collect();
    NameFit { compared, fitting: own, slipped: u64::from(slipped), shifts }
}

fn mailbox(cell: &[u8]) -> &[u8] {
    let cell = address::trim(cell);
    memchr::memchr(b'@', cell).and_then(|at| cell.get(..at)).unwrap_or_default()
}

/// The first word of a name, as it would stand in a mailbox; nothing if it has letters that would not.
fn first_name(cell: &[u8]) -> Vec<u8> {
    let word = cell.trim_ascii().split(u8::is_ascii_whitespace).next().unwrap_or_default();
    if word.is_ascii() { letters(word) } else { Vec::new() }
}

fn letters(word: &[u8]) -> Vec<u8> {
    word.iter().filter(|byte| byte.is_ascii_alphabetic()).map(u8::to_ascii_lowercase).collect()
}

fn holds(mailbox: &[u8], name: &[u8]) -> bool {
    mailbox.windows(name.len().max(1)).any(|part| part == name)
}

#[cfg(test)]
mod tests {
    use super::super::{Audience, List};
    use super::*;
    use crate::settings::Role;

    const NAMES: [&str; 10] = ["Ann", "Bob", "Carla", "Deniz", "Eve", "Frank", "Grace", "Hiro", "Ines", "Liam"];

    fn fit(rows: usize, by: usize) -> NameFit {
        let name = |row: usize| NAMES[(row * 7 + row / 10) % NAMES.len()];
        let mailbox = |row: usize| if row.is_multiple_of(3) { format!("x{row}") } else { format!("{}.{row}", name(row)) };
        let rows = (0..rows).map(|row| format!("{}@a.example,{}\n", mailbox(row + by), name(row))).collect::<Vec<_>>().concat();
        let list = List::from_bytes("to", "to.csv", Role::Send, format!("email,first name\n{rows}").into_bytes());
        Audience::read(&[list]).expect("a list").lists.remove(0).names
    }

    #[test]
    fn names_that_slipped_by_a_row_are_seen() {
        let shifted = fit(60, 1);
        assert_eq!((shifted.slipped, shifted.shifts[0].by), (1, -1));
        assert_eq!(fit(60, 0).slipped, 0);
        assert_eq!(fit(10, 1).slipped, 0, "too few to tell");
    }
}
