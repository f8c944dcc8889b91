//! From the rows of an answer to the audience that rules look at; what does not add up is no answer.

use super::question::{ALONE, EMPTY, MALFORMED, TOGETHER};
use super::session::{Looked, Named, Source};
use super::table::{Answer, Cell};
use crate::audience::{Address, Audience, ColumnProfile, Combination, Crowd, Example, ListFacts, NameFit, OddRows, RowPlace, Standing};
use crate::error::Error;
use crate::settings::WAREHOUSE;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What was counted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// For each combination of lists how many people there are, how many of them are not ruled out, and a few, masked.
    together: BTreeMap<u64, Together>,
    /// For each list its rows by their state; nothing where they were not asked for.
    alone: Vec<BTreeMap<i64, State>>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Together {
    people: u64,
    mailable: u64,
    shown: Vec<String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct State {
    people: u64,
    rows: u64,
    doubled: u64,
    shown: Vec<String>,
}

fn not_understood() -> Error {
    Error::new("the warehouse gave an answer that does not add up, and nothing of it is shown").help(
        "run it again: the tables may have changed while they were counted; if it fails again, another version of the driver may help",
    )
}

impl Counts {
    /// Reads the answer to the counting statement.
    pub(super) fn read(answer: &Answer, lists: usize) -> Result<Self, Error> {
        let mut counts = Self { together: BTreeMap::new(), alone: (0..lists).map(|_| BTreeMap::new()).collect() };
        for row in &answer.rows {
            counts.take(row).ok_or_else(not_understood)?;
        }
        if lists == 1 {
            counts.together_of_one();
        }
        Ok(counts)
    }

    fn take(&mut self, row: &[Cell]) -> Option<()> {
        let [part, at, state, people, rows, doubled, first, last, ..] = row else { return None };
        let size = |cell: &Cell| u64::try_from(cell.number()?).ok();
        let (people, rows, doubled) = (size(people)?, size(rows)?, size(doubled)?);
        let mut shown: Vec<String> = [first, last].into_iter().filter_map(|cell| cell.text().map(String::from)).collect();
        shown.dedup();
        match part.number()? {
            TOGETHER => {
                let mask = size(at)?;
                // No list stands behind a higher bit, and nobody stands on no list.
                if mask == 0 || mask >> self.alone.len() != 0 {
                    return None;
                }
                let ruled_out = standing(state)?.rules_out();
                let together = self.together.entry(mask).or_default();
                together.people += people;
                together.mailable += if ruled_out { 0 } else { people };
                together.shown.splice(if ruled_out { together.shown.len()..together.shown.len() } else { 0..0 }, shown);
            }
            ALONE => {
                let alone = self.alone.get_mut(usize::try_from(at.number()?).ok()?)?;
                let before = alone.insert(state.number()?, State { people, rows, doubled, shown });
                if before.is_some() || people > rows || doubled > people {
                    return None;
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// With one list there is one combination.
    fn together_of_one(&mut self) {
        let Some(list) = self.alone.first() else { return };
        let people = |states: std::ops::RangeInclusive<i64>| list.range(states).map(|(_, state)| state.people).sum::<u64>();
        let together = Together { people: people(0..=4), mailable: people(0..=2), shown: Vec::new() };
        if together.people > 0 {
            self.together.insert(1, together);
        }
    }

    fn on(&self, list: usize) -> u64 {
        self.together.iter().filter(|(mask, _)| *mask & (1 << list) != 0).map(|(_, together)| together.people).sum()
    }

    fn state(&self, list: usize, state: i64) -> Option<&State> {
        self.alone.get(list)?.get(&state)
    }
}

/// The audience of some lists. Every list was counted twice, alone and among the others, and the two must agree.
pub(super) fn audience(
    lists: &[Named<'_>],
    looked: Vec<Looked>,
    profiles: Vec<Vec<ColumnProfile>>,
    counts: &Counts,
) -> Result<Audience, Error> {
    let paths: Vec<String> = lists.iter().map(path).collect();
    let mut facts = Vec::with_capacity(lists.len());
    for (number, ((list, looked), columns)) in lists.iter().zip(looked).zip(profiles).enumerate() {
        let one = match &list.source {
            Source::File(_, known) => ListFacts::clone(known),
            Source::Warehouse(_) => in_warehouse((number, list), looked, columns, counts, &paths),
        };
        if one.addresses != counts.on(number) {
            return Err(not_understood());
        }
        facts.push(one);
    }
    let place = |mask: u64| {
        let on = |list: &usize| mask & (1 << list) != 0;
        let send = (0..lists.len()).filter(on).find(|list| facts.get(*list).is_some_and(|list| list.role == crate::settings::Role::Send));
        send.or_else(|| (0..lists.len()).find(on)).unwrap_or_default()
    };
    let combination = |(mask, together): (&u64, &Together)| Combination {
        lists: *mask,
        people: together.people,
        mailable: together.mailable,
        examples: examples(&together.shown, place(*mask), &paths),
    };
    let mut combinations: Vec<Combination> = counts.together.iter().map(combination).collect();
    combinations.sort_by_key(|combination| (Reverse(combination.people), combination.lists));
    Ok(Audience { lists: facts, combinations, alike: Vec::new() })
}

fn standing(cell: &Cell) -> Option<Standing> {
    u64::try_from(cell.number()?).ok().map(Standing::from_code)
}

fn path(list: &Named<'_>) -> String {
    match &list.source {
        Source::File(_, facts) => facts.path.clone(),
        Source::Warehouse(text) => format!("{WAREHOUSE}{text}"),
    }
}

/// People who came back masked already.
fn examples(shown: &[String], list: usize, paths: &[String]) -> Vec<Example> {
    let path = paths.get(list).cloned().unwrap_or_default();
    let one = |text: &String| {
        Some(Example {
            address: Address::parse(&text.replacen("***", "•••", 1))?,
            at: RowPlace { list, path: path.clone(), line: 0 },
            also: Vec::new(),
        })
    };
    shown.iter().filter_map(one).collect()
}

fn in_warehouse(
    (number, list): (usize, &Named<'_>),
    looked: Looked,
    columns: Vec<ColumnProfile>,
    counts: &Counts,
    paths: &[String],
) -> ListFacts {
    let people =
        |standing: Standing| Crowd { people: counts.state(number, standing as i64).map_or(0, |state| state.people), examples: Vec::new() };
    let odd = |state: i64| OddRows { rows: counts.state(number, state).map_or(0, |state| state.rows), first_lines: Vec::new() };
    let states = counts.alone.get(number);
    let with_address = || states.into_iter().flat_map(|states| states.range(0..).map(|(_, state)| state));
    let sum = |of: fn(&State) -> u64| with_address().map(of).sum::<u64>();
    let mut shown: Vec<String> = with_address().flat_map(|state| state.shown.iter().cloned()).collect();
    shown.dedup();
    ListFacts {
        name: list.name.to_owned(),
        path: paths.get(number).cloned().unwrap_or_default(),
        in_warehouse: true,
        role: list.role,
        day: None,
        export: looked.export.unwrap_or_default(),
        rows: states.map_or(0, |states| states.values().map(|state| state.rows).sum()),
        addresses: sum(|state| state.people),
        doubled_rows: sum(|state| state.rows - state.people),
        doubled: Crowd { people: sum(|state| state.doubled), examples: examples(&shown, number, paths) },
        empty: odd(EMPTY),
        malformed: odd(MALFORMED),
        headers: OddRows::default(),
        totals: OddRows::default(),
        ragged: OddRows::default(),
        opted_out: people(Standing::OptedOut),
        bounced: people(Standing::Bounced),
        never_subscribed: people(Standing::NeverSubscribed),
        mailable: people(Standing::Mailable).people,
        marked: Vec::new(),
        names: NameFit::default(),
        columns,
    }
}
