//! Gathers the records of one file: into coupons, or into pools where there are too many to be shared codes.

use super::catalogue::{Coupons, Layout};
use super::coupon::Coupon;
use super::field::Field;
use super::pool::{EXAMPLES, Entry, Pool};
use super::record::{Cell, Facts, Notation, filled};
use crate::error::Error;
use crate::source::{Source, Span};
use rustc_hash::{FxHashMap, FxHasher};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A file with more codes than this is kept as a pool, whatever its columns: nobody shares a thousand codes.
const POOL_FROM: usize = 1_000;

/// A list with nothing but codes, dates and states is a pool from this many on; a few may be shared codes.
const BARE_POOL_FROM: usize = 25;

/// More names than this in a pool column are no names of pools.
const MOST_POOLS: usize = 10_000;

/// Codes of a large file that share their terms with no more than so many others were made by hand, and are no pool.
const FAMILY: u32 = 25;

/// More codes than this are never kept one by one.
const MOST_SHARED: usize = 10_000;

/// The records of one file, as they come.
pub(super) struct Collector<'f> {
    source: &'f Arc<Source>,
    notation: &'f Notation,
    layout: &'f Arc<Layout>,
    /// The format is one of unique codes.
    unique: bool,
    /// The file has nothing but codes, dates and states.
    bare: bool,
    coupons: Vec<Coupon>,
    count: usize,
    pools: Vec<Pool>,
    by_name: HashMap<String, usize>,
    terms: Vec<(String, Coupon)>,
    /// The last record's cells beside its code, and what they said: rows of a pool mostly repeat them.
    last: Option<(String, Facts, usize)>,
    run: u64,
    /// How many codes have the same terms, by the terms; and the terms of each entry of each pool.
    families: FxHashMap<u64, u32>,
    terms_of: Vec<Vec<u64>>,
}

