//! The people of a plan, sorted by the set engine into parties to each of whom the same happens.

use super::catalogue::Flows;
use super::condition::Condition;
use super::delay::Minutes;
use super::events::{self, EventFacts, since};
use super::flow::{Trigger, plain};
use super::journey::{Events, Traveller};
use super::plan::{Act, Plan};
use crate::audience::{Asked, List, Memory, Parties, Party, header, parties};
use crate::error::Error;
use crate::settings::Role;
use jiff::{Timestamp, Zoned};
use std::collections::BTreeMap;

/// Everybody, and what is known of each import of events.
pub(super) struct Crowd {
    pub(super) parties: Parties,
    /// For each change what is known of its events, if it imports any.
    pub(super) events: Vec<Option<EventFacts>>,
    /// For each condition whether any list has its column.
    pub(super) answered: Vec<bool>,
    /// For each change how its events are told apart by age, if it imports any.
    ages: Vec<Option<Ages>>,
    /// Where a list has the column of a condition: the list, the condition, and the lane of the rows that meet it.
    columns: Vec<(usize, usize, usize)>,
    counted: Vec<usize>,
    lists: usize,
}

/// Events by age, a lane for each: those within the first limit, those within the next, and so on, and last those
/// without a date. The oldest are in none.
struct Ages {
    /// The limits that matter, the shortest first.
    limits: Vec<Minutes>,
    /// From which age on an event is old news.
    old_after: Minutes,
    /// The first lane.
    lane: usize,
}

impl Crowd {
    /// Reads all lists: those of the plan, and those of its changes, in their order.
    pub(super) fn read(
        plan: &Plan,
        flows: &Flows,
        conditions: &[Condition],
        (lists, changes): (&[List], &[List]),
        memory: &Memory,
    ) -> Result<Self, Error> {
        let (mut all, mut lane) = (Vec::new(), 0);
        let (mut events, mut ages) = (Vec::new(), Vec::new());
        let (mut columns, mut counted) = (Vec::new(), Vec::new());
        let deeds = lists.iter().map(|_| None).chain(plan.changes.iter().map(Some));
        for (number, (list, change)) in lists.iter().chain(changes).zip(deeds).enumerate() {
            if let Some((change, event, date)) = change.and_then(|change| match &change.act {
                Act::Import { event, date } => Some((change, event, date.as_deref())),
                Act::Add { .. } => None,
            }) {
                let limits = limits(flows, event, plan.old_after);
                let (facts, list) = by_age(list, date, &change.at, &limits)?;
                events.push(Some(facts));
                all.push(list);
                counted.push(number);
                let lanes = limits.len() + 1;
                ages.push(Some(Ages { limits, old_after: plan.old_after, lane }));
                lane += lanes;
                continue;
            }
            if change.is_some() {
                events.push(None);
                ages.push(None);
            }
            let (list, found) = by_columns(list, conditions)?;
            columns.extend(found.iter().enumerate().map(|(at, condition)| (number, *condition, lane + at)));
            lane += found.len();
            all.push(list);
        }
        let heard = plan.lists.iter().enumerate().filter(|(_, list)| list.role == Role::Other).fold(0, |bits, (at, _)| bits | bit(at));
        let shown = (lists.len()..lists.len() + changes.len()).fold(0, |bits, at| bits | bit(at));
        let asked = Asked { counted: counted.iter().fold(0, |bits, at| bits | bit(*at)), heard: heard | shown, shown };
        let answered = (0..conditions.len()).map(|condition| columns.iter().any(|(_, other, _)| *other == condition)).collect();
        Ok(Self { parties: parties(&all, asked, memory)?, events, answered, ages, columns, counted, lists: lists.len() })
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
            let Some(ages) = ages else { return Events::default() };
            let mut young = 0_u32;
            let within: Vec<(Minutes, u32)> = ages
                .limits
                .iter()
                .zip(ages.lane..)
                .map(|(limit, number)| {
                    young = young.saturating_add(lane(number));
                    (*limit, young)
                })
                .collect();
            let fresh = within.iter().find(|(limit, _)| *limit == ages.old_after).map_or(0, |(_, count)| *count);
            Events {
                all: rows(self.lists + change),
                undated: lane(ages.lane + ages.limits.len()),
                fresh,
                within: within.into_iter().map(|(limit, count)| (limit.0, count)).collect(),
            }
        });
        let on = self.columns.iter().filter(|(list, ..)| party.lists & bit(*list) != 0);
        let columns: BTreeMap<(usize, usize), bool> = on.map(|(list, condition, at)| ((*list, *condition), lane(*at) > 0)).collect();
        Traveller { lists: party.lists, events: events.collect(), columns }
    }
}

pub(super) fn bit(number: usize) -> u64 {
    u32::try_from(number).ok().and_then(|number| 1_u64.checked_shl(number)).unwrap_or_default()
}

/// The age limits of the flows that an event starts, and the age from which on it is old news; the shortest first.
fn limits(flows: &Flows, event: &str, old_after: Minutes) -> Vec<Minutes> {
    let starts = |trigger: &Trigger| matches!(trigger, Trigger::Event(name) if plain(name) == plain(event));
    let own = flows.flows.iter().filter(|flow| flow.triggers.iter().any(starts)).filter_map(|flow| flow.age_limit);
    let mut limits: Vec<Minutes> = own.chain([old_after]).collect();
    limits.sort_unstable();
    limits.dedup();
    limits
}

/// An import with its events told apart by age.
fn by_age(list: &List, date: Option<&str>, at: &Zoned, limits: &[Minutes]) -> Result<(EventFacts, List), Error> {
    let (facts, dates) = events::study(list, date, at)?;
    let since: Vec<Timestamp> = limits.iter().map(|limit| since(*limit, at)).collect();
    let undated = bit(since.len() + 1);
    let tell = move |when: Option<Timestamp>| match when {
        None => undated,
        Some(when) => since.iter().position(|since| when >= *since).map_or(1, |at| bit(at + 1)),
    };
    Ok((facts, list.clone().sifted(limits.len() + 1, move |row| tell(dates.of(row)))))
}

/// A list with a lane for each condition whose column it has, and those conditions.
fn by_columns(list: &List, conditions: &[Condition]) -> Result<(List, Vec<usize>), Error> {
    if conditions.is_empty() {
        return Ok((list.clone(), Vec::new()));
    }
    let names = header(list)?.names;
    let met: Vec<(usize, Condition, usize)> = conditions
        .iter()
        .enumerate()
        .filter_map(|(number, condition)| Some((number, condition.clone(), condition.column_of(&names)?)))
        .collect();
    let numbers = met.iter().map(|(number, ..)| *number).collect();
    if met.is_empty() {
        return Ok((list.clone(), numbers));
    }
    let lanes = met.len();
    let tell = move |row: &crate::audience::RowView<'_>| {
        let meets = met.iter().enumerate().filter(|(_, (_, condition, column))| condition.meets(&row.text(*column)));
        meets.fold(1, |lanes, (at, _)| lanes | bit(at + 1))
    };
    Ok((list.clone().sifted(lanes, tell), numbers))
}
