//! People by the lists they stand on, how often, and what those lists say of them: what a rehearsal counts by.

use super::census::{self, Depth, Numbers};
use super::counts::{Counts, Group, PLACES, Together, places};
use super::entry::{Entry, MOST_LISTS, Place};
use super::examples::{Example, Finder};
use super::list::List;
use super::memory::Memory;
use super::people::People;
use super::standing::Standing;
use crate::error::Error;
use rustc_hash::FxHashMap;

/// People who stand on the same lists, as often on each list whose rows are counted, and of whom those lists say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// A bit for each list, the lowest for the first.
    pub lists: u64,
    /// Rows of one person on each list whose rows are counted, in the order of those lists.
    pub rows: Vec<u32>,
    /// Rows of one person in each lane of the lists, in their order; in lanes of lists whose rows are not counted no more
    /// than one.
    pub lanes: Vec<u32>,
    /// The gravest that the lists that are heard say of one of them.
    pub standing: Standing,
    /// How many people.
    pub people: u64,
    /// The first few of them.
    pub examples: Vec<Example>,
}

/// What is known of one list beside its people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartyList {
    /// Rows, without the header and without empty lines.
    pub rows: u64,
    /// Rows without an address, or with one that cannot be one.
    pub no_address: u64,
}

/// Everybody on some lists, sorted into parties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parties {
    /// The parties, by their lists.
    pub parties: Vec<Party>,
    /// The lists, in the order in which they were given.
    pub lists: Vec<PartyList>,
}

/// Which lists are asked what; a bit for each list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// Those whose rows are counted.
    pub counted: u64,
    /// Those whose own columns tell who may be mailed.
    pub heard: u64,
    /// Those on which examples are shown, where they stand on one.
    pub shown: u64,
}

/// The lists on which one person stands, the rows there and in lanes, and what the lists say.
type Key = (u64, Box<[u32]>, Standing);

/// The lists and lanes of a run by their numbers: first all lists, then the lanes.
struct Lines {
    lists: usize,
    /// For each number its list.
    list_of: Vec<usize>,
    /// The numbers whose rows are counted: lists that are asked for, each with its lanes, and other lanes only once.
    counted: Vec<(usize, bool)>,
}

impl Lines {
    fn of(lists: &[List], asked: Asked) -> Result<(Self, Vec<Numbers>), Error> {
        let mut list_of: Vec<usize> = (0..lists.len()).collect();
        let mut numbers = Vec::with_capacity(lists.len());
        for (own, list) in lists.iter().enumerate() {
            numbers.push(Numbers { own, lanes: list_of.len() });
            list_of.extend((0..list.sieve.as_ref().map_or(0, |sieve| sieve.lanes)).map(|_| own));
        }
        if list_of.len() > MOST_LISTS {
            let lanes = if list_of.len() > lists.len() { ", and what is asked of their columns" } else { "" };
            return Err(Error::new(format!(
                "there are {} lists{lanes}, and no more than {MOST_LISTS} can be compared at once",
                list_of.len()
            ))
            .help("join lists of the same kind into one file, or leave some out"));
        }
        let is_counted = |list: usize| asked.counted & (1 << list) != 0;
        let own = (0..lists.len()).filter(|list| is_counted(*list)).map(|list| (list, true));
        let lanes = list_of.iter().enumerate().skip(lists.len()).map(|(number, list)| (number, is_counted(*list)));
        let counted = own.chain(lanes).collect();
        Ok((Self { lists: lists.len(), list_of, counted }, numbers))
    }

    fn list(&self, row: &Entry) -> usize {
        self.list_of.get(row.list()).copied().unwrap_or_default()
    }
}

