//! The people of a plan, sorted into parties to each of whom the same happens.

use super::condition::Condition;
use super::delay::Minutes;
use super::events::EventFacts;
use super::journey::{Events, Traveller};
use super::muster::{Ages, Found, Muster, Mustered, Wanted, bit};
use crate::audience::{Parties, Party};
use std::collections::BTreeMap;

/// Everybody, and what is known of each import of events.
pub(super) struct Crowd {
    pub(super) parties: Parties,
    /// For each change what is known of its events, if it imports any.
    pub(super) events: Vec<Option<EventFacts>>,
    /// For each condition whether it could be asked.
    pub(super) answers: Vec<Answer>,
    /// For each change how its events are told apart by age, if it imports any, and the first of its lanes.
    ages: Vec<Option<(Ages, usize)>>,
    /// Where a list has the column of a condition: the list, the condition, and the lane of the rows that meet it.
    columns: Vec<(usize, usize, usize)>,
    counted: Vec<usize>,
    lists: usize,
}

/// Whether a condition could be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// A list has its column.
    Told,
    /// No list has.
    NoColumn,
    /// It could not be asked, for this reason.
    Refused(String),
}

impl Crowd {
    /// What was counted, with the lists of the plan before those of its changes.
    pub(super) fn of(muster: Muster<'_>, mustered: Mustered, lists: usize) -> Self {
        let Mustered { parties, found, refused } = mustered;
        let (mut lane, mut columns, mut counted) = (0, Vec::new(), Vec::new());
        let (mut events, mut ages) = (Vec::new(), Vec::new());
        for (number, (found, wanted)) in found.into_iter().zip(muster.wanted).enumerate() {
            let lanes = found.lanes(&wanted);
            let (mut facts, mut by_age) = (None, None);
            match (found, wanted) {
                (Found::Columns(conditions), _) => {
                    // One that could not be asked of a single list is not asked of the others: theirs would be taken for its answer.
                    let asked = conditions.iter().enumerate().filter(|(_, condition)| !refused.contains_key(condition));
                    columns.extend(asked.map(|(at, condition)| (number, *condition, lane + at)));
                }
                (Found::Events(known), Wanted::Events(limits)) => {
                    counted.push(number);
                    facts = Some(known);
                    by_age = Some((limits, lane));
                }
                (Found::Events(_), Wanted::Columns) => {}
            }
            if number >= lists {
                events.push(facts);
                ages.push(by_age);
            }
            lane += lanes;
        }
        let answer = |(number, _): (usize, &Condition)| match refused.get(&number) {
            Some(why) => Answer::Refused(why.clone()),
            None if columns.iter().any(|(_, other, _)| *other == number) => Answer::Told,
            None => Answer::NoColumn,
        };
        let answers = muster.conditions.iter().enumerate().map(answer).collect();
        Self { parties, events, answers, ages, columns, counted, lists }
    }

    /// The lists of the changes: only people on one of them are concerned.
    pub(super) fn concerned(&self) -> u64 {
        (self.lists..self.lists + self.events.len()).fold(0, |bits, list| bits | bit(list))
    }

    /// One of a party, ready to be walked through the world.
    pub(super) fn traveller(&self, party: &Party) -> Traveller {
        let lane = |lane: usize| party.lanes.get(lane).copied().unwrap_or_default();
        let rows = |list: usize| self.counted.binary_search(&list).ok().and_then(|at| party.rows.get(at)).copied().unwrap_or_default();
        let events = self.ages.iter().enumerate().map(|(change, ages)| {
            let Some((ages, first)) = ages else { return Events::default() };
            let mut young = 0_u32;
            let within: Vec<(Minutes, u32)> = ages
                .limits
                .iter()
                .zip(*first..)
                .map(|(limit, number)| {
                    young = young.saturating_add(lane(number));
                    (*limit, young)
                })
                .collect();
            let fresh = within.iter().find(|(limit, _)| *limit == ages.old_after).map_or(0, |(_, count)| *count);
            Events {
                all: rows(self.lists + change),
                undated: lane(first + ages.limits.len()),
                fresh,
                within: within.into_iter().map(|(limit, count)| (limit.0, count)).collect(),
            }
        });
        let on = self.columns.iter().filter(|(list, ..)| party.lists & bit(*list) != 0);
        let columns: BTreeMap<(usize, usize), bool> = on.map(|(list, condition, at)| ((*list, *condition), lane(*at) > 0)).collect();
        Traveller { lists: party.lists, events: events.collect(), columns }
    }
}
