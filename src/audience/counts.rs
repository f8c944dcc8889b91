//! What the set engine finds in its sorted rows: sizes, combinations, doubles, and people spelt in two ways.

use super::entry::{Entry, Kind, Person, Place};
use super::likeness::Likeness;
use super::mark::Mark;
use super::people::People;
use super::standing::Standing;
use crate::error::Error;
// Everybody is looked up by their lists.
use rustc_hash::FxHashMap;

/// How many examples are kept of everything that is counted.
pub const EXAMPLES: usize = 5;

/// How many rows of one person are kept.
pub(super) const PLACES: usize = 4;

/// One person of many: where they stand, and by what they are known again when the list is read once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sample {
    /// Whether the send lists' own columns rule this person out.
    ruled_out: bool,
    /// The first row on some of their lists; the leading one first.
    pub(super) places: Vec<Place>,
    pub(super) person: Person,
}

impl Sample {
    /// Those come first who may be mailed, then those who stand first.
    fn order(&self) -> (u64, Person) {
        (self.places.first().map_or(u64::MAX, |leading| rank(self.ruled_out, *leading)), self.person)
    }
}

/// A number by which those who may be mailed stand before those who are ruled out, and each by list and line.
#[inline]
fn rank(ruled_out: bool, (list, line): Place) -> u64 {
    u64::from(ruled_out) << u64::BITS.saturating_sub(1) | (list as u64) << 32 | line
}

/// People of one kind: how many, and where the first few stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) people: u64,
    pub(super) first: Vec<Sample>,
    /// The rank of the last of the first, once there are enough of them.
    last: u64,
}

impl Default for Group {
    fn default() -> Self {
        Self { people: 0, first: Vec::new(), last: u64::MAX }
    }
}

impl Group {
    /// Counts one more; `places` is asked only if this person is among the first.
    #[inline]
    pub(super) fn add(&mut self, (person, ruled_out): (Person, bool), leading: Place, places: impl FnOnce() -> Vec<Place>) {
        self.people += 1;
        if rank(ruled_out, leading) <= self.last {
            self.first.push(Sample { ruled_out, places: places(), person });
            self.trim();
        }
    }

    fn trim(&mut self) {
        self.first.sort_unstable_by_key(Sample::order);
        self.first.truncate(EXAMPLES);
        let last = self.first.last().filter(|_| self.first.len() == EXAMPLES);
        self.last = last.map_or(u64::MAX, |last| last.order().0);
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.people += other.people;
        self.first.extend(other.first);
        self.trim();
    }
}

/// People who stand on exactly the same lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Together {
    pub(super) all: Group,
    /// How many the send lists' own status columns do not rule out; all, where no send list is among the lists.
    pub(super) mailable: u64,
}

impl Together {
    fn merge(&mut self, other: Self) {
        self.all.merge(other.all);
        self.mailable += other.mailable;
    }
}

/// What is known of one list beside its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OneList {
    /// Rows with an address beyond the first of the same address.
    pub(super) doubled_rows: u64,
    /// People with more than one row.
    pub(super) doubled: Group,
    /// People by the worst standing among their rows on this list.
    pub(super) standing: [Group; Standing::COUNT],
    /// People whose address is worth a word, by what it is.
    pub(super) marked: [Group; Mark::ALL.len()],
    /// People with one row, which is on this list, until all are counted.
    alone: Together,
}

/// The first row of a person on each of their lists, `leading` before the others and no more than a few: there can be
/// as many combinations as people.
pub(super) fn places(rows: &[Entry], leading: Place) -> Vec<Place> {
    let others = rows.chunk_by(|a, b| a.list() == b.list()).filter_map(|rows| rows.first());
    let others = others.map(|row| row.place()).filter(|place| place.0 != leading.0);
    std::iter::once(leading).chain(others).take(PLACES).collect()
}

/// What the engine found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) together: FxHashMap<u64, Together>,
    pub(super) lists: Vec<OneList>,
    /// For each likeness the people on the send lists who are there under more than one address.
    pub(super) alike: [Alike; Likeness::ALL.len()],
}

