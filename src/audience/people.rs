//! The set engine: which address is on which lists, exactly, at sixteen bytes a row.
//!
//! A row is kept as one number of 128 bits: 85 bits of a 128-bit hash of its address, its list, its line,
//! what it says of its person and what kind of address it is. Rows are dealt into partitions by eight further bits of the hash; each
//! partition is then sorted on its own, which brings the rows of one person together, in the order of lists
//! and lines. On send lists an address with a tag, with Gmail's dots or with letters beyond ASCII takes up to
//! three times sixteen bytes more, for its other spellings. Beside that the reading of lists needs some 50 MB.
//! Where memory is bounded, partitions are written out whenever they are full, and read back one by one.
//!
//! The hash is XXH3, with all its 128 bits as good as chance
//! (<https://github.com/Cyan4973/xxHash>). Two addresses are taken for one only if 93 bits of their hashes agree. Among a hundred million
//! addresses the chance of even one such pair is about 5 in 10^13; among a billion, 5 in 10^11.

use super::likeness::{Likeness, forms};
use super::mark::Mark;
use super::memory::{Memory, Spilled};
use super::standing::Standing;
use crate::error::Error;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::xxh3_128_with_seed;

/// How many lists one run can hold: one bit of a mask each.
pub const MOST_LISTS: usize = 64;

