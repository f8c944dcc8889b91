//! The set engine: which address is on which lists, exactly, at sixteen bytes a row.
//!
//! A row is kept as one number of 128 bits: 88 bits of a 128-bit hash of its address, its list, its line
//! and its standing. Rows are dealt into partitions by eight further bits of the hash; each partition is
//! then sorted on its own, which brings the rows of one person together, in the order of lists and lines.
//!
//! Two addresses are taken for one only if 96 bits of their hashes agree. Among a hundred million
//! addresses the chance of even one such pair is about 6 in 10^14; among a billion, 6 in 10^12.

use super::standing::Standing;
use rayon::prelude::*;
use siphasher::sip128::{Hash128, Hasher128, SipHasher13};
use std::collections::HashMap;
use std::hash::Hasher;

/// How many lists one run can hold: one bit of a mask each.
pub const MOST_LISTS: usize = 64;

/// How many examples are kept of everything that is counted.
pub const EXAMPLES: usize = 5;

/// Bits of the hash that choose the partition: 256 of them keep ten million rows in pieces of 600 kB.
const PARTITION_BITS: u32 = 8;
/// Bits of the line; a row beyond line 2,147,483,647 is shown at that line.
const LINE_BITS: u32 = 31;
const STANDING_BITS: u32 = 3;
const LIST_BITS: u32 = 6;
const TAG_BITS: u32 = LIST_BITS + LINE_BITS + STANDING_BITS;

/// One row: from the highest bit down 88 bits of hash, 6 of the list, 31 of the line, 3 of the standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry(u128);

impl Entry {
    fn new(hash: u128, list: usize, line: u64, standing: Standing) -> Self {
        let line = u128::from(line).min((1 << LINE_BITS) - 1);
        let list = (list as u128) & ((1 << LIST_BITS) - 1);
        let tag = (((list << LINE_BITS) | line) << STANDING_BITS) | standing as u128;
        Self((hash << TAG_BITS) | tag)
    }

    fn person(self) -> Person {
        Person(self.0 >> TAG_BITS)
    }

    fn list(self) -> usize {
        (low(self.0 >> (LINE_BITS + STANDING_BITS)) & ((1 << LIST_BITS) - 1)) as usize
    }

    fn line(self) -> u64 {
        low(self.0 >> STANDING_BITS) & ((1 << LINE_BITS) - 1)
    }

    fn standing(self) -> Standing {
        Standing::from_code(low(self.0) & ((1 << STANDING_BITS) - 1))
    }
}

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
pub(super) fn deal(address: &[u8], list: usize, line: u64, standing: Standing) -> Dealt {
    let mut hasher = SipHasher13::new_with_keys(0x7072_6573_656e_6421, 0x6c69_7374_7320_7631);
    hasher.write(address);
    let Hash128 { h1, h2 } = hasher.finish128();
    let partition = (h2 >> (u64::BITS - PARTITION_BITS)) as u8;
    Dealt { partition, entry: Entry::new((u128::from(h2) << 64) | u128::from(h1), list, line, standing) }
}

/// Rows of one partition, in blocks that never move, so that growing does not copy.
#[derive(Debug, Default)]
struct Partition {
    blocks: Vec<Vec<Entry>>,
}

/// Rows a block: 8 KiB.
const BLOCK: usize = 512;

impl Partition {
    fn push(&mut self, entry: Entry) {
        match self.blocks.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(entry),
            _ => {
                let mut block = Vec::with_capacity(BLOCK);
                block.push(entry);
                self.blocks.push(block);
            }
        }
    }

    /// All rows, sorted: the rows of one person stand together, by list and line.
    fn into_sorted(self) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(self.blocks.iter().map(Vec::len).sum());
        for block in self.blocks {
            entries.extend_from_slice(&block);
        }
        entries.sort_unstable();
        entries
    }
}

/// Takes rows and keeps them by partition. The one place that would learn to write to disk, should
/// memory ever have to be bounded below sixteen bytes a row.
#[derive(Debug)]
pub(super) struct People {
    partitions: Vec<Partition>,
}

impl Default for People {
    fn default() -> Self {
        Self { partitions: (0..1 << PARTITION_BITS).map(|_| Partition::default()).collect() }
    }
}

impl People {
    /// Takes rows in; their order does not matter.
    pub(super) fn extend(&mut self, rows: &[Dealt]) {
        for row in rows {
            if let Some(partition) = self.partitions.get_mut(usize::from(row.partition)) {
                partition.push(row.entry);
            }
        }
    }

    /// Counts everything, partition by partition; `send` has a bit for every list that gets the mail.
    pub(super) fn count(self, lists: usize, send: u64) -> Counts {
        let count = |partition: Partition| Counts::of(&partition.into_sorted(), lists, send);
        let empty = || Counts::empty(lists);
        self.partitions.into_par_iter().map(count).reduce(empty, Counts::merge)
    }
}

