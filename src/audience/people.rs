//! The set engine: which address is on which lists, exactly, at sixteen bytes a row.
//!
//! A row is kept as one number of 128 bits: 85 bits of a 128-bit hash of its address, its list, its line,
//! what it says of its person and what kind of address it is. Rows are dealt into partitions by eight further bits of the hash; each
//! partition is then sorted on its own, which brings the rows of one person together, in the order of lists
//! and lines. On send lists an address with a tag, with Gmail's dots or with letters beyond ASCII takes up to
//! three times sixteen bytes more, for its other spellings. Beside that every thread needs
//! some two megabytes. Where memory is bounded, partitions are written out whenever they are full, and read back one by one.
//!
//! The hash is XXH3, with all its 128 bits as good as chance
//! (<https://github.com/Cyan4973/xxHash>). Two addresses are taken for one only if 93 bits of their hashes agree. Among a hundred million
//! addresses the chance of even one such pair is about 5 in 10^13; among a billion, 5 in 10^11.

use super::buckets::Buckets;
use super::dealer::{Dealer, Hand};
use super::entry::{Entry, PARTITIONS};
use super::memory::{Memory, Spilled};
use crate::error::Error;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Takes rows and keeps them by partition. What finds no room in memory is put aside on disk.
#[derive(Debug)]
pub(super) struct People {
    /// What threads have dealt that are not dealing now.
    hands: Mutex<Vec<Hand>>,
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
        Self { hands: Mutex::default(), memory: memory.clone(), held: AtomicU64::new(0), room, spilled: None }
    }

    /// Begins to take rows in, from many threads at once; their order does not matter.
    pub(super) fn dealer(&self) -> Dealer<'_> {
        let hand = self.hands.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Dealer::new(self, hand.unwrap_or_else(Hand::new))
    }

    /// Takes back what a dealer has dealt, with so many rows more than before.
    pub(super) fn take_back(&self, hand: Hand, rows: u64) {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner).push(hand);
        self.held.fetch_add(rows, Ordering::Relaxed);
    }

    /// Whether rows must be put aside before more of them are taken in.
    pub(super) fn is_full(&self) -> bool {
        self.held.load(Ordering::Relaxed) > self.room
    }

    /// Puts all rows aside if they are more than may be held.
    ///
    /// # Errors
    /// A disk that is full, or that cannot be written.
    pub(super) fn make_room(&mut self) -> Result<(), Error> {
        if !self.is_full() {
            return Ok(());
        }
        let spilled = match &mut self.spilled {
            Some(spilled) => spilled,
            None => self.spilled.insert(Spilled::begin(&self.memory, PARTITIONS)?),
        };
        let hands = self.hands.get_mut().unwrap_or_else(PoisonError::into_inner);
        for partition in 0..PARTITIONS {
            spilled.write(partition, hands.iter().flat_map(|hand| hand.of_partition(partition)))?;
        }
        hands.iter_mut().for_each(Hand::clear);
        *self.held.get_mut() = 0;
        Ok(())
    }

    /// Lets every thread look at partition after partition with what it has made so far; a person's rows stand together,
    /// by list and line. `look` is told which partition it is, and `join` puts together what two threads have made.
    ///
    /// # Errors
    /// Rows that were put aside and cannot be read back.
    pub(super) fn gather<T: Send>(
        self,
        start: impl Fn() -> T + Sync,
        look: impl Fn(&mut T, usize, &[Entry]) + Sync,
        join: impl Fn(T, T) -> T,
    ) -> Result<T, Error> {
        let (hands, spilled) = (self.hands.into_inner().unwrap_or_else(PoisonError::into_inner), self.spilled);
        let (next, threads) = (AtomicUsize::new(0), rayon::current_num_threads());
        // Beyond so many rows, those of a partition are not held twice.
        let once = usize::try_from(self.room).unwrap_or(usize::MAX) / (2 * threads);
        let hand = |_| {
            let (mut made, mut buckets, mut aside) = (start(), Buckets::default(), Vec::new());
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                if at >= PARTITIONS {
                    return Ok(made);
                }
                aside.clear();
                let held = || hands.iter().flat_map(|hand| hand.of_partition(at));
                if let Some(spilled) = &spilled {
                    let count = spilled.rows(at) + held().map(<[Entry]>::len).sum::<usize>();
                    if count > once {
                        aside.reserve_exact(count);
                        spilled.read(at, &mut aside)?;
                        aside.extend(held().flatten());
                        aside.sort_unstable();
                        look(&mut made, at, &aside);
                        continue;
                    }
                    aside.reserve(count);
                    spilled.read(at, &mut aside)?;
                }
                let rows: Vec<&[Entry]> = held().chain([aside.as_slice()]).collect();
                look(&mut made, at, buckets.sorted(&rows));
            }
        };
        let made: Vec<Result<T, Error>> = (0..threads).into_par_iter().with_max_len(1).map(hand).collect();
        made.into_iter().try_fold(start(), |all, one| Ok(join(all, one?)))
    }
}
