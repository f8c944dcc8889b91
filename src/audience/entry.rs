//! One row in the set engine: sixteen bytes.

use super::likeness::Likeness;
use super::mark::Mark;
use super::standing::Standing;
use xxhash_rust::xxh3::xxh3_128_with_seed;

/// How many lists one run can hold: one bit of a mask each.
pub const MOST_LISTS: usize = 64;

/// Bits of the hash that choose the partition: 256 of them keep ten million rows in pieces of 600 kB.
const PARTITION_BITS: u32 = 8;
pub(super) const PARTITIONS: usize = 1 << PARTITION_BITS;
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
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

    /// Whether both are rows of the same person.
    #[inline]
    pub(super) fn is_same_person(self, other: Self) -> bool {
        (self.0 ^ other.0) >> TAG_BITS == 0
    }

    /// The highest bits of the hash.
    #[inline]
    pub(super) fn high(self) -> u64 {
        low(self.0 >> u64::BITS)
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

/// The hash of an address that is trimmed and in lower case already: its partition, and the bits that an entry keeps
/// of it with its place and kind.
#[inline]
pub(super) fn entry(address: &[u8], (list, line): Place, kind: Kind, mark: Option<Mark>) -> (u8, Entry) {
    let hash = xxh3_128_with_seed(address, SEED);
    #[allow(clippy::cast_possible_truncation, reason = "the lower bits go into the entry")]
    let partition = (hash >> (u128::BITS - PARTITION_BITS)) as u8;
    (partition, Entry::new(hash, list, line, kind, mark))
}

/// Any number would do; another one would put people into other partitions and change nothing that is said of them.
const SEED: u64 = 0x7072_6573_656e_6421;

/// The place of an address's partition in what [`People::gather`] counts.
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