/// List and line of a row.
pub(super) type Place = (usize, u64);

/// One person of many: where they stand, and by what they are known again when the list is read once more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sample {
    /// The first row on each list; the leading one first.
    pub(super) places: Vec<Place>,
    pub(super) person: Person,
}

/// The 88 bits of an address's hash that the engine keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Person(u128);

impl Person {
    /// The person with an address that is trimmed and in lower case already.
    pub(super) fn of(address: &[u8]) -> Self {
        deal(address, 0, 0, Standing::Unknown).entry.person()
    }
}

/// People of one kind: how many, and where the first few stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) people: u64,
    pub(super) first: Vec<Sample>,
}

impl Group {
    /// Counts one more; `places` is asked only if this person is among the first.
    fn add(&mut self, leading: Place, person: Person, places: impl FnOnce() -> Vec<Place>) {
        self.people += 1;
        let full = self.first.len() >= EXAMPLES;
        let later = |last: &Sample| last.places.first().is_some_and(|place| (*place, last.person) < (leading, person));
        if !(full && self.first.last().is_some_and(later)) {
            self.first.push(Sample { places: places(), person });
            self.trim();
        }
    }

    fn trim(&mut self) {
        self.first.sort_unstable_by(|a, b| (a.places.first(), a.person).cmp(&(b.places.first(), b.person)));
        self.first.truncate(EXAMPLES);
    }

    fn merge(&mut self, other: Self) {
        self.people += other.people;
        self.first.extend(other.first);
        self.trim();
    }
}

/// People who stand on exactly the same lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Together {
    pub(super) all: Group,
    /// Those whom the send lists' own status columns do not rule out; all, where no send list is among the lists.
    pub(super) mailable: Group,
}

/// What is known of one list beside its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OneList {
    /// Rows with an address beyond the first of the same address.
    pub(super) doubled_rows: u64,
    /// People with more than one row.
    pub(super) doubled: Group,
    /// People by the worst standing among their rows on this list.
    pub(super) standing: [Group; Standing::COUNT],
}

/// The first row of a person on each of their lists, with `leading` before the others.
fn places(rows: &[Entry], leading: Place) -> Vec<Place> {
    let others = rows.chunk_by(|a, b| a.list() == b.list()).filter_map(|rows| rows.first());
    let others = others.map(|row| (row.list(), row.line())).filter(|place| place.0 != leading.0);
    std::iter::once(leading).chain(others).collect()
}

/// What the engine found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) together: HashMap<u64, Together>,
    pub(super) lists: Vec<OneList>,
}

impl Counts {
    fn empty(lists: usize) -> Self {
        Self { together: HashMap::new(), lists: vec![OneList::default(); lists] }
    }

    fn of(sorted: &[Entry], lists: usize, send: u64) -> Self {
        let mut counts = Self::empty(lists);
        for rows in sorted.chunk_by(|a, b| a.person() == b.person()) {
            if let Some(first) = rows.first() {
                counts.person(first.person(), rows, send);
            }
        }
        counts
    }

    /// Counts one person by all of their rows.
    fn person(&mut self, person: Person, rows: &[Entry], send: u64) {
        let (mut mask, mut on_send) = (0_u64, Standing::Unknown);
        for rows in rows.chunk_by(|a, b| a.list() == b.list()) {
            let Some(first) = rows.first() else { continue };
            let (list, place) = (first.list(), (first.list(), first.line()));
            let worst = rows.iter().map(|row| row.standing()).max().unwrap_or_default();
            mask |= 1 << list;
            if send & (1 << list) != 0 {
                on_send = on_send.max(worst);
            }
            let Some(one) = self.lists.get_mut(list) else { continue };
            if let Some(second) = rows.get(1) {
                one.doubled_rows += rows.len() as u64 - 1;
                one.doubled.add(place, person, || vec![place, (list, second.line())]);
            }
            if let Some(group) = one.standing.get_mut(worst as usize) {
                group.add(place, person, || vec![place]);
            }
        }
        let leading = rows.iter().find(|row| send & (1 << row.list()) != 0).or(rows.first());
        let Some(leading) = leading.map(|row| (row.list(), row.line())) else { return };
        let together = self.together.entry(mask).or_default();
        together.all.add(leading, person, || places(rows, leading));
        if !on_send.rules_out() {
            together.mailable.add(leading, person, || places(rows, leading));
        }
    }

    fn merge(mut self, other: Self) -> Self {
        for (mask, together) in other.together {
            let mine = self.together.entry(mask).or_default();
            mine.all.merge(together.all);
            mine.mailable.merge(together.mailable);
        }
        for (mine, theirs) in self.lists.iter_mut().zip(other.lists) {
            mine.doubled_rows += theirs.doubled_rows;
            mine.doubled.merge(theirs.doubled);
            for (mine, theirs) in mine.standing.iter_mut().zip(theirs.standing) {
                mine.merge(theirs);
            }
        }
        self
    }
}