/// Addresses of the send lists under one likeness.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Alike {
    /// Addresses that are spelt otherwise under it.
    moved: u64,
    /// Spellings under it that are no address of the send lists themselves.
    forms: u64,
    /// The first few who are met by another's spelling; the other row stands second.
    pub(super) examples: Group,
}

impl Counts {
    /// Addresses of the send lists that are one more of somebody who is there already, by each likeness alone.
    pub(super) fn spare(&self) -> [u64; Likeness::ALL.len()] {
        // Of all addresses those that move go, and the new spellings come.
        let mut before = 0;
        [0, 1, 2].map(|at: usize| {
            let fewer = self.alike.get(at).map_or(0, |alike| alike.moved.saturating_sub(alike.forms));
            let spare = fewer.saturating_sub(before);
            before = fewer;
            spare
        })
    }

    fn empty(lists: usize) -> Self {
        Self { together: FxHashMap::default(), lists: vec![OneList::default(); lists], alike: Default::default() }
    }

    /// Counts everybody; `send` has a bit for every list that gets the mail.
    pub(super) fn of(people: People, lists: usize, send: u64) -> Result<Self, Error> {
        people
            .gather(|| Self::empty(lists), |counts, _, rows| counts.add(rows, send), |one, other| one.merge(other.together()))
            .map(Self::together)
    }

    /// Puts those with a single row to those who stand on the same list and no other.
    fn together(mut self) -> Self {
        for (at, list) in self.lists.iter_mut().enumerate() {
            let alone = std::mem::take(&mut list.alone);
            if alone.all.people > 0 {
                self.together.entry(1 << at).or_default().merge(alone);
            }
        }
        self
    }

    /// Counts the rows of one partition.
    fn add(&mut self, sorted: &[Entry], send: u64) {
        for rows in sorted.chunk_by(|a, b| a.is_same_person(*b)) {
            match rows {
                [row] if row.is_plain() => self.alone(*row, send),
                [first, ..] if rows.iter().all(|row| row.is_plain()) => self.person(first.person(), rows, send),
                [first, ..] => self.spellings(first.person(), rows, send),
                [] => {}
            }
        }
    }

    /// Counts one person with a single row, as most people are; the same as [`Counts::person`].
    #[inline]
    fn alone(&mut self, row: Entry, send: u64) {
        let (person, place, standing) = (row.person(), row.place(), row.standing());
        let Some(one) = self.lists.get_mut(place.0) else { return };
        if let Some(group) = one.standing.get_mut(standing as usize) {
            group.add((person, false), place, || vec![place]);
        }
        if let Some(group) = row.mark().and_then(|mark| one.marked.get_mut(mark as usize)) {
            group.add((person, false), place, || vec![place]);
        }
        let ruled_out = send & (1 << place.0) != 0 && standing.rules_out();
        one.alone.mailable += u64::from(!ruled_out);
        one.alone.all.add((person, ruled_out), place, || vec![place]);
    }

    /// Counts an address that is spelt otherwise under a likeness, or is how another is spelt.
    fn spellings(&mut self, person: Person, all: &[Entry], send: u64) {
        let rows: Vec<Entry> = all.iter().copied().filter(|row| row.is_row()).collect();
        if !rows.is_empty() {
            self.person(person, &rows, send);
        }
        let on_send = |row: &&Entry| send & (1 << row.list()) != 0;
        let own = rows.iter().find(on_send);
        let moved = own.and_then(|row| if let Kind::Row(_, moved) = row.kind() { moved } else { None });
        for (likeness, alike) in Likeness::ALL.into_iter().zip(&mut self.alike) {
            alike.moved += u64::from(moved.is_some_and(|moved| moved <= likeness));
            let spelt = |row: &Entry| if let Kind::Spelling(likeness) = row.kind() { Some(likeness) } else { None };
            let Some(own) = own else {
                alike.forms += u64::from(all.iter().filter(on_send).any(|row| spelt(row) == Some(likeness)));
                continue;
            };
            // Who is met under a surer likeness already is no example of this one.
            let mut others = all.chunk_by(|a, b| a.place() == b.place()).filter(|row| row.first().is_some_and(|row| on_send(&row)));
            if let Some(other) = others.find(|row| row.iter().filter_map(spelt).min() == Some(likeness)).and_then(<[Entry]>::first) {
                alike.examples.add((person, false), own.place(), || vec![own.place(), other.place()]);
            }
        }
    }

