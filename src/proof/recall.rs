//! What one thread recalls from row to row: classes of values, and kinds of rows whose values are of the same classes.
//!
//! Nothing of it changes an answer: what is forgotten is worked out again.

use super::classes::{Class, Classes, Group};
use super::kinds::{Signature, Sorter};
use super::memo::{Key, Memo};
use super::render::Values;
use super::taking::Rows;
use crate::audience::{self, Block, Cells};
use encoding_rs::Encoding;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// How many kinds, and how many ways to come to them, are recalled at the beginning of a block.
const MOST: usize = 1 << 16;

/// Rows of one kind in a block, with the place of the first of them.
pub(super) type Sorted = Vec<(Signature, Rows, usize)>;

/// What is the same for every row of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed<'a, 't> {
    pub(super) sorter: &'a Sorter<'t>,
    pub(super) classes: &'a Classes<'t>,
    pub(super) charset: &'static Encoding,
    /// The column of the addresses.
    pub(super) address: usize,
}

/// What one thread recalls.
#[derive(Debug)]
pub(super) struct Recall {
    groups: Vec<Known>,
    /// The kind of a row, by the classes of its values.
    kinds: FxHashMap<Box<[Class]>, usize>,
    by_signature: FxHashMap<Signature, usize>,
    signatures: Vec<Signature>,
    /// For each kind its place among those of the present block.
    places: Vec<Option<usize>>,
}

/// What is known of the values of a group.
#[derive(Debug)]
struct Known {
    memo: Memo,
    classes: FxHashMap<Box<[u16]>, Class>,
}

impl Recall {
    pub(super) fn of(classes: &Classes<'_>) -> Self {
        let known = |_: &Group<'_>| Known { memo: Memo::new(), classes: FxHashMap::default() };
        Self {
            groups: classes.groups.iter().map(known).collect(),
            kinds: FxHashMap::default(),
            by_signature: FxHashMap::default(),
            signatures: Vec::new(),
            places: Vec::new(),
        }
    }

    /// The kinds of a block's rows, in the order in which they come up.
    pub(super) fn sorted(&mut self, listed: Listed<'_, '_>, block: &Block) -> Sorted {
        self.forget_some();
        let mut found: Vec<(usize, Rows, usize)> = Vec::new();
        let mut values = Values::of(listed.sorter.template, |_| Cow::Borrowed(""));
        let (mut met, mut codes) = (Vec::with_capacity(self.groups.len()), Vec::new());
        for (at, row) in block.rows().enumerate() {
            if !audience::is_in(row, listed.address, listed.charset) {
                continue;
            }
            met.clear();
            for (group, known) in listed.classes.groups.iter().zip(&mut self.groups) {
                met.push(known.class(listed, group, row, &mut values, &mut codes));
            }
            let kind = match self.kinds.get(met.as_slice()) {
                Some(kind) => *kind,
                None => self.new_kind(listed, row, &met),
            };
            if let Some((_, who, _)) = self.places.get(kind).copied().flatten().and_then(|place| found.get_mut(place)) {
                who.add(row.line);
                continue;
            }
            self.places.get_mut(kind).into_iter().for_each(|place| *place = Some(found.len()));
            found.push((kind, Rows { rows: 1, lines: vec![row.line] }, at));
        }
        let kinds = found.into_iter().filter_map(|(kind, who, first)| {
            *self.places.get_mut(kind)? = None;
            Some((self.signatures.get(kind)?.clone(), who, first))
        });
        kinds.collect()
    }

    /// The kind of a row whose classes have not met before.
    fn new_kind(&mut self, listed: Listed<'_, '_>, row: Cells<'_>, met: &[Class]) -> usize {
        let Listed { sorter, charset, .. } = listed;
        let person = sorter.person().map(|column| column.map_or(Cow::Borrowed(""), |column| audience::text(row.get(column), charset)));
        let mut signature = Signature::new();
        sorter.sort(&mut values(listed, row), person.each_ref().map(|cell| &**cell), &mut signature);
        let next = self.signatures.len();
        let kind = *self.by_signature.entry(signature.clone()).or_insert(next);
        if kind == next {
            self.signatures.push(signature);
            self.places.push(None);
        }
        self.kinds.insert(met.into(), kind);
        kind
    }

    /// Begins anew where too much would be recalled.
    fn forget_some(&mut self) {
        if self.kinds.len() > MOST {
            self.kinds.clear();
            self.by_signature.clear();
            self.signatures.clear();
            self.places.clear();
        }
        for known in &mut self.groups {
            if known.classes.len() > MOST {
                // Classes are numbered anew, so no kind that was found by one may stay.
                known.memo = Memo::new();
                known.classes.clear();
                self.kinds.clear();
            }
        }
    }
}

impl Known {
    /// The class of a row's values.
    #[inline]
    fn class<'r>(
        &mut self,
        listed: Listed<'_, '_>,
        group: &Group<'_>,
        row: Cells<'r>,
        values: &mut Values<'_, 'r>,
        codes: &mut Vec<u16>,
    ) -> Class {
        let key = Key::of(&row, &group.columns);
        if let Some(class) = key.as_ref().and_then(|key| self.memo.find(key)) {
            return class;
        }
        listed.classes.codes(listed.sorter, group, (row, listed.charset), values, codes);
        let next = Class::try_from(self.classes.len()).unwrap_or(Class::MAX);
        let class = match self.classes.get(codes.as_slice()) {
            Some(class) => *class,
            None => *self.classes.entry(codes.as_slice().into()).or_insert(next),
        };
        if let Some(key) = key {
            self.memo.keep(key, class);
        }
        class
    }
}

/// The values of a row that the draft looks at.
pub(super) fn values<'t, 'r>(listed: Listed<'_, 't>, row: Cells<'r>) -> Values<'t, 'r> {
    Values::of(listed.sorter.template, |column| audience::text(row.get(column), listed.charset))
}
