//! Who gets it now and did not before, and the other way round.

use crate::audience::{Audience, Example};

/// How the people of two send lists differ. Everybody counts once, however often they stand there.
#[derive(Debug, Clone, Default)]
pub struct PeopleChange {
    /// How many got it before.
    pub was: u64,
    /// How many get it now.
    pub is: u64,
    /// How many are new.
    pub joined: u64,
    /// How many are gone.
    pub left: u64,
    /// A few who are new.
    pub joined_such_as: Vec<Example>,
    /// A few who are gone.
    pub left_such_as: Vec<Example>,
}

impl PeopleChange {
    /// Of lists of which the first `before` are the old send list and the others the new one.
    pub fn of(audience: &Audience, before: usize) -> Self {
        let old = (0..before.min(64)).fold(0_u64, |bits, at| bits | 1 << at);
        let mut change = Self::default();
        for combination in &audience.combinations {
            let (was, is) = (combination.lists & old != 0, combination.lists & !old != 0);
            change.was += if was { combination.people } else { 0 };
            change.is += if is { combination.people } else { 0 };
            let (count, such_as) = match (was, is) {
                (false, true) => (&mut change.joined, &mut change.joined_such_as),
                (true, false) => (&mut change.left, &mut change.left_such_as),
                _ => continue,
            };
            *count += combination.people;
            such_as.extend(combination.examples.iter().cloned());
        }
        change
    }

    /// Whether the same people get it.
    pub fn is_empty(&self) -> bool {
        self.joined == 0 && self.left == 0
    }
}
