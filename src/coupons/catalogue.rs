//! All coupons of all files: looked up by their code, or by what somebody may have meant.

use super::coupon::Coupon;
use super::json::Keys;
use super::near::{self, Difference, Near};
use super::platform::Platform;
use super::pool::Pool;
use super::record::Cell;
use super::table::Columns;
use crate::source::Source;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// The coupons that are known: each shared code by itself, in the order of the files, and pools of unique codes.
#[derive(Debug, Clone, Default)]
pub struct Coupons {
    pub(super) sources: Vec<Arc<Source>>,
    pub(super) shared: Vec<Coupon>,
    pub(super) pools: Vec<Pool>,
    /// Terms without a code of their own, by platform and id.
    pub(super) terms: HashMap<(Platform, String), Coupon>,
    /// Places in `shared` by code in ASCII capitals.
    pub(super) by_code: HashMap<String, Vec<usize>>,
}

/// How the records of a file are read again, one at a time.
#[derive(Debug)]
pub(super) enum Layout {
    Table(Columns),
    Json(Keys),
}

impl Layout {
    /// The cells of the record that begins at `record` and has its code at `code`.
    pub(super) fn cells<'a>(&self, source: &'a Source, record: usize, code: usize) -> Vec<Cell<'a>> {
        match self {
            Self::Table(columns) => columns.record_at(source.text(), record),
            Self::Json(keys) => keys.record_at(source.text(), record, code),
        }
    }
}

impl Coupons {
    /// A source that was read and holds no coupons, such as the answer of a shop without any.
    pub fn none_in(source: &Arc<Source>) -> Self {
        Self { sources: vec![Arc::clone(source)], ..Self::default() }
    }

    /// One catalogue out of several files. Codes whose terms stand in another file (Stripe coupons, Magento rules) get them.
    #[must_use]
    pub fn merge(files: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for mut file in files {
            all.sources.append(&mut file.sources);
            all.shared.append(&mut file.shared);
            all.pools.append(&mut file.pools);
            all.terms.extend(file.terms);
        }
        all.settle();
        all
    }

    /// Gives codes the terms they hang on, and makes the index.
    pub(super) fn settle(&mut self) {
        for coupon in &mut self.shared {
            if let Some(terms) = terms_of(&self.terms, coupon) {
                coupon.fill(terms);
            }
        }
        self.by_code.clear();
        for (at, coupon) in self.shared.iter().enumerate() {
            self.by_code.entry(coupon.code.to_ascii_uppercase()).or_default().push(at);
        }
    }

    /// The files, in the order given.
    pub fn sources(&self) -> &[Arc<Source>] {
        &self.sources
    }

    /// The shared codes, in file order. Codes of pools are not among them.
    pub fn all(&self) -> &[Coupon] {
        &self.shared
    }

    /// The pools of unique codes.
    pub fn pools(&self) -> &[Pool] {
        &self.pools
    }

    /// The pool of that name, ASCII case aside.
    pub fn pool(&self, name: &str) -> Option<&Pool> {
        self.pools.iter().find(|pool| pool.name() == name).or_else(|| self.pools.iter().find(|pool| pool.name().eq_ignore_ascii_case(name)))
    }

    /// Whether there is no code at all.
    pub fn is_empty(&self) -> bool {
        self.shared.is_empty() && self.pools.is_empty()
    }

    /// The coupon of a code: exactly as written first, else in other ASCII capitals, as shops take it. Spaces and hyphens
    /// belong to a code. Where the same code was made several times, the one that is not switched off or ended.
    pub fn find(&self, code: &str) -> Option<Cow<'_, Coupon>> {
        let code = code.trim();
        let places = self.by_code.get(&code.to_ascii_uppercase()).map_or(&[][..], Vec::as_slice);
        let all = places.iter().filter_map(|&at| self.shared.get(at));
        let best = all.min_by_key(|coupon| (near::dead(coupon), coupon.code != code));
        best.map(Cow::Borrowed)
            .or_else(|| self.pools.iter().find_map(|pool| pool.find(code)).map(|coupon| Cow::Owned(self.with_terms(coupon))))
    }

    /// The coupon that was most likely meant by a code which is not in the list: the same but for spaces and hyphens, or
    /// for letters that look alike (O and 0; I, l and 1), or up to two letters away.
    pub fn nearest(&self, code: &str) -> Option<Near<'_>> {
        let code = code.trim();
        let mut best: Option<Near<'_>> = None;
        let better = |best: &Option<Near<'_>>, difference: &Difference| best.as_ref().is_none_or(|near| *difference < near.difference);
        for coupon in &self.shared {
            if let Some(difference) = near::difference(code, &coupon.code)
                && better(&best, &difference)
            {
                best = Some(Near { coupon: Cow::Borrowed(coupon), difference });
            }
        }
        for pool in &self.pools {
            if let Some((coupon, difference)) = pool.nearest(code)
                && better(&best, &difference)
            {
                best = Some(Near { coupon: Cow::Owned(self.with_terms(coupon)), difference });
            }
        }
        best
    }

    fn with_terms(&self, mut coupon: Coupon) -> Coupon {
        if let Some(terms) = terms_of(&self.terms, &coupon) {
            coupon.fill(terms);
        }
        coupon
    }
}

fn terms_of<'a>(terms: &'a HashMap<(Platform, String), Coupon>, coupon: &Coupon) -> Option<&'a Coupon> {
    terms.get(&(coupon.platform, coupon.terms.clone()?))
}