/// Sorts the people of all lists into parties.
///
/// # Errors
/// As [`crate::audience::Audience::read_within`].
pub fn parties(lists: &[List], asked: Asked, memory: &Memory) -> Result<Parties, Error> {
    let (lines, numbers) = Lines::of(lists, asked)?;
    let mut people = People::new(memory);
    let mut censuses = Vec::with_capacity(lists.len());
    for (list, numbers) in lists.iter().zip(numbers) {
        censuses.push(census::take(list, numbers, Depth::People, &mut people)?);
    }
    let groups = people.gather(FxHashMap::default, |groups, _, rows| sort(groups, rows, asked, &lines), joined)?;
    let mut groups: Vec<(Key, Group)> = groups.into_iter().collect();
    groups.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let together = groups.iter().zip(0..).map(|((_, group), at)| (at, Together { all: group.clone(), mailable: 0 })).collect();
    let finder = Finder::look_up(lists, &censuses, &Counts { together, lists: Vec::new(), alike: Default::default() })?;
    let own = asked.counted.count_ones() as usize;
    let party = |((lists, rows, standing), group): (Key, Group)| Party {
        lists,
        rows: rows.iter().take(own).copied().collect(),
        lanes: rows.iter().skip(own).copied().collect(),
        standing,
        people: group.people,
        examples: finder.examples(&group.first),
    };
    let known = censuses.iter().map(|census| &census.tally);
    let known = known.map(|tally| PartyList { rows: tally.rows, no_address: tally.empty.rows + tally.malformed.rows });
    Ok(Parties { parties: groups.into_iter().map(party).collect(), lists: known.collect() })
}

/// Adds the people of one partition to their parties.
fn sort(groups: &mut FxHashMap<Key, Group>, sorted: &[Entry], asked: Asked, lines: &Lines) {
    for rows in sorted.chunk_by(|a, b| a.is_same_person(*b)) {
        // Lanes come behind all lists, but their rows stand on their own list.
        let is_shown = |row: &&Entry| asked.shown & (1 << lines.list(row)) != 0;
        let at = |row: &&Entry| place(row, lines);
        let Some(first) = rows.iter().filter(is_shown).min_by_key(at).or_else(|| rows.iter().min_by_key(at)) else { continue };
        let lists = rows.iter().fold(0, |lists, row| lists | 1_u64 << lines.list(row));
        let on = |&(number, every): &(usize, bool)| {
            let of_list = number < lines.lists;
            let own = |row: &&Entry| row.list() == number || of_list && lines.list(row) == number;
            let count = rows.iter().filter(own).take(if every { rows.len() } else { 1 }).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let heard = rows.iter().filter(|row| asked.heard & (1 << lines.list(row)) != 0);
        let standing = heard.map(|row| row.standing()).max().unwrap_or_default();
        let group = groups.entry((lists, lines.counted.iter().map(on).collect(), standing)).or_default();
        let leading = place(first, lines);
        group.add((first.person(), standing.rules_out()), leading, || all_places(rows, leading, lines));
    }
}

fn place(row: &Entry, lines: &Lines) -> Place {
    (lines.list(row), row.place().1)
}

/// As [`places`], with the rows of lanes on their lists.
fn all_places(rows: &[Entry], leading: Place, lines: &Lines) -> Vec<Place> {
    if lines.list_of.len() == lines.lists {
        return places(rows, leading);
    }
    let mut first: std::collections::BTreeMap<usize, u64> = std::collections::BTreeMap::new();
    for (list, line) in rows.iter().map(|row| place(row, lines)) {
        first.entry(list).and_modify(|known| *known = line.min(*known)).or_insert(line);
    }
    let others = first.into_iter().filter(|(list, _)| *list != leading.0);
    std::iter::once(leading).chain(others).take(PLACES).collect()
}

fn joined(mut one: FxHashMap<Key, Group>, other: FxHashMap<Key, Group>) -> FxHashMap<Key, Group> {
    for (key, group) in other {
        one.entry(key).or_default().merge(group);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Role;

    #[test]
    fn people_are_sorted_by_lists_rows_and_standing() -> Result<(), Error> {
        let list = |name: &str, text: &str| List::from_bytes(name, format!("{name}.csv"), Role::Other, text.as_bytes());
        let orders = list("orders", "email\na@a.example\nb@a.example\nA@a.example\nc@a.example\n");
        let members = list("members", "email,unsubscribed\nb@a.example,yes\nc@a.example,no\n");
        let found = parties(&[orders, members], Asked { counted: 0b01, heard: 0b10, shown: 0 }, &Memory::unbounded())?;
        let shown: Vec<(u64, Vec<u32>, bool, u64)> =
            found.parties.iter().map(|party| (party.lists, party.rows.clone(), party.standing.rules_out(), party.people)).collect();
        assert_eq!(shown, [(0b01, vec![2], false, 1), (0b11, vec![1], false, 1), (0b11, vec![1], true, 1)]);
        assert_eq!(found.lists[0], PartyList { rows: 4, no_address: 0 });
        assert_eq!(found.parties[0].examples[0].address.masked(), "a•••@a.example");
        Ok(())
    }
}
