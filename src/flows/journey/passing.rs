//! Who is let in, as far as that can be decided.

use super::super::world::{Act, Test};
use super::Walk;

impl Walk<'_> {
    /// Whether the person is in a group; nothing where nobody gave its people.
    pub(super) fn is_in(&self, group: usize) -> Option<bool> {
        self.groups
            .get(&group)
            .copied()
            .or_else(|| self.world.segments.iter().zip(&self.segments).find(|((defined, _), _)| *defined == group)?.1.inside)
            .or_else(|| self.world.members.get(group).filter(|bits| **bits != 0).map(|bits| self.lists & bits != 0))
    }

    /// Whether the person meets a condition on a column: by what was imported last, or else by the first list that tells.
    fn column(&self, condition: usize) -> Option<bool> {
        let mut lists = self.imported.iter().rev().copied().chain(0..self.world.lists);
        lists.find_map(|list| self.columns.get(&(list, condition))).copied()
    }

    pub(super) fn passes(&self, test: &Test, imported: bool) -> Option<bool> {
        match test {
            Test::Member(group, inside) => self.is_in(*group).map(|is| is == *inside),
            Test::Customer(wanted) => (self.world.customers != 0).then_some((self.lists & self.world.customers != 0) == *wanted),
            Test::Column(condition) => self.column(*condition),
            Test::NotImported => Some(!imported),
            Test::Any(tests) => {
                let answers: Vec<Option<bool>> = tests.iter().map(|test| self.passes(test, imported)).collect();
                if answers.contains(&Some(true)) {
                    Some(true)
                } else if answers.contains(&None) {
                    None
                } else {
                    Some(false)
                }
            }
            Test::Unknown => None,
        }
    }

    /// Whether all tests are passed; nothing where none is failed and one cannot be decided.
    pub(super) fn passes_all(&self, tests: &[Test], imported: bool) -> Option<bool> {
        let answers: Vec<Option<bool>> = tests.iter().map(|test| self.passes(test, imported)).collect();
        if answers.contains(&Some(false)) {
            Some(false)
        } else if answers.contains(&None) {
            None
        } else {
            Some(true)
        }
    }
}

/// How many mails are on a way, on its fullest ways.
pub(super) fn mails(acts: &[Act]) -> usize {
    let of = |act: &Act| match act {
        Act::Send(_) => 1,
        Act::Split(ways) => ways.iter().map(|(_, acts)| mails(acts)).max().unwrap_or_default(),
        _ => 0,
    };
    acts.iter().map(of).sum()
}
