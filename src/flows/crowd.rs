//! The people of a plan, sorted by the set engine into parties to each of whom the same happens.

use super::catalogue::Flows;
use super::delay::Minutes;
use super::events::{self, Dates, EventFacts, since};
use super::flow::{Trigger, plain};
use super::journey::{Events, Traveller};
use super::plan::{Act, Plan};
use crate::audience::{Asked, List, Parties, Party};
use crate::error::Error;
use crate::settings::Role;
use jiff::Zoned;

/// Sorts the people of some lists into parties, wherever the lists stand.
pub type Sort<'a> = &'a dyn Fn(&[List], Asked) -> Result<Parties, Error>;

/// Everybody, and what is known of each import of events.
pub(super) struct Crowd {
    pub(super) parties: Parties,
    /// For each change what is known of its events, if it imports any.
    pub(super) events: Vec<Option<EventFacts>>,
    views: Vec<View>,
    counted: Vec<usize>,
    changes: usize,
    lists: usize,
}

/// The rows of an import that are counted apart.
struct View {
    change: usize,
    kind: Kind,
    /// The list that holds them; or, where they need no list, whether they are all rows with a date or none.
    rows: Result<usize, bool>,
}

/// Which rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Undated,
    /// Not older than this, by a limit of a flow.
    Within(Minutes),
    /// Not old news.
    Fresh,
}

impl Crowd {
    /// Reads all lists: those of the plan, and those of its changes, in their order.
    pub(super) fn read(plan: &Plan, flows: &Flows, lists: &[List], changes: &[List], sort: Sort<'_>) -> Result<Self, Error> {
        let mut all: Vec<List> = lists.iter().chain(changes).cloned().collect();
        let (mut facts, mut views) = (Vec::new(), Vec::new());
        let mut counted = Vec::new();
        for (number, (change, list)) in plan.changes.iter().zip(changes).enumerate() {
            let Act::Import { event, date } = &change.act else {
                facts.push(None);
                continue;
            };
            counted.push(lists.len() + number);
            let (found, dates) = events::study(list, date.as_deref(), &change.at)?;
            let mut kinds: Vec<Kind> = limits(flows, event).into_iter().map(Kind::Within).collect();
            kinds.push(Kind::Fresh);
            for kind in [Kind::Undated].into_iter().chain(kinds) {
                let rows = shortcut(kind, &found, plan, &change.at).map_or_else(
                    || {
                        all.push(view(list, kind, &dates, plan, &change.at));
                        counted.push(all.len() - 1);
                        Ok(all.len() - 1)
                    },
                    Err,
                );
                views.push(View { change: number, kind, rows });
            }
            facts.push(Some(found));
        }
        let bits = |numbers: &[usize]| numbers.iter().fold(0, |bits, number| bits | bit(*number));
        let heard = plan.lists.iter().enumerate().filter(|(_, list)| list.role == Role::Other).fold(0, |bits, (at, _)| bits | bit(at));
        counted.sort_unstable();
        let shown = (lists.len()..lists.len() + changes.len()).fold(0, |bits, at| bits | bit(at));
        let parties = sort(&all, Asked { counted: bits(&counted), heard: heard | shown, shown })?;
        Ok(Self { parties, events: facts, views, counted, changes: changes.len(), lists: lists.len() })
    }

    /// The bits of the lists of changes: who is on none of them is not concerned.
    pub(super) fn concerned(&self) -> u64 {
        (self.lists..self.lists + self.changes).fold(0, |bits, at| bits | bit(at))
    }

    /// One of a party, ready to be walked through the world.
    pub(super) fn traveller(&self, party: &Party) -> Traveller {
        let rows = |list: usize| self.counted.binary_search(&list).ok().and_then(|at| party.rows.get(at)).copied().unwrap_or_default();
        let events = (0..self.changes).map(|change| {
            let all = rows(self.lists + change);
            let count = |kind: Kind| {
                let view = self.views.iter().find(|view| view.change == change && view.kind == kind);
                view.map_or(0, |view| view.rows.map_or_else(|all_of_them| if all_of_them { all } else { 0 }, rows))
            };
            let undated = count(Kind::Undated);
            // Where all rows with a date are meant, those without are not.
            let dated = |count: u32| count.min(all.saturating_sub(undated));
            let limits = self.views.iter().filter(|view| view.change == change);
            let within =
                limits.filter_map(|view| if let Kind::Within(limit) = view.kind { Some((limit.0, dated(count(view.kind)))) } else { None });
            Events { all, undated, fresh: dated(count(Kind::Fresh)), within: within.collect() }
        });
        Traveller { lists: party.lists, events: events.collect() }
    }
}

pub(super) fn bit(number: usize) -> u64 {
    u32::try_from(number).ok().and_then(|number| 1_u64.checked_shl(number)).unwrap_or_default()
}

/// The age limits of the flows that an event starts.
fn limits(flows: &Flows, event: &str) -> Vec<Minutes> {
    let starts = |trigger: &Trigger| matches!(trigger, Trigger::Event(name) if plain(name) == plain(event));
    let mut limits: Vec<Minutes> =
        flows.flows.iter().filter(|flow| flow.triggers.iter().any(starts)).filter_map(|flow| flow.age_limit).collect();
    limits.sort_unstable();
    limits.dedup();
    limits
}

/// Whether rows of a kind are all rows with a date, or none, where that is plain already.
fn shortcut(kind: Kind, facts: &EventFacts, plan: &Plan, at: &Zoned) -> Option<bool> {
    match kind {
        Kind::Undated if facts.undated == 0 => Some(false),
        Kind::Undated if facts.undated == facts.rows => Some(true),
        Kind::Undated => None,
        Kind::Within(limit) => facts.within(limit, at),
        Kind::Fresh => facts.within(plan.old_after, at),
    }
}

fn view(list: &List, kind: Kind, dates: &Dates, plan: &Plan, at: &Zoned) -> List {
    let dates = dates.clone();
    match kind {
        Kind::Undated => list.only(move |_, row| dates.of(row).is_none()),
        Kind::Within(limit) => {
            let since = since(limit, at);
            list.only(move |_, row| dates.of(row).is_some_and(|when| when >= since))
        }
        Kind::Fresh => {
            let since = since(plan.old_after, at);
            list.only(move |_, row| dates.of(row).is_some_and(|when| when >= since))
        }
    }
}
