//! Pools of unique codes, kept as places in their text so that millions of them stay small.

use super::catalogue::Layout;
use super::coupon::{Coupon, State};
use super::near::{self, Difference};
use super::record::{Facts, Notation};
use crate::source::{Source, Span};
use jiff::Zoned;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

/// Unique codes that are handed out one to a person, out of one file.
#[derive(Debug, Clone)]
pub struct Pool {
    pub(super) name: String,
    pub(super) source: Arc<Source>,
    pub(super) notation: Notation,
    pub(super) layout: Arc<Layout>,
    /// In file order.
    pub(super) entries: Vec<Entry>,
    /// The entries' numbers in the order of their codes.
    pub(super) sorted: Vec<u32>,
    pub(super) tally: HashMap<Facts, u64>,
    pub(super) empty: Vec<Span>,
    pub(super) empty_count: u64,
    pub(super) doubled: Vec<Doubled>,
    pub(super) distinct: u64,
}

/// Where a code stands: the beginning of its record, its own beginning, its length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) record: u32,
    pub(super) code: u32,
    pub(super) len: u32,
}

/// A code that stands in its pool more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubled {
    /// The code.
    pub code: String,
    /// The first places, three at most, in file order.
    pub spans: Vec<Span>,
    /// How often it stands there.
    pub times: u64,
}

/// How many doubled codes and empty rows are shown as examples.
pub(super) const EXAMPLES: usize = 20;

impl Pool {
    /// The pool's name: what its file calls it, else the file's own name without folder and ending.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file it was read from.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// How many codes it has, doubled ones included.
    pub fn count(&self) -> u64 {
        self.entries.len() as u64
    }

    /// How many different codes it has; capitals make a difference.
    pub fn distinct(&self) -> u64 {
        self.distinct
    }

    /// The first codes that stand there more than once. How many are too many in all: `count() - distinct()`.
    pub fn doubled(&self) -> &[Doubled] {
        &self.doubled
    }

    /// How many rows have no code.
    pub fn empty(&self) -> u64 {
        self.empty_count
    }

    /// The first rows that have no code.
    pub fn empty_rows(&self) -> &[Span] {
        &self.empty
    }

    /// How many codes nobody has yet: neither assigned, used, switched off nor used up. Where the file does not say, all.
    pub fn unassigned(&self) -> u64 {
        self.sum(Facts::free)
    }

    /// How many codes are over at a time.
    pub fn expired_at(&self, at: &Zoned) -> u64 {
        self.sum(|facts| facts.over_at(at))
    }

    /// How many codes can be handed out at a time: unassigned, begun, and not over.
    pub fn usable_at(&self, at: &Zoned) -> u64 {
        self.sum(|facts| facts.free() && facts.begun_at(at) && !facts.over_at(at))
    }

