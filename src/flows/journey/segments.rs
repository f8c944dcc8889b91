//! Segments: somebody comes into one when what is known of them changes, and out of it again.

use super::{Setting, Walk};
use jiff::Zoned;

/// How often segments are asked in turn, where one hangs on another.
const MOST_TURNS: usize = 8;

/// What is known of a person and a segment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Belonging {
    /// Whether they are in it, by its definition; nothing where that cannot be decided.
    told: Option<bool>,
    /// Whether they are in it.
    pub(super) inside: Option<bool>,
}

impl Walk<'_> {
    /// Finds out who is in which segment before anything happens.
    pub(super) fn settle(&mut self) {
        self.segments = self.world.segments.iter().map(|(group, _)| self.given(*group)).collect();
        for _ in 0..self.segments.len().min(MOST_TURNS) {
            for at in 0..self.segments.len() {
                let told = self.told(at);
                let known = self.world.segments.get(at).and_then(|(group, _)| self.given(*group).inside);
                if let Some(segment) = self.segments.get_mut(at) {
                    *segment = Belonging { told, inside: known.or(told) };
                }
            }
        }
    }

    /// What a list of the segment's people says.
    fn given(&self, group: usize) -> Belonging {
        let members = self.world.members.get(group).filter(|bits| **bits != 0);
        Belonging { told: None, inside: members.map(|bits| self.lists & bits != 0) }
    }

    fn told(&self, at: usize) -> Option<bool> {
        self.world.segments.get(at).and_then(|(_, tests)| self.passes_all(tests, false))
    }

    /// After something has changed: starts the flows of segments into which the person has come.
    pub(super) fn sort_in(&mut self, now: &Zoned, by: &Setting<'_>) {
        for _ in 0..self.segments.len().min(MOST_TURNS) {
            let mut moved = false;
            for at in 0..self.segments.len() {
                let (told, before) = (self.told(at), self.segments.get(at).copied().unwrap_or_default());
                if told == before.told {
                    continue;
                }
                moved = true;
                if let Some(segment) = self.segments.get_mut(at) {
                    *segment = Belonging { told, inside: told };
                }
                if told != Some(false) && before.inside != Some(true) {
                    self.enter(at, now, &Setting { certain: by.certain && told.is_some() && before.inside.is_some(), ..*by });
                }
            }
            if !moved {
                break;
            }
        }
    }

    fn enter(&mut self, segment: usize, now: &Zoned, by: &Setting<'_>) {
        let world = self.world;
        let group = world.segments.get(segment).map(|(group, _)| *group);
        for flow in group.and_then(|group| world.joins.get(group)).into_iter().flatten() {
            self.start(*flow, now, by, false);
        }
    }
}
