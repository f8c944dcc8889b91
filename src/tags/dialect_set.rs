//! Sets of dialects: a tag often belongs to several platforms that cannot be told apart.

use super::dialect::Dialect;
use super::register::dialects;

/// A set of dialects; one bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Dialects(u128);

impl Dialects {
    /// No dialect.
    pub const NONE: Self = Self(0);

    /// Every dialect.
    pub fn all() -> Self {
        (0..dialects().len()).fold(Self::NONE, Self::with)
    }

    pub(super) fn with(self, at: usize) -> Self {
        Self(self.0 | 1_u128.checked_shl(u32::try_from(at).unwrap_or(u32::MAX)).unwrap_or(0))
    }

    pub(super) fn has(self, at: usize) -> bool {
        self.and(Self::NONE.with(at)) != Self::NONE
    }

    /// The dialects in both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The dialects in either set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The dialects of this set that are not in the other.
    #[must_use]
    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The places of the dialects in the list of all.
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let at = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (at < 128).then_some(at)
        })
    }

    /// The dialects, in the order of the data file.
    pub fn iter(self) -> impl Iterator<Item = &'static Dialect> {
        self.places().filter_map(|at| dialects().get(at))
    }

    /// The dialect, if there is exactly one.
    pub fn only(self) -> Option<&'static Dialect> {
        if self.len() == 1 { self.iter().next() } else { None }
    }

    /// Whether a dialect of this id is among them.
    pub fn contains(self, id: &str) -> bool {
        self.iter().any(|dialect| dialect.id == id)
    }

    /// The dialects that the test holds for.
    #[must_use]
    pub fn filter(self, mut keep: impl FnMut(&Dialect) -> bool) -> Self {
        let kept = dialects().iter().enumerate().filter(|(at, dialect)| self.has(*at) && keep(dialect));
        kept.fold(Self::NONE, |set, (at, _)| set.with(at))
    }

    /// Said to people: the name if there is one, "Kit or Drip", or the language that they share.
    pub fn describe(self) -> String {
        let names: Vec<&str> = self.iter().map(|dialect| dialect.name.as_str()).collect();
        if names.len() <= 3 {
            return names.join(" or ");
        }
        let families: Vec<&str> = self.iter().map(|dialect| dialect.family.as_str()).collect();
        match families.as_slice() {
            [first, rest @ ..] if rest.iter().all(|family| family == first) => format!("{first}, as {} and others use it", names[0]),
            _ => format!("{}, {} and others", names[0], names[1]),
        }
    }
}
