//! The set engine: which address is on which lists, exactly, at sixteen bytes a row.
//!
//! A row is kept as one number of 128 bits: 85 bits of a 128-bit hash of its address, its list, its line,
//! what it says of its person and what kind of address it is. Rows are dealt into partitions by eight further bits of the hash; each
//! partition is then sorted on its own, which brings the rows of one person together, in the order of lists
//! and lines. On send lists an address with a tag, with Gmail's dots or with letters beyond ASCII takes up to
//! three times sixteen bytes more, for its other spellings. Beside that the reading of lists needs some 50 MB.
//! Where memory is bounded, partitions are written out whenever they are full, and read back one by one.
//!
//! Two addresses are taken for one only if 93 bits of their hashes agree. Among a hundred million
//! addresses the chance of even one such pair is about 5 in 10^13; among a billion, 5 in 10^11.

use super::likeness::{Likeness, forms};
use super::mark::Mark;
use super::memory::{Memory, Spilled};
use super::standing::Standing;
use crate::error::Error;
use rayon::prelude::*;
use siphasher::sip128::{Hash128, Hasher128, SipHasher13};
use std::hash::Hasher;

/// How many lists one run can hold: one bit of a mask each.
pub const MOST_LISTS: usize = 64;

/// Bits of the hash that choose the partition: 256 of them keep ten million rows in pieces of 600 kB.
const PARTITION_BITS: u32 = 8;
/// Bits of the line; a row beyond line 536,870,911 is shown at that line.
const LINE_BITS: u32 = 29;
const KIND_BITS: u32 = 5;
const MARK_BITS: u32 = 3;
const LIST_BITS: u32 = 6;
/// Where the line begins.
const LINE_AT: u32 = KIND_BITS + MARK_BITS;
const TAG_BITS: u32 = LIST_BITS + LINE_BITS + LINE_AT;

/// What an entry stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A row, with what it says of its person, and the first likeness under which its address is spelt otherwise.
    Row(Standing, Option<Likeness>),
    /// Another spelling of a row's address: this is how it is spelt under a likeness.
    Spelling(Likeness),
}

impl Kind {
    fn code(self) -> u128 {
        match self {
            Self::Row(standing, moved) => (moved.map_or(0, |likeness| likeness as u128 + 1) << 3) | standing as u128,
            Self::Spelling(likeness) => 5 + likeness as u128,
        }
    }

    fn from_code(code: u64) -> Self {
        let likeness = |number: u64| Likeness::ALL.into_iter().zip(0..).find(|(_, at)| *at == number).map(|(likeness, _)| likeness);
        match (code & 0b111).checked_sub(5).and_then(likeness) {
            Some(likeness) => Self::Spelling(likeness),
            None => Self::Row(Standing::from_code(code & 0b111), (code >> 3).checked_sub(1).and_then(likeness)),
        }
    }
}

/// One row, or another spelling of its address: from the highest bit down 85 bits of hash, 6 of the list, 29 of
/// the line, 3 of the mark, 5 of the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry(u128);

impl Entry {
    fn new(hash: u128, list: usize, line: u64, kind: Kind, mark: Option<Mark>) -> Self {
        let line = u128::from(line).min((1 << LINE_BITS) - 1);
        let list = (list as u128) & ((1 << LIST_BITS) - 1);
        let mark = mark.map_or(0, |mark| mark as u128 + 1) << KIND_BITS;
        let tag = (((list << LINE_BITS) | line) << LINE_AT) | mark | kind.code();
        Self((hash << TAG_BITS) | tag)
    }

    pub(super) fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    pub(super) fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_le_bytes(bytes))
    }

    pub(super) fn person(self) -> Person {
        Person(self.0 >> TAG_BITS)
    }

    pub(super) fn list(self) -> usize {
        (low(self.0 >> (LINE_BITS + LINE_AT)) & ((1 << LIST_BITS) - 1)) as usize
    }

    pub(super) fn place(self) -> Place {
        (self.list(), self.line())
    }

    fn line(self) -> u64 {
        low(self.0 >> LINE_AT) & ((1 << LINE_BITS) - 1)
    }

    pub(super) fn kind(self) -> Kind {
        Kind::from_code(low(self.0) & ((1 << KIND_BITS) - 1))
    }

    /// What kind of address it is, where that is worth a word.
    pub(super) fn mark(self) -> Option<Mark> {
        Mark::from_number((low(self.0 >> KIND_BITS) & ((1 << MARK_BITS) - 1)).checked_sub(1)?)
    }

    /// What a row says of its person.
    pub(super) fn standing(self) -> Standing {
        match self.kind() {
            Kind::Row(standing, _) => standing,
            Kind::Spelling(_) => Standing::Unknown,
        }
    }

    /// Whether this is a row, and no other spelling of one.
    pub(super) fn is_row(self) -> bool {
        matches!(self.kind(), Kind::Row(..))
    }
}

/// List and line of a row.
pub(super) type Place = (usize, u64);

/// The lower half of a number.
#[allow(clippy::cast_possible_truncation, reason = "the upper half is meant to go")]
fn low(number: u128) -> u64 {
    number as u64
}

/// A row on its way into the engine, with the partition it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dealt {
    partition: u8,
    entry: Entry,
}

