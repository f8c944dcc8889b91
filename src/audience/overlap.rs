//! Who stands on several lists: the send list against others, and every list against every other.

use super::{Audience, Combination, EXAMPLES, Example};
use crate::settings::Role;

/// People on the send list who also stand on lists of a role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlap {
    /// How many would get the mail, each counted once.
    pub people: u64,
    /// How many more stand on both, but are ruled out by the send list's own status column.
    pub ruled_out: u64,
    /// For each list of the role its index and how many of `people` stand on it.
    pub per_list: Vec<(usize, u64)>,
    /// The first few; their first place is on the send list.
    pub examples: Vec<Example>,
}

impl Audience {
    /// People on the send list who also stand on a list of `role`.
    pub fn overlap(&self, role: Role) -> Overlap {
        self.overlap_of(self.mask(Role::Send), self.mask(role))
    }

    /// People on any list of `send` who also stand on any of `others`; both have a bit for each list.
    pub fn overlap_of(&self, send: u64, others: u64) -> Overlap {
        let mut overlap = Overlap::default();
        let hit: Vec<&Combination> =
            self.combinations.iter().filter(|combination| combination.lists & send != 0 && combination.lists & others != 0).collect();
        for combination in &hit {
            overlap.people += combination.mailable;
            overlap.ruled_out += combination.people - combination.mailable;
            let mailable = usize::try_from(combination.mailable).unwrap_or(usize::MAX);
            overlap.examples.extend(combination.examples.iter().take(mailable).cloned());
        }
        overlap.examples.sort_by_key(|example| (example.at.list, example.at.line));
        overlap.examples.truncate(EXAMPLES);
        let on = |list: usize| {
            hit.iter().filter(|combination| combination.lists & (1 << list) != 0).map(|combination| combination.mailable).sum()
        };
        overlap.per_list = (0..self.lists.len()).filter(|list| others & (1 << list) != 0).map(|list| (list, on(list))).collect();
        overlap
    }

    /// How many people stand on both of two lists; on the diagonal the lists' sizes.
    pub fn pairs(&self) -> Vec<Vec<u64>> {
        let mut pairs = vec![vec![0; self.lists.len()]; self.lists.len()];
        for combination in &self.combinations {
            for (_, row) in pairs.iter_mut().enumerate().filter(|(one, _)| combination.lists & (1 << one) != 0) {
                for (_, both) in row.iter_mut().enumerate().filter(|(other, _)| combination.lists & (1 << other) != 0) {
                    *both += combination.people;
                }
            }
        }
        pairs
    }
}
