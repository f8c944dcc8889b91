//! Sorting the rows of one partition.

use super::entry::Entry;

/// Rows that share a bucket, on average; so few are sorted in no time.
const BUCKET: usize = 4;
/// The most buckets of a partition.
const MOST_BUCKETS: usize = 1 << 16;

/// Where the rows of a partition are sorted, one partition after the other.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    ends: Vec<u32>,
    entries: Vec<Entry>,
}

impl Buckets {
    /// Sorts the rows of a partition: into buckets by the highest bits of their hashes, which are as good as chance, and then
    /// each bucket on its own.
    pub(super) fn sorted(&mut self, rows: &[&[Entry]]) -> &[Entry] {
        let Self { ends, entries } = self;
        let count: usize = rows.iter().map(|rows| rows.len()).sum();
        let buckets = (count / BUCKET).next_power_of_two().clamp(2, MOST_BUCKETS);
        let shift = u64::BITS - buckets.trailing_zeros();
        #[allow(clippy::cast_possible_truncation, reason = "what is left of the hash is less than the number of buckets")]
        let bucket = |entry: &Entry| (entry.high() >> shift) as usize;
        ends.clear();
        ends.resize(buckets, 0);
        let mut note = |entry: &Entry| {
            if let Some(count) = ends.get_mut(bucket(entry)) {
                *count += 1;
            }
        };
        // Chunks are far apart in memory; four at once are waited for together.
        for rows in rows.chunks(4) {
            match rows {
                [a, b, c, d] if a.len() == b.len() && b.len() == c.len() && c.len() == d.len() => {
                    for (((a, b), c), d) in a.iter().zip(*b).zip(*c).zip(*d) {
                        note(a);
                        note(b);
                        note(c);
                        note(d);
                    }
                }
                _ => rows.iter().copied().flatten().for_each(&mut note),
            }
        }
        let mut before = 0;
        for end in ends.iter_mut() {
            before += std::mem::replace(end, before);
        }
        if entries.len() < count {
            entries.resize(count, Entry::default());
        }
        for entry in rows.iter().copied().flatten() {
            let Some(end) = ends.get_mut(bucket(entry)) else { continue };
            if let Some(place) = entries.get_mut(*end as usize) {
                *place = *entry;
            }
            *end += 1;
        }
        let mut rest = entries.as_mut_slice();
        let mut start = 0;
        for end in ends {
            let (bucket, later) = rest.split_at_mut((*end - start) as usize);
            match bucket {
                [] | [_] => {}
                [a, b] if *a <= *b => {}
                [a, b] => std::mem::swap(a, b),
                more => more.sort_unstable(),
            }
            (rest, start) = (later, *end);
        }
        entries.get(..count).unwrap_or_default()
    }
}