/// The row of an address that is trimmed and in lower case already.
pub(super) fn deal(address: &[u8], list: usize, line: u64, kind: Kind) -> Dealt {
    deal_marked(address, (list, line), kind, None)
}

fn deal_marked(address: &[u8], (list, line): Place, kind: Kind, mark: Option<Mark>) -> Dealt {
    let mut hasher = SipHasher13::new_with_keys(0x7072_6573_656e_6421, 0x6c69_7374_7320_7631);
    hasher.write(address);
    let Hash128 { h1, h2 } = hasher.finish128();
    let partition = (h2 >> (u64::BITS - PARTITION_BITS)) as u8;
    Dealt { partition, entry: Entry::new((u128::from(h2) << 64) | u128::from(h1), list, line, kind, mark) }
}

/// The row of such an address with its mark and its other spellings, so that they meet the people who are spelt so.
pub(super) fn deal_spellings(address: &[u8], list: usize, line: u64, standing: Standing, dealt: &mut Vec<Dealt>) {
    let mark = Mark::of(address);
    let Some(forms) = forms(address) else {
        dealt.push(deal_marked(address, (list, line), Kind::Row(standing, None), mark));
        return;
    };
    let mut moved = None;
    for (likeness, form) in Likeness::ALL.into_iter().zip(forms) {
        if form.as_bytes() != address {
            moved = moved.or(Some(likeness));
            dealt.push(deal(form.as_bytes(), list, line, Kind::Spelling(likeness)));
        }
    }
    dealt.push(deal_marked(address, (list, line), Kind::Row(standing, moved), mark));
}

/// The place of an address's partition in what [`People::into_sorted`] gives.
pub(super) fn partition(address: &[u8]) -> usize {
    usize::from(deal(address, 0, 0, Kind::Row(Standing::Unknown, None)).partition)
}

/// The 85 bits of an address's hash that the engine keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Person(u128);

impl Person {
    /// The person with an address that is trimmed and in lower case already.
    pub(super) fn of(address: &[u8]) -> Self {
        deal(address, 0, 0, Kind::Row(Standing::Unknown, None)).entry.person()
    }
}

/// Rows a block: 8 KiB.
const BLOCK: usize = 512;

/// Takes rows and keeps them by partition, in blocks that never move, so that growing does not copy. What finds no
/// room in memory is put aside on disk.
#[derive(Debug)]
pub(super) struct People {
    partitions: Vec<Vec<Vec<Entry>>>,
    /// Blocks that have been written out and can be filled again.
    spare: Vec<Vec<Entry>>,
    memory: Memory,
    /// Rows held, and how many may be.
    held: u64,
    room: u64,
    spilled: Option<Spilled>,
}

impl People {
    /// Nobody yet.
    pub(super) fn new(memory: &Memory) -> Self {
        Self::with_room(memory, memory.rows())
    }

    /// Nobody yet, and room for so many rows.
    pub(super) fn with_room(memory: &Memory, room: u64) -> Self {
        let partitions = (0..1 << PARTITION_BITS).map(|_| Vec::new()).collect();
        Self { partitions, spare: Vec::new(), memory: memory.clone(), held: 0, room, spilled: None }
    }

    /// Takes rows in; their order does not matter.
    ///
    /// # Errors
    /// A disk that is full, or that cannot be written.
    pub(super) fn extend(&mut self, rows: &[Dealt]) -> Result<(), Error> {
        for row in rows {
            let Some(partition) = self.partitions.get_mut(usize::from(row.partition)) else { continue };
            match partition.last_mut() {
                Some(block) if block.len() < BLOCK => block.push(row.entry),
                _ => {
                    let mut block = self.spare.pop().unwrap_or_else(|| Vec::with_capacity(BLOCK));
                    block.push(row.entry);
                    partition.push(block);
                }
            }
        }
        self.held += rows.len() as u64;
        if self.held > self.room { self.put_aside() } else { Ok(()) }
    }

    fn put_aside(&mut self) -> Result<(), Error> {
        let spilled = match &mut self.spilled {
            Some(spilled) => spilled,
            None => self.spilled.insert(Spilled::begin(&self.memory, self.partitions.len())?),
        };
        for (at, partition) in self.partitions.iter_mut().enumerate() {
            spilled.write(at, partition.iter().map(Vec::as_slice))?;
            self.spare.extend(partition.drain(..).map(|mut block| {
                block.clear();
                block
            }));
        }
        self.held = 0;
        Ok(())
    }

    /// The rows partition by partition, each of them sorted; a person's rows are all in one, by list and line.
    pub(super) fn into_sorted(self) -> impl IndexedParallelIterator<Item = Result<Vec<Entry>, Error>> {
        let Self { partitions, spare, spilled, .. } = self;
        drop(spare);
        partitions.into_par_iter().enumerate().map(move |(at, blocks)| {
            let mut entries = Vec::with_capacity(blocks.iter().map(Vec::len).sum());
            for block in blocks {
                entries.extend_from_slice(&block);
            }
            if let Some(spilled) = &spilled {
                spilled.read(at, &mut entries)?;
            }
            entries.sort_unstable();
            Ok(entries)
        })
    }
}
