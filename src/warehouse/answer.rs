//! From the rows of an answer to the audience that rules look at; what does not add up is no answer.

use super::lane::Places;
use super::question::{ALONE, EMPTY, MALFORMED, TOGETHER};
use super::session::{Looked, Named, Source};
use super::table::{Answer, Cell};
use crate::audience::{
    Address, Audience, ColumnProfile, Combination, Crowd, Example, ListFacts, NameFit, OddRows, Parties, Party, PartyList, RowPlace,
    Standing,
};
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

/// What does not add up is not shown.
pub(super) fn not_understood() -> Error {
    Error::new("the warehouse gave an answer that does not add up, and nothing of it is shown").help(
        "run it again: the tables may have changed while they were counted; if it fails again, another version of the driver may help",
    )
}

/// The values of a column, each with its rows.
pub(super) fn values(answer: &Answer) -> Result<Vec<(String, u64)>, Error> {
    let value = |row: &Vec<Cell>| Some((row.first()?.text()?.to_owned(), size(row.get(1)?)?));
    answer.rows.iter().map(|row| value(row).ok_or_else(not_understood)).collect()
}

/// So many counts, which stand in the one row of an answer.
pub(super) fn sizes(answer: &Answer, count: usize) -> Result<Vec<u64>, Error> {
    let [row] = answer.rows.as_slice() else { return Err(not_understood()) };
    let sizes: Vec<u64> = row.iter().take(count).map(|cell| size(cell).ok_or_else(not_understood)).collect::<Result<_, _>>()?;
    if sizes.len() == count { Ok(sizes) } else { Err(not_understood()) }
}

fn size(cell: &Cell) -> Option<u64> {
    u64::try_from(cell.number()?).ok()
}

impl Counts {
    /// Reads the answer to the counting statement, in which masks have so many bits.
    pub(super) fn read(answer: &Answer, lists: usize, bits: usize) -> Result<Self, Error> {
        let mut counts = Self { together: BTreeMap::new(), alone: (0..lists).map(|_| BTreeMap::new()).collect() };
        for row in &answer.rows {
            counts.take(row, bits).ok_or_else(not_understood)?;
        }
        if lists == 1 && counts.together.is_empty() {
            counts.together_of_one();
        }
        Ok(counts)
    }