    /// All codes, in file order.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.code_in(self.source.text()))
    }

    /// Whether a code is in the pool, ASCII case aside.
    pub fn contains(&self, code: &str) -> bool {
        !self.same(code).is_empty()
    }

    /// The coupon of a code: as written first, else in other ASCII capitals.
    pub fn find(&self, code: &str) -> Option<Coupon> {
        let same = self.same(code);
        let exact = same.iter().find(|&&number| self.code(number) == code);
        self.coupon(*exact.or(same.first())?)
    }

    /// The numbers of the entries whose code is the same but for ASCII case.
    fn same(&self, code: &str) -> &[u32] {
        let from = self.sorted.partition_point(|&number| folded(self.code(number), code) == Ordering::Less);
        let rest = self.sorted.get(from..).unwrap_or_default();
        let count = rest.partition_point(|&number| folded(self.code(number), code) == Ordering::Equal);
        rest.get(..count).unwrap_or_default()
    }

    /// The likeliest code that was meant by one that is not in the pool.
    pub(super) fn nearest(&self, code: &str) -> Option<(Coupon, Difference)> {
        let near =
            (0..).zip(self.codes()).filter_map(|(number, listed)| near::difference(code, listed).map(|difference| (number, difference)));
        let (number, difference) = near.min_by(|(_, one), (_, other)| one.cmp(other))?;
        Some((self.coupon(number)?, difference))
    }

    /// Reads one record again, whole.
    fn coupon(&self, number: u32) -> Option<Coupon> {
        let entry = self.entries.get(number as usize)?;
        let cells = self.layout.cells(&self.source, entry.record as usize, entry.code as usize);
        let code = cells.iter().find(|cell| cell.range.start == entry.code as usize)?;
        let mut coupon = self.notation.coupon(&cells, code).ok()?;
        coupon.pool = Some(self.name.clone());
        Some(coupon)
    }

    fn code(&self, number: u32) -> &str {
        self.entries.get(number as usize).map_or("", |entry| entry.code_in(self.source.text()))
    }

    fn sum(&self, fits: impl Fn(&Facts) -> bool) -> u64 {
        self.tally.iter().filter(|(facts, _)| fits(facts)).map(|(_, count)| count).sum()
    }

    /// Takes those codes out for which `is_meant` says so, one after the other, as codes that are no pool's.
    pub(super) fn take(&mut self, mut is_meant: impl FnMut() -> bool) -> Vec<Coupon> {
        let (taken, kept) = std::mem::take(&mut self.entries).into_iter().partition(|_| is_meant());
        self.entries = kept;
        let read = |entry: Entry| {
            let cells = self.layout.cells(&self.source, entry.record as usize, entry.code as usize);
            let code = cells.iter().find(|cell| cell.range.start == entry.code as usize)?;
            let counted = self.notation.facts(&cells).ok().and_then(|facts| self.tally.get_mut(&facts));
            if let Some(count) = counted {
                *count = count.saturating_sub(1);
            }
            self.notation.coupon(&cells, code).ok()
        };
        let taken: Vec<Entry> = taken;
        taken.into_iter().filter_map(read).collect()
    }

    /// Sorts the codes and finds the doubled ones.
    pub(super) fn settle(&mut self) {
        let text = self.source.text();
        let common = common_prefix(self.entries.iter().map(|entry| entry.code_in(text).as_bytes()));
        let mut keyed: Vec<(u64, u32)> =
            (0..).zip(&self.entries).map(|(number, entry)| (key(entry.code_in(text).as_bytes(), common), number)).collect();
        let code = |number: u32| self.entries.get(number as usize).map_or("", |entry| entry.code_in(text));
        keyed.sort_unstable_by(|(a, x), (b, y)| {
            a.cmp(b).then_with(|| folded(code(*x), code(*y))).then_with(|| code(*x).cmp(code(*y))).then(x.cmp(y))
        });
        let sorted: Vec<u32> = keyed.into_iter().map(|(_, number)| number).collect();
        let mut doubled = Vec::new();
        self.distinct = 0;
        for same in sorted.chunk_by(|&a, &b| code(a) == code(b)) {
            self.distinct += 1;
            if same.len() > 1 {
                doubled.push((same[0], same));
            }
        }
        doubled.sort_unstable();
        let span = |number: &u32| self.entries.get(*number as usize).map(|entry| entry.span(&self.source));
        self.doubled = doubled
            .into_iter()
            .take(EXAMPLES)
            .map(|(first, same)| Doubled {
                code: code(first).to_owned(),
                spans: same.iter().take(3).filter_map(span).collect(),
                times: same.len() as u64,
            })
            .collect();
        self.sorted = sorted;
    }
}

impl Entry {
    fn code_in<'a>(&self, text: &'a str) -> &'a str {
        let start = self.code as usize;
        text.get(start..start + self.len as usize).unwrap_or_default()
    }

    fn span(&self, source: &Arc<Source>) -> Span {
        source.span(self.code as usize..self.code as usize + self.len as usize)
    }
}

impl Facts {
    fn free(&self) -> bool {
        let taken = [State::Assigned, State::Used, State::Inactive, State::Draft, State::Expired];
        !self.used_up && !self.state.as_ref().is_some_and(|state| taken.contains(state))
    }

    fn begun_at(&self, at: &Zoned) -> bool {
        self.starts.is_none_or(|start| *at >= start.resolve(super::Edge::DayBegins, at.time_zone()))
    }

    fn over_at(&self, at: &Zoned) -> bool {
        self.ends.is_some_and(|(end, edge)| *at > end.resolve(edge, at.time_zone()))
    }
}

/// Compares two codes with ASCII case aside.
fn folded(a: &str, b: &str) -> Ordering {
    a.bytes().map(|byte| byte.to_ascii_uppercase()).cmp(b.bytes().map(|byte| byte.to_ascii_uppercase()))
}

/// Eight folded bytes after the prefix that all codes share: most comparisons end there.
fn key(code: &[u8], common: usize) -> u64 {
    let mut eight = [0; 8];
    for (slot, byte) in eight.iter_mut().zip(code.get(common..).unwrap_or_default()) {
        *slot = byte.to_ascii_uppercase();
    }
    u64::from_be_bytes(eight)
}

fn common_prefix<'a>(mut codes: impl Iterator<Item = &'a [u8]>) -> usize {
    let Some(first) = codes.next() else { return 0 };
    codes.fold(first.len(), |length, code| first.iter().take(length).zip(code).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count())
}
