//! Rows on their way into the set engine: each thread deals them into partitions of its own.

use super::address::Plain;
use super::entry::{Entry, Kind, PARTITIONS, Place, entry};
use super::likeness::{Likeness, forms};
use super::mark::Mark;
use super::people::People;
use super::standing::Standing;

/// Rows a chunk: 1 KiB. One chunk of every partition is being filled; all of them together stay near the processor.
const CHUNK: usize = 64;
/// Chunks a slab: 16 MiB, of which only what is filled takes memory; allocators round smaller ones up by a quarter.
const SLAB: usize = 16 * 1024;
/// Addresses that wait to be hashed.
const WAITING: usize = 16;

/// What one thread has dealt.
#[derive(Debug)]
pub(super) struct Hand {
    /// For each partition the chunk that is being filled, one behind the other, and how many rows it has.
    open: Vec<Entry>,
    filled: [u8; PARTITIONS],
    /// Full chunks in the order in which they became so, and the numbers of those of each partition.
    slabs: Vec<Vec<Entry>>,
    chunks: Vec<Vec<u32>>,
    full: u32,
}

impl Hand {
    pub(super) fn new() -> Self {
        Self {
            open: vec![Entry::default(); PARTITIONS * CHUNK],
            filled: [0; PARTITIONS],
            slabs: Vec::new(),
            chunks: vec![Vec::new(); PARTITIONS],
            full: 0,
        }
    }

    #[inline]
    fn add(&mut self, (partition, entry): (u8, Entry)) {
        let at = usize::from(partition);
        let Some(filled) = self.filled.get_mut(at) else { return };
        if let Some(place) = self.open.get_mut(at * CHUNK + usize::from(*filled)) {
            *place = entry;
        }
        *filled += 1;
        if usize::from(*filled) == CHUNK {
            *filled = 0;
            self.close(at);
        }
    }

    /// Puts a chunk away that is full.
    fn close(&mut self, partition: usize) {
        let slab = self.full as usize / SLAB;
        if slab == self.slabs.len() {
            self.slabs.push(Vec::with_capacity(SLAB * CHUNK));
        }
        let open = self.open.get(partition * CHUNK..(partition + 1) * CHUNK);
        let (Some(slab), Some(chunks), Some(open)) = (self.slabs.get_mut(slab), self.chunks.get_mut(partition), open) else { return };
        slab.extend_from_slice(open);
        chunks.push(self.full);
        self.full += 1;
    }

    /// The rows of a partition, in no order.
    pub(super) fn of_partition(&self, partition: usize) -> impl Iterator<Item = &[Entry]> {
        let chunk = |chunk: &u32| {
            let (slab, at) = (*chunk as usize / SLAB, *chunk as usize % SLAB * CHUNK);
            self.slabs.get(slab)?.get(at..at + CHUNK)
        };
        let filled = self.filled.get(partition).copied().map_or(0, usize::from);
        let open = self.open.get(partition * CHUNK..partition * CHUNK + filled);
        self.chunks.get(partition).into_iter().flatten().filter_map(chunk).chain(open)
    }

    /// Lets go of all rows, and keeps the room that they had.
    pub(super) fn clear(&mut self) {
        self.filled = [0; PARTITIONS];
        self.slabs.iter_mut().for_each(Vec::clear);
        self.chunks.iter_mut().for_each(Vec::clear);
        self.full = 0;
    }
}

/// One thread that takes rows in.
pub(super) struct Dealer<'a> {
    people: &'a People,
    hand: Option<Hand>,
    rows: u64,
    waiting: Vec<(Plain, Place, Standing)>,
}

impl<'a> Dealer<'a> {
    pub(super) fn new(people: &'a People, hand: Hand) -> Self {
        Self { people, hand: Some(hand), rows: 0, waiting: Vec::with_capacity(WAITING) }
    }

    /// Adds the row of an address.
    #[inline]
    pub(super) fn plain(&mut self, address: Plain, place: Place, standing: Standing) {
        self.waiting.push((address, place, standing));
        if self.waiting.len() == WAITING {
            self.deal();
        }
    }

    /// Hashes what waits. Bytes that were written just now are slow to read; some rows later they are not.
    fn deal(&mut self) {
        let Some(hand) = &mut self.hand else { return };
        for (address, place, standing) in &self.waiting {
            hand.add(entry(address.bytes(), *place, Kind::Row(*standing, None), None));
        }
        self.rows += self.waiting.len() as u64;
        self.waiting.clear();
    }

    /// Adds the row of an address that is trimmed and in lower case already.
    pub(super) fn row(&mut self, address: &[u8], place: Place, standing: Standing) {
        self.add(entry(address, place, Kind::Row(standing, None), None));
    }

    /// Adds the row of such an address with its mark and its other spellings, so that they meet the people who are spelt so.
    pub(super) fn spellings(&mut self, address: &[u8], place: Place, standing: Standing, competitors: &[String]) {
        let mark = if Mark::is_at(address, competitors) { Some(Mark::Competitor) } else { Mark::of(address) };
        let Some(forms) = forms(address) else {
            self.add(entry(address, place, Kind::Row(standing, None), mark));
            return;
        };
        let mut moved = None;
        for (likeness, form) in Likeness::ALL.into_iter().zip(forms) {
            if form.as_bytes() != address {
                moved = moved.or(Some(likeness));
                self.add(entry(form.as_bytes(), place, Kind::Spelling(likeness), None));
            }
        }
        self.add(entry(address, place, Kind::Row(standing, moved), mark));
    }

    fn add(&mut self, entry: (u8, Entry)) {
        let Some(hand) = &mut self.hand else { return };
        hand.add(entry);
        self.rows += 1;
    }
}

impl Drop for Dealer<'_> {
    fn drop(&mut self) {
        self.deal();
        if let Some(hand) = self.hand.take() {
            self.people.take_back(hand, self.rows);
        }
    }
}