    /// Counts one person by all of their rows.
    fn person(&mut self, person: Person, rows: &[Entry], send: u64) {
        let (mut mask, mut on_send) = (0_u64, Standing::Unknown);
        for rows in rows.chunk_by(|a, b| a.list() == b.list()) {
            let Some(first) = rows.first() else { continue };
            let (list, place) = (first.list(), first.place());
            let worst = rows.iter().map(|row| row.standing()).max().unwrap_or_default();
            mask |= 1 << list;
            if send & (1 << list) != 0 {
                on_send = on_send.max(worst);
            }
            let Some(one) = self.lists.get_mut(list) else { continue };
            if let Some(second) = rows.get(1) {
                one.doubled_rows += rows.len() as u64 - 1;
                one.doubled.add((person, false), place, || vec![place, second.place()]);
            }
            if let Some(group) = one.standing.get_mut(worst as usize) {
                group.add((person, false), place, || vec![place]);
            }
            if let Some(group) = first.mark().and_then(|mark| one.marked.get_mut(mark as usize)) {
                group.add((person, false), place, || vec![place]);
            }
        }
        let leading = rows.iter().find(|row| send & (1 << row.list()) != 0).or(rows.first());
        let Some(leading) = leading.map(|row| row.place()) else { return };
        let together = self.together.entry(mask).or_default();
        together.mailable += u64::from(!on_send.rules_out());
        together.all.add((person, on_send.rules_out()), leading, || places(rows, leading));
    }

    fn merge(mut self, other: Self) -> Self {
        for (mask, together) in other.together {
            self.together.entry(mask).or_default().merge(together);
        }
        for (mine, theirs) in self.lists.iter_mut().zip(other.lists) {
            mine.doubled_rows += theirs.doubled_rows;
            mine.doubled.merge(theirs.doubled);
            let groups = mine.standing.iter_mut().chain(&mut mine.marked);
            for (mine, theirs) in groups.zip(theirs.standing.into_iter().chain(theirs.marked)) {
                mine.merge(theirs);
            }
        }
        for (mine, theirs) in self.alike.iter_mut().zip(other.alike) {
            mine.moved += theirs.moved;
            mine.forms += theirs.forms;
            mine.examples.merge(theirs.examples);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::likeness::forms;
    use super::super::memory::Memory;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// How many addresses are one too many under each likeness, counted with sets.
    fn naive(rows: &[(usize, String)]) -> Vec<u64> {
        let send: BTreeSet<&str> = rows.iter().filter(|(list, _)| *list < 2).map(|(_, address)| address.as_str()).collect();
        let under =
            |at: usize| send.iter().map(move |address| forms(address.as_bytes()).map_or((*address).to_owned(), |forms| forms[at].clone()));
        let sizes: Vec<usize> = (0..3).map(|at| under(at).collect::<BTreeSet<String>>().len()).collect();
        let before = [send.len(), sizes[0], sizes[1]];
        before.iter().zip(sizes).map(|(before, after)| (before - after) as u64).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn people_spelt_in_two_ways_are_counted_as_sets_do(
            rows in proptest::collection::vec((0_usize..3, "(a|b|a\\.b|ab|ä|a\u{308})(|\\+x|\\+y)@(gmail\\.com|googlemail\\.com|m\\.example|ö\\.example|xn--nda\\.example)"), 0..60)
        ) {
            let people = People::new(&Memory::unbounded());
            for ((list, address), line) in rows.iter().zip(2..) {
                people.dealer().spellings(address.as_bytes(), (*list, line), Standing::Unknown, &[]);
            }
            let counts = Counts::of(people, 3, 0b011).expect("memory");
            prop_assert_eq!(counts.spare().to_vec(), naive(&rows));
            let distinct = rows.iter().map(|(_, address)| address).collect::<BTreeSet<_>>().len() as u64;
            prop_assert_eq!(counts.together.values().map(|together| together.all.people).sum::<u64>(), distinct);
        }
    }
}
