//! What has to be counted before a plan can be rehearsed, whoever counts it: files here, or an engine where the lists stand.

use super::catalogue::Flows;
use super::condition::Condition;
use super::delay::Minutes;
use super::events::{self, EventFacts, since};
use super::flow::{Trigger, plain};
use super::plan::{Act, Plan};
use crate::audience::{Asked, List, Memory, Parties, header, parties};
use crate::error::Error;
use crate::settings::Role;
use jiff::{Timestamp, Zoned};
use std::collections::BTreeMap;

/// What is asked of the lists of a plan and, behind them, of those of its changes.
#[derive(Debug)]
pub struct Muster<'a> {
    /// What is asked of columns.
    pub conditions: &'a [Condition],
    /// For each list what its rows are told apart by.
    pub wanted: Vec<Wanted>,
    /// Which lists are asked for rows, standing and examples.
    pub asked: Asked,
}

/// What the rows of one list are told apart by.
#[derive(Debug)]
pub enum Wanted {
    /// The conditions whose columns it has, a lane for each.
    Columns,
    /// The age of its events, a lane for each age.
    Events(Ages),
}

/// Events by age, a lane for each: those within the first limit, those within the next, and so on, and last those
/// without a date. The oldest are in none.
#[derive(Debug, Clone)]
pub struct Ages {
    /// The column with the dates, where it was said.
    pub date: Option<String>,
    /// When they are imported.
    pub at: Zoned,
    /// The limits that matter, the shortest first.
    pub(super) limits: Vec<Minutes>,
    /// From which age on an event is old news.
    pub(super) old_after: Minutes,
}

/// What was found on one list.
#[derive(Debug, Clone)]
pub enum Found {
    /// The conditions whose columns it has, by their numbers; as many lanes.
    Columns(Vec<usize>),
    /// What is known of its events, with the lanes of [`Ages`].
    Events(EventFacts),
}

/// Everybody, counted.
#[derive(Debug, Default)]
pub struct Mustered {
    /// The people, by lists and lanes.
    pub parties: Parties,
    /// For each list what was found.
    pub found: Vec<Found>,
    /// Conditions that could not be asked, with the reason.
    pub refused: BTreeMap<usize, String>,
}

impl<'a> Muster<'a> {
    pub(super) fn of(plan: &Plan, flows: &Flows, conditions: &'a [Condition]) -> Self {
        let ages = |change: &super::plan::Change| match &change.act {
            Act::Import { event, date } => {
                let limits = limits(flows, event, plan.old_after);
                Wanted::Events(Ages { date: date.clone(), at: change.at.clone(), limits, old_after: plan.old_after })
            }
            Act::Add { .. } => Wanted::Columns,
        };
        let wanted: Vec<Wanted> = plan.lists.iter().map(|_| Wanted::Columns).chain(plan.changes.iter().map(ages)).collect();
        let bits = |lists: &mut dyn Iterator<Item = usize>| lists.fold(0, |bits, list| bits | bit(list));
        let counted = bits(&mut wanted.iter().enumerate().filter(|(_, one)| matches!(one, Wanted::Events(_))).map(|(at, _)| at));
        let heard = bits(&mut plan.lists.iter().enumerate().filter(|(_, list)| list.role == Role::Other).map(|(at, _)| at));
        let shown = bits(&mut (plan.lists.len()..wanted.len()));
        Self { conditions, wanted, asked: Asked { counted, heard: heard | shown, shown } }
    }

    /// Counts lists that stand in files.
    ///
    /// # Errors
    /// As [`crate::audience::Audience::read_within`]; a column of dates that does not exist.
    pub fn count(&self, lists: &[List], memory: &Memory) -> Result<Mustered, Error> {
        let (mut sifted, mut found) = (Vec::with_capacity(lists.len()), Vec::with_capacity(lists.len()));
        for (number, list) in lists.iter().enumerate() {
            let (list, one) = self.sift(number, list)?;
            sifted.push(list);
            found.push(one);
        }
        Ok(Mustered { parties: parties(&sifted, self.asked, memory)?, found, refused: BTreeMap::new() })
    }

    /// The list of this number with its rows told apart.
    ///
    /// # Errors
    /// As [`Self::count`].
    pub fn sift(&self, number: usize, list: &List) -> Result<(List, Found), Error> {
        match self.wanted.get(number) {
            Some(Wanted::Events(ages)) => {
                let (facts, dates) = events::study(list, ages.date.as_deref(), &ages.at)?;
                let (ages, since) = (ages.clone(), ages.since());
                let lanes = ages.lanes();
                let tell = move |when: Option<Timestamp>| ages.lane(when, &since).map_or(1, |lane| bit(lane + 1));
                Ok((list.clone().sifted(lanes, move |row| tell(dates.of(row))), Found::Events(facts)))
            }
            _ => self.by_columns(list),
        }
    }

    /// The conditions whose columns a list has, each with the number of its column.
    pub fn columns_of(&self, names: &[String]) -> Vec<(usize, &'a Condition, usize)> {
        let conditions = self.conditions.iter().enumerate();
        conditions.filter_map(|(number, condition)| Some((number, condition, condition.column_of(names)?))).collect()
    }

    fn by_columns(&self, list: &List) -> Result<(List, Found), Error> {
        let met = if self.conditions.is_empty() { Vec::new() } else { self.columns_of(&header(list)?.names) };
        let met: Vec<(usize, Condition, usize)> = met.into_iter().map(|(number, one, column)| (number, one.clone(), column)).collect();
        let found = Found::Columns(met.iter().map(|(number, ..)| *number).collect());
        if met.is_empty() {
            return Ok((list.clone(), found));
        }
        let lanes = met.len();
        let tell = move |row: &crate::audience::RowView<'_>| {
            let meets = met.iter().enumerate().filter(|(_, (_, condition, column))| condition.meets(&row.text(*column)));
            meets.fold(1, |lanes, (at, _)| lanes | bit(at + 1))
        };
        Ok((list.clone().sifted(lanes, tell), found))
    }
}

impl Ages {
    /// How many lanes there are.
    pub fn lanes(&self) -> usize {
        self.limits.len() + 1
    }

    /// The moments before which events are older than the limits, the latest first.
    pub fn since(&self) -> Vec<Timestamp> {
        self.limits.iter().map(|limit| since(*limit, &self.at)).collect()
    }

    /// The lane of an event; none for the oldest. `since` is [`Self::since`].
    pub fn lane(&self, when: Option<Timestamp>, since: &[Timestamp]) -> Option<usize> {
        match when {
            None => Some(since.len()),
            Some(when) => since.iter().position(|since| when >= *since),
        }
    }
}

impl Found {
    /// How many lanes the list has.
    pub(super) fn lanes(&self, wanted: &Wanted) -> usize {
        match (self, wanted) {
            (Self::Columns(conditions), _) => conditions.len(),
            (Self::Events(_), Wanted::Events(ages)) => ages.lanes(),
            (Self::Events(_), Wanted::Columns) => 0,
        }
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