/// Bits of the hash that choose the partition: 256 of them keep ten million rows in pieces of 600 kB.
const PARTITION_BITS: u32 = 8;
const PARTITIONS: usize = 1 << PARTITION_BITS;
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

    /// Whether this is a row whose address is spelt the same under every likeness.
    #[inline]
    pub(super) fn is_plain(self) -> bool {
        low(self.0) & ((1 << KIND_BITS) - 1) < 5
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

/// Rows on their way into the engine, each with the partition it belongs to.
#[derive(Debug, Default)]
pub(super) struct Dealt {
    partitions: Vec<u8>,
    entries: Vec<Entry>,
}

/// The hash of an address that is trimmed and in lower case already: its partition, and the bits that an entry keeps
/// of it with its place and kind.
#[inline]
fn entry(address: &[u8], (list, line): Place, kind: Kind, mark: Option<Mark>) -> (u8, Entry) {
    let hash = xxh3_128_with_seed(address, SEED);
    #[allow(clippy::cast_possible_truncation, reason = "the lower bits go into the entry")]
    let partition = (hash >> (u128::BITS - PARTITION_BITS)) as u8;
    (partition, Entry::new(hash, list, line, kind, mark))
}

/// Any number would do; another one would put people into other partitions and change nothing that is said of them.
const SEED: u64 = 0x7072_6573_656e_6421;

impl Dealt {
    pub(super) fn with_capacity(rows: usize) -> Self {
        Self { partitions: Vec::with_capacity(rows), entries: Vec::with_capacity(rows) }
    }

    /// Adds the row of an address that is trimmed and in lower case already.
    #[inline]
    pub(super) fn row(&mut self, address: &[u8], list: usize, line: u64, standing: Standing) {
        self.add(entry(address, (list, line), Kind::Row(standing, None), None));
    }

    /// Adds the row of such an address with its mark and its other spellings, so that they meet the people who are spelt so.
    pub(super) fn spellings(&mut self, address: &[u8], (list, line): Place, standing: Standing, competitors: &[String]) {
        let mark = if Mark::is_at(address, competitors) { Some(Mark::Competitor) } else { Mark::of(address) };
        let Some(forms) = forms(address) else {
            self.add(entry(address, (list, line), Kind::Row(standing, None), mark));
            return;
        };
        let mut moved = None;
        for (likeness, form) in Likeness::ALL.into_iter().zip(forms) {
            if form.as_bytes() != address {
                moved = moved.or(Some(likeness));
                self.add(entry(form.as_bytes(), (list, line), Kind::Spelling(likeness), None));
            }
        }
        self.add(entry(address, (list, line), Kind::Row(standing, moved), mark));
    }

    #[inline]
    fn add(&mut self, (partition, entry): (u8, Entry)) {
        self.partitions.push(partition);
        self.entries.push(entry);
    }

    /// The rows by partition, and where each partition ends among them.
    fn sorted(&self) -> (Vec<Entry>, [usize; PARTITIONS]) {
        let mut ends = [0_usize; PARTITIONS];
        for partition in &self.partitions {
            ends[usize::from(*partition)] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut sorted = vec![Entry(0); self.entries.len()];
        for (partition, entry) in self.partitions.iter().zip(&self.entries) {
            let end = &mut ends[usize::from(*partition)];
            if let Some(place) = sorted.get_mut(*end) {
                *place = *entry;
            }
            *end += 1;
        }
        (sorted, ends)
    }
}

/// The place of an address's partition in what [`People::into_sorted`] gives.
pub(super) fn partition(address: &[u8]) -> usize {
    usize::from(entry(address, (0, 0), Kind::Spelling(Likeness::Letters), None).0)
}

/// The 85 bits of an address's hash that the engine keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Person(u128);

impl Person {
    /// The person with an address that is trimmed and in lower case already.
    pub(super) fn of(address: &[u8]) -> Self {
        entry(address, (0, 0), Kind::Spelling(Likeness::Letters), None).1.person()
    }
}

/// Rows a block: 8 KiB.
const BLOCK: usize = 512;

/// Takes rows and keeps them by partition, in blocks that never move, so that growing does not copy. What finds no
/// room in memory is put aside on disk.
#[derive(Debug)]
pub(super) struct People {
    partitions: Vec<Mutex<Vec<Vec<Entry>>>>,
    /// Blocks that have been written out and can be filled again.
    spare: Mutex<Vec<Vec<Entry>>>,
    memory: Memory,
    /// Rows held, and how many may be.
    held: AtomicU64,
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
        let partitions = (0..PARTITIONS).map(|_| Mutex::default()).collect();
        Self { partitions, spare: Mutex::default(), memory: memory.clone(), held: AtomicU64::new(0), room, spilled: None }
    }

    /// Takes rows in, from many threads at once; their order does not matter.
    pub(super) fn take(&self, dealt: &Dealt) {
        let (sorted, ends) = dealt.sorted();
        let mut start = 0;
        for (partition, end) in self.partitions.iter().zip(ends) {
            let rows = sorted.get(start..end).unwrap_or_default();
            start = end;
            if !rows.is_empty() {
                self.fill(&mut partition.lock().unwrap_or_else(PoisonError::into_inner), rows);
            }
        }
        self.held.fetch_add(sorted.len() as u64, Ordering::Relaxed);
    }

    fn fill(&self, partition: &mut Vec<Vec<Entry>>, mut rows: &[Entry]) {
        while !rows.is_empty() {
            if let Some(block) = partition.last_mut().filter(|block| block.len() < BLOCK) {
                let (now, later) = rows.split_at(rows.len().min(BLOCK - block.len()));
                block.extend_from_slice(now);
                rows = later;
            } else {
                let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
                partition.push(spare.unwrap_or_else(|| Vec::with_capacity(BLOCK)));
            }
        }
    }

    /// Puts all rows aside if they are more than may be held.
    ///
    /// # Errors
    /// A disk that is full, or that cannot be written.
    pub(super) fn make_room(&mut self) -> Result<(), Error> {
        if *self.held.get_mut() <= self.room {
            return Ok(());
        }
        let spilled = match &mut self.spilled {
            Some(spilled) => spilled,
            None => self.spilled.insert(Spilled::begin(&self.memory, self.partitions.len())?),
        };
        let spare = self.spare.get_mut().unwrap_or_else(PoisonError::into_inner);
        for (at, partition) in self.partitions.iter_mut().enumerate() {
            let partition = partition.get_mut().unwrap_or_else(PoisonError::into_inner);
            spilled.write(at, partition.iter().map(Vec::as_slice))?;
            spare.extend(partition.drain(..).map(|mut block| {
                block.clear();
                block
            }));
        }
        *self.held.get_mut() = 0;
        Ok(())
    }

    /// The rows partition by partition, each of them sorted; a person's rows are all in one, by list and line.
    pub(super) fn into_sorted(self) -> impl IndexedParallelIterator<Item = Result<Vec<Entry>, Error>> {
        let Self { partitions, spare, spilled, .. } = self;
        drop(spare);
        partitions.into_par_iter().enumerate().map(move |(at, blocks)| {
            let mut blocks = blocks.into_inner().unwrap_or_else(PoisonError::into_inner);
            if let Some(spilled) = &spilled {
                let mut aside = Vec::new();
                spilled.read(at, &mut aside)?;
                blocks.push(aside);
            }
            Ok(sorted(&blocks))
        })
    }
}

/// Rows that share a bucket, on average; so few are sorted in no time.
const BUCKET: usize = 4;
/// The most buckets of a partition.
const MOST_BUCKETS: usize = 1 << 16;

/// Sorts the rows of a partition: into buckets by the highest bits of their hashes, which are as good as chance, and then
/// each bucket on its own.
fn sorted(blocks: &[Vec<Entry>]) -> Vec<Entry> {
    let rows: usize = blocks.iter().map(Vec::len).sum();
    let buckets = (rows / BUCKET).next_power_of_two().clamp(2, MOST_BUCKETS);
    let bucket = |entry: &Entry| (entry.0 >> (u128::BITS - buckets.trailing_zeros())) as usize;
    let mut ends = vec![0_usize; buckets];
    for entry in blocks.iter().flatten() {
        if let Some(count) = ends.get_mut(bucket(entry)) {
            *count += 1;
        }
    }
    let mut before = 0;
    for end in &mut ends {
        before += std::mem::replace(end, before);
    }
    let mut entries = vec![Entry(0); rows];
    for entry in blocks.iter().flatten() {
        let Some(end) = ends.get_mut(bucket(entry)) else { continue };
        if let Some(place) = entries.get_mut(*end) {
            *place = *entry;
        }
        *end += 1;
    }
    let mut rest = entries.as_mut_slice();
    let mut start = 0;
    for end in ends {
        let (bucket, later) = rest.split_at_mut(end - start);
        bucket.sort_unstable();
        (rest, start) = (later, end);
    }
    entries
}