impl<'f> Collector<'f> {
    pub(super) fn new(source: &'f Arc<Source>, notation: &'f Notation, layout: &'f Arc<Layout>, unique: bool, bare: bool) -> Self {
        let (coupons, pools, terms) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            source,
            notation,
            layout,
            unique,
            bare,
            coupons,
            count: 0,
            pools,
            by_name: HashMap::new(),
            terms,
            last: None,
            run: 0,
            families: FxHashMap::default(),
            terms_of: Vec::new(),
        }
    }

    /// Takes the cells of the record that begins at `start`.
    pub(super) fn record(&mut self, start: usize, cells: &[Cell]) -> Result<(), Error> {
        if let Some(id) = filled(cells, Field::Id).next() {
            let terms = self.notation.coupon(cells, id)?;
            self.terms.push((id.text.trim().to_owned(), terms));
        }
        let mut codes = filled(cells, Field::Code).peekable();
        if codes.peek().is_none() {
            if cells.iter().any(|cell| cell.field == Field::Code) {
                self.empty_row(start, cells);
            }
            return Ok(());
        }
        for code in codes {
            self.count += 1;
            if !self.unique && self.count <= POOL_FROM {
                self.coupons.push(self.notation.coupon(cells, code)?);
            } else if !self.bare {
                self.coupons.clear();
                self.notation.coupon(cells, code)?;
            }
            self.unique_code(start, cells, code)?;
        }
        Ok(())
    }

    /// Notes a code as one of a pool.
    fn unique_code(&mut self, start: usize, cells: &[Cell], code: &Cell) -> Result<(), Error> {
        let beside = || cells.iter().filter(|cell| cell.field != Field::Code).map(|cell| cell.text.as_ref());
        let repeated = self.last.as_ref().is_some_and(|(last, ..)| last.split_terminator('\u{1f}').eq(beside()));
        if !repeated {
            let facts = self.notation.facts(cells)?;
            let pool = self.pool_of(cells);
            self.close_run();
            self.last = Some((beside().flat_map(|text| [text, "\u{1f}"]).collect(), facts, pool));
        }
        self.run += 1;
        let place =
            |at: usize| u32::try_from(at).map_err(|_| Error::in_file(self.source.name(), "the file is larger than 4 GB").help("split it"));
        let entry = Entry { record: place(start)?, code: place(code.range.start)?, len: place(code.range.len())? };
        let at = self.last.as_ref().map_or(0, |last| last.2);
        if let Some(pool) = self.pools.get_mut(at) {
            pool.entries.push(entry);
        }
        if !self.unique && !self.bare {
            let terms = terms(cells);
            *self.families.entry(terms).or_default() += 1;
            if self.terms_of.len() <= at {
                self.terms_of.resize(at + 1, Vec::new());
            }
            self.terms_of.get_mut(at).into_iter().for_each(|of| of.push(terms));
        }
        Ok(())
    }

    /// Adds the run of equal records to its pool's tally.
    fn close_run(&mut self) {
        if let Some((_, facts, at)) = self.last.take()
            && let Some(pool) = self.pools.get_mut(at)
        {
            *pool.tally.entry(facts).or_default() += self.run;
        }
        self.run = 0;
    }

    fn empty_row(&mut self, start: usize, cells: &[Cell]) {
        let at = self.pool_of(cells);
        let span = self.source.span(start..cells.iter().map(|cell| cell.range.end).max().unwrap_or(start));
        if let Some(pool) = self.pools.get_mut(at) {
            pool.empty_count += 1;
            if pool.empty.len() < EXAMPLES {
                pool.empty.push(span);
            }
        }
    }

    /// The number of the pool that a record belongs to; a new one if need be.
    fn pool_of(&mut self, cells: &[Cell]) -> usize {
        let named = filled(cells, Field::Pool).next().map(|cell| cell.text.trim());
        let name = named.filter(|_| self.pools.len() < MOST_POOLS).unwrap_or_default();
        if let Some(&at) = self.by_name.get(name) {
            return at;
        }
        self.by_name.insert(name.to_owned(), self.pools.len());
        self.pools.push(Pool {
            name: if name.is_empty() { stem(self.source.name()).to_owned() } else { name.to_owned() },
            source: Arc::clone(self.source),
            notation: self.notation.clone(),
            layout: Arc::clone(self.layout),
            entries: Vec::new(),
            sorted: Vec::new(),
            tally: HashMap::new(),
            empty: Vec::<Span>::new(),
            empty_count: 0,
            doubled: Vec::new(),
            distinct: 0,
        });
        self.pools.len() - 1
    }

    /// Decides what the file was.
    pub(super) fn finish(mut self) -> Result<Coupons, Error> {
        if self.count == 0 && self.terms.is_empty() {
            return Err(
                Error::in_file(self.source.name(), "the coupon file holds no codes").help("export it again, with at least one code")
            );
        }
        self.close_run();
        let pooled = self.unique || self.count > POOL_FROM || (self.bare && self.count >= BARE_POOL_FROM);
        let mut file = Coupons { sources: vec![Arc::clone(self.source)], ..Coupons::default() };
        if pooled {
            file.shared = self.take_shared();
            self.pools.retain(|pool| pool.count() + pool.empty_count > 0);
            self.pools.iter_mut().for_each(Pool::settle);
            file.pools = self.pools;
        } else {
            file.shared = self.coupons;
        }
        file.terms = self.terms.into_iter().map(|(id, terms)| ((self.notation.platform, id), terms)).collect();
        file.settle();
        Ok(file)
    }

    /// Takes the codes that were made by hand out of the pools: those that share their terms with few others.
    fn take_shared(&mut self) -> Vec<Coupon> {
        let families = std::mem::take(&mut self.families);
        let by_hand = |terms: &u64| families.get(terms).is_some_and(|codes| *codes <= FAMILY);
        if self.terms_of.iter().flatten().filter(|terms| by_hand(terms)).count() > MOST_SHARED {
            return Vec::new();
        }
        let mut shared = Vec::new();
        for (pool, terms) in self.pools.iter_mut().zip(&self.terms_of) {
            let mut number = 0;
            shared.extend(pool.take(|| {
                number += 1;
                terms.get(number - 1).is_some_and(by_hand)
            }));
        }
        shared
    }
}

/// What the cells of a record say of its terms, and not of the one code, as a number.
fn terms(cells: &[Cell]) -> u64 {
    const OWN: [Field; 7] = [Field::Code, Field::Id, Field::Uses, Field::State, Field::Starts, Field::Ends, Field::EndsUtc];
    let mut hasher = FxHasher::default();
    for cell in cells.iter().filter(|cell| !OWN.contains(&cell.field) && cell.field != Field::Group) {
        (cell.field, cell.text.as_ref()).hash(&mut hasher);
    }
    hasher.finish()
}

/// A file's name without its folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