    fn take(&mut self, row: &[Cell], bits: usize) -> Option<()> {
        let [part, at, state, people, rows, doubled, first, last, ..] = row else { return None };
        let (people, rows, doubled) = (size(people)?, size(rows)?, size(doubled)?);
        let mut shown: Vec<String> = [first, last].into_iter().filter_map(|cell| cell.text().map(String::from)).collect();
        shown.dedup();
        match part.number()? {
            TOGETHER => {
                let mask = size(at)?;
                // No list stands behind a higher bit, and nobody stands on no list.
                if mask == 0 || mask >> bits != 0 {
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
                let code = state.number().filter(|code| [EMPTY, MALFORMED].contains(code) || standing(state).is_some())?;
                let before = alone.insert(code, State { people, rows, doubled, shown });
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

    /// Rows of a list, and how many of them have no address, or one that cannot be one.
    fn rows(&self, list: usize) -> PartyList {
        let states = self.alone.get(list).into_iter().flatten();
        let sum = |below: i64| states.clone().filter(|(state, _)| **state < below).map(|(_, state)| state.rows).sum();
        PartyList { rows: sum(i64::MAX), no_address: sum(0) }
    }

    /// Different addresses of a list, where they were counted alone.
    fn addresses(&self, list: usize) -> u64 {
        self.alone.get(list).into_iter().flat_map(|states| states.range(0..)).map(|(_, state)| state.people).sum()
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

/// The people of a rehearsal. Every list was counted twice, alone and among the others, and the two must agree. `shown` are the lists on
/// which examples are shown, where they stand on one.
pub(super) fn parties(lists: &[Named<'_>], (answer, counts): (&Answer, &Counts), places: &Places, shown: u64) -> Result<Parties, Error> {
    let paths: Vec<String> = lists.iter().map(path).collect();
    let all = lists.len();
    let party = |row: &Vec<Cell>| {
        let few = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let (mask, tallies) = (size(row.get(1)?)?, row.get(8..)?.iter().map(size).collect::<Option<Vec<u64>>>()?);
        let tally = |at: &usize| tallies.get(*at).copied().map(few);
        let (mut rows, mut lanes) = (Vec::new(), Vec::new());
        for (number, of_list) in places.lanes.iter().enumerate() {
            match places.columns.iter().position(|column| *column == (number, None)) {
                Some(own) => {
                    rows.push(tally(&own)?);
                    lanes.extend(of_list.iter().map(tally).collect::<Option<Vec<u32>>>()?);
                }
                None => lanes.extend(of_list.iter().map(|place| u32::from(mask >> place & 1 != 0))),
            }
        }
        let on = mask & ((1 << all) - 1);
        let place = if on & shown == 0 { on } else { on & shown }.trailing_zeros() as usize;
        let mut masked: Vec<String> = row.get(6..8)?.iter().filter_map(|cell| cell.text().map(String::from)).collect();
        masked.dedup();
        let (standing, people) = (standing(row.get(2)?)?, size(row.get(3)?)?);
        Some(Party { lists: on, rows, lanes, standing, people, examples: examples(&masked, place, &paths) })
    };
    let together = answer.rows.iter().filter(|row| row.first().and_then(Cell::number) == Some(TOGETHER));
    let mut parties: Vec<Party> = together.map(|row| party(row).ok_or_else(not_understood)).collect::<Result<_, _>>()?;
    parties.sort_by(|one, other| {
        (one.lists, &one.rows, &one.lanes, one.standing).cmp(&(other.lists, &other.rows, &other.lanes, other.standing))
    });
    let mut known = Vec::with_capacity(all);
    for (number, list) in lists.iter().enumerate() {
        let (of_list, addresses) = match &list.source {
            Source::File(_, facts) => {
                (PartyList { rows: facts.rows, no_address: facts.empty.rows + facts.malformed.rows }, facts.addresses)
            }
            Source::Warehouse(_) => (counts.rows(number), counts.addresses(number)),
        };
        if addresses != counts.on(number) {
            return Err(not_understood());
        }
        known.push(of_list);
    }
    Ok(Parties { parties, lists: known })
}

/// Holds the lanes of a list of events to the rows that they must have.
pub(super) fn same_ages(parties: &Parties, places: &Places, list: usize, rows: &[u64]) -> Result<(), Error> {
    let first: usize = places.lanes.iter().take(list).map(Vec::len).sum();
    let sum = |lane: usize| {
        let rows = |party: &Party| party.people * party.lanes.get(first + lane).copied().map_or(0, u64::from);
        parties.parties.iter().map(rows).sum::<u64>()
    };
    if rows.iter().enumerate().all(|(lane, rows)| sum(lane) == *rows) { Ok(()) } else { Err(not_understood()) }
}

fn standing(cell: &Cell) -> Option<Standing> {
    size(cell).filter(|code| *code < Standing::COUNT as u64).map(Standing::from_code)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(rows: Vec<Vec<Cell>>) -> Answer {
        Answer { columns: Vec::new(), rows }
    }

    #[test]
    fn a_row_of_values_that_is_not_understood_is_not_left_out() {
        let row = |value: Cell, rows: Cell| vec![value, rows];
        let good = row(Cell::Text("subscribed".into()), Cell::Number(7));
        assert_eq!(values(&answer(vec![good.clone()])), Ok(vec![(String::from("subscribed"), 7)]));
        for bad in [
            row(Cell::Null, Cell::Number(3)),
            row(Cell::Text("unsubscribed".into()), Cell::Text("3".into())),
            row(Cell::Text("unsubscribed".into()), Cell::Number(-3)),
            vec![Cell::Text("unsubscribed".into())],
        ] {
            assert_eq!(values(&answer(vec![good.clone(), bad])), Err(not_understood()));
        }
    }

    #[test]
    fn people_with_a_word_that_nobody_has_read_are_not_counted_as_mailable() {
        let row = |part: i64, at: i64, state: i64| {
            let numbers = [part, at, state, 2, 2, 0].map(Cell::Number);
            numbers.into_iter().chain([Cell::Null, Cell::Null]).collect::<Vec<Cell>>()
        };
        let read = |row: Vec<Cell>| Counts::read(&answer(vec![row]), 2, 2).map(drop);
        for (part, at) in [(TOGETHER, 1), (ALONE, 0)] {
            assert_eq!((read(row(part, at, 4)), read(row(part, at, 5))), (Ok(()), Err(not_understood())));
        }
        assert_eq!((read(row(ALONE, 0, MALFORMED)), read(row(ALONE, 0, -3))), (Ok(()), Err(not_understood())));
    }

    #[test]
    fn a_count_that_is_not_understood_is_not_nought() {
        let numbers = |cells: [Cell; 2]| answer(vec![cells.to_vec()]);
        assert_eq!(sizes(&numbers([Cell::Number(9), Cell::Number(0)]), 2), Ok(vec![9, 0]));
        for (bad, count) in
            [(numbers([Cell::Number(9), Cell::Null]), 2), (numbers([Cell::Number(9), Cell::Number(1)]), 3), (answer(Vec::new()), 1)]
        {
            assert_eq!(sizes(&bad, count), Err(not_understood()));
        }
    }
}
