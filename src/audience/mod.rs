//! The audience: who stands on which lists, counted once and exactly, and what the columns hold.
//!
//! Lists come as values that can be opened, are streamed, and are never held: what stays of a row is sixteen
//! bytes in the set engine, and a bounded profile of every column. Rules see the counts.

mod address;
mod archive;
mod block;
mod buckets;
mod census;
mod columns;
mod counts;
mod cutter;
mod days;
mod dealer;
mod delimited;
mod entry;
mod examples;
mod export;
mod extract;
mod eyes;
mod fault;
mod format;
mod hands;
mod json;
mod keys;
mod likeness;
mod list;
mod list_facts;
mod looks;
mod magnitude;
mod mark;
mod memory;
mod name_fit;
mod overlap;
mod parquet;
mod parties;
mod people;
mod pieces;
mod platform;
mod recode;
pub mod rows;
mod sieve;
mod standing;
mod word;
mod workbook;

pub(crate) use address::is_in;
pub use address::{Address, is_possible, key, mask};
pub(crate) use block::{Block, Cells};
pub use census::OddRows;
pub use columns::{ColumnProfile, MOST_VALUES, Magnitudes, Seen, Trait, Value, profile_of_values};
pub use counts::EXAMPLES;
pub use days::day_in_name;
pub use entry::MOST_LISTS;
pub use examples::{Example, RowPlace};
pub use export::Export;
pub use extract::{Extracted, Pick, extract};
pub(crate) use fault::ReadFault;
pub(crate) use format::text;
pub use keys::{Standee, standees};
pub use likeness::Likeness;
pub use list::{Input, List};
pub use list_facts::ListFacts;
pub use mark::{Mark, meant};
pub use memory::{Memory, Scratch, parse_size};
pub use name_fit::{NameFit, Shift};
pub use overlap::Overlap;
pub use parties::{Asked, Parties, Party, PartyList, parties};

pub use sieve::{RowView, header, survey};
pub use standing::{Signal, Standing};
pub(crate) use word::WORD;

use crate::error::Error;
use crate::settings::Role;
use census::{Census, Depth};
use counts::{Counts, Group, Together};
use examples::Finder;
use people::People;

/// Everything that is known of the people on all lists of a run.
#[derive(Debug, Clone, Default)]
pub struct Audience {
    /// The lists, in the order in which they were given.
    pub lists: Vec<ListFacts>,
    /// Every combination of lists that anybody stands on, the largest first.
    pub combinations: Vec<Combination>,
    /// People on the send lists who are there under two spellings, by what makes the two alike; those without are
    /// left out. `people` counts the addresses that are one too many, and each example's second row is in `also`.
    pub alike: Vec<(Likeness, Crowd)>,
}

/// People of one kind, each counted once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crowd {
    /// How many, exactly.
    pub people: u64,
    /// The first few of them.
    pub examples: Vec<Example>,
}

/// People who stand on these lists and on no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combination {
    /// A bit for each list, the lowest for the first.
    pub lists: u64,
    /// How many people.
    pub people: u64,
    /// How many of them the send lists' own columns do not rule out.
    pub mailable: u64,
    /// The first few; those who may be mailed come before those who are ruled out.
    pub examples: Vec<Example>,
}

impl Audience {
    /// Reads and counts lists. Together the lists of `Role::Send` are the send list.
    ///
    /// # Errors
    /// More than [`MOST_LISTS`] lists; a list that cannot be read, is empty, binary, a web page or a mail; quoting
    /// that is broken; no column, or several, that could be the address. Each names the file, the line and a remedy.
    pub fn read(lists: &[List]) -> Result<Self, Error> {
        Self::read_within(lists, &Memory::unbounded())
    }

    /// Reads and counts lists in no more memory than is given. The answer does not hang on it.
    ///
    /// # Errors
    /// As [`Audience::read`]; and a disk that is full where rows have to be put aside.
    pub fn read_within(lists: &[List], memory: &Memory) -> Result<Self, Error> {
        Self::read_with_room(lists, Depth::Columns, memory, memory.rows())
    }

    /// Counts who stands on which lists and leaves it at that: columns have names, and no profile.
    ///
    /// # Errors
    /// As [`Audience::read_within`].
    pub fn count_within(lists: &[List], memory: &Memory) -> Result<Self, Error> {
        Self::read_with_room(lists, Depth::People, memory, memory.rows())
    }

    /// The same with room for a number of rows.
    fn read_with_room(lists: &[List], depth: Depth, memory: &Memory, room: u64) -> Result<Self, Error> {
        if lists.len() > MOST_LISTS {
            return Err(Error::new(format!("there are {} lists, and no more than {MOST_LISTS} can be compared at once", lists.len()))
                .help("join lists of the same kind into one file, or leave some out"));
        }
        let mut people = People::with_room(memory, room);
        let mut censuses = Vec::with_capacity(lists.len());
        for (number, list) in lists.iter().enumerate() {
            censuses.push(census::take(list, number, depth, &mut people)?);
        }
        let send = lists.iter().zip(0..).filter(|(list, _)| list.role == Role::Send).fold(0, |mask, (_, bit)| mask | 1_u64 << bit);
        let counts = Counts::of(people, lists.len(), send)?;
        let finder = Finder::look_up(lists, &censuses, &counts)?;
        Ok(Self::of(lists, censuses, &counts, &finder))
    }

    fn of(lists: &[List], censuses: Vec<Census>, counts: &Counts, finder: &Finder) -> Self {
        let crowd = |group: &Group| Crowd { people: group.people, examples: finder.examples(&group.first) };
        let combination = |(lists, together): (&u64, &Together)| Combination {
            lists: *lists,
            people: together.all.people,
            mailable: together.mailable,
            examples: finder.examples(&together.all.first),
        };
        let mut combinations: Vec<Combination> = counts.together.iter().map(combination).collect();
        combinations.sort_by_key(|combination| (std::cmp::Reverse(combination.people), combination.lists));
        let lists = lists.iter().zip(censuses).zip(&counts.lists);
        let lists = lists.map(|((list, census), counts)| ListFacts::of(list, census, counts, crowd)).collect();
        let alike = Likeness::ALL.into_iter().zip(counts.spare()).zip(&counts.alike).filter(|((_, spare), _)| *spare > 0);
        let alike = alike.map(|((likeness, people), alike)| (likeness, Crowd { people, examples: finder.examples(&alike.examples.first) }));
        Self { lists, combinations, alike: alike.collect() }
    }

    /// The bits of all lists of a role.
    pub fn mask(&self, role: Role) -> u64 {
        self.lists.iter().zip(0..).filter(|(list, _)| list.role == role).fold(0, |mask, (_, bit)| mask | 1_u64 << bit)
    }

    /// The bits of all lists of a name, capitals, blanks, hyphens and underscores aside.
    pub fn named(&self, name: &str) -> u64 {
        let plain = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let wanted = plain(name);
        self.lists.iter().zip(0..).filter(|(list, _)| plain(&list.name) == wanted).fold(0, |mask, (_, bit)| mask | 1_u64 << bit)
    }

    /// The bits of all lists that are one of these files.
    pub fn at(&self, paths: &[String]) -> u64 {
        self.lists.iter().zip(0..).filter(|(list, _)| paths.contains(&list.path)).fold(0, |mask, (_, bit)| mask | 1_u64 << bit)
    }

    /// Whether there is a list of this role.
    pub fn has(&self, role: Role) -> bool {
        self.lists.iter().any(|list| list.role == role)
    }

    /// Different people on the lists of a role.
    pub fn people_on(&self, role: Role) -> u64 {
        let mask = self.mask(role);
        self.combinations.iter().filter(|combination| combination.lists & mask != 0).map(|combination| combination.people).sum()
    }

    /// How many people would get the mail: different addresses on the send lists, without those that the
    /// send lists' own columns say have opted out or bounced.
    pub fn send_size(&self) -> u64 {
        let mask = self.mask(Role::Send);
        self.combinations.iter().filter(|combination| combination.lists & mask != 0).map(|combination| combination.mailable).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lists: &[(Role, &str)]) -> Result<Audience, Error> {
        let list = |(number, (role, text)): (usize, &(Role, &str))| {
            List::from_bytes(format!("list {number}"), format!("{number}.csv"), *role, text.as_bytes())
        };
        Audience::read(&lists.iter().enumerate().map(list).collect::<Vec<_>>())
    }

    #[test]
    fn existing_customers_on_a_welcome_list_are_counted_and_shown_masked() -> Result<(), Error> {
        let audience = read(&[
            (Role::Send, "Email,First Name\nann@a.example,Ann\nBOB@a.example ,Bob\ncy@a.example,\n"),
            (Role::Send, "email\ncy@a.example\ndee@a.example\n"),
            (Role::Customers, "id;e-mail\n1;bob@a.example\n2;dee@a.example\n3;eve@a.example\n"),
        ])?;
        assert_eq!((audience.send_size(), audience.people_on(Role::Customers)), (4, 3));
        let overlap = audience.overlap(Role::Customers);
        assert_eq!((overlap.people, overlap.ruled_out, overlap.per_list), (2, 0, vec![(2, 2)]));
        let shown: Vec<String> = overlap.examples.iter().map(|e| format!("{} {}:{}", e.address, e.at.path, e.at.line)).collect();
        assert_eq!(shown, ["b•••@a.example 0.csv:3", "d•••@a.example 1.csv:3"]);
        assert_eq!(overlap.examples[0].also, [RowPlace { list: 2, path: "2.csv".into(), line: 2 }]);
        assert_eq!(audience.pairs(), [[3, 1, 1], [1, 2, 1], [1, 1, 3]]);
        Ok(())
    }

    #[test]
    fn rows_that_are_no_people_are_counted_apart() -> Result<(), Error> {
        let audience = read(&[(Role::Send, "email,name\na@a.example,A\n,B\nnobody,C\na@A.example,D\nb@a.example\nc@a.example,E,\n")])?;
        let list = &audience.lists[0];
        assert_eq!((list.rows, list.addresses, list.doubled_rows), (6, 3, 1));
        assert_eq!(list.doubled.examples[0].also[0].line, 5);
        assert_eq!((list.empty.first_lines.as_slice(), list.malformed.first_lines.as_slice()), ([3].as_slice(), [4].as_slice()));
        assert_eq!(list.ragged, OddRows { rows: 1, first_lines: vec![6] });
        Ok(())
    }

    #[test]
    fn people_whom_the_list_itself_rules_out_are_not_in_its_size() -> Result<(), Error> {
        let audience = read(&[
            (
                Role::Send,
                "Email,Klaviyo ID,Email Marketing Consent\na@a.example,1,SUBSCRIBED\nb@a.example,2,UNSUBSCRIBED\nc@a.example,3,\n",
            ),
            (Role::Unsubscribed, "b@a.example\nc@a.example\n"),
        ])?;
        let list = &audience.lists[0];
        assert_eq!(list.export.platform, Some("Klaviyo"));
        assert_eq!((list.mailable, list.opted_out.people, list.never_subscribed.people), (1, 1, 1));
        assert_eq!(audience.send_size(), 2);
        let overlap = audience.overlap(Role::Unsubscribed);
        assert_eq!((overlap.people, overlap.ruled_out), (1, 1));
        assert_eq!(overlap.examples[0].address.masked(), "c•••@a.example");
        Ok(())
    }

    #[test]
    fn a_list_without_addresses_names_its_columns() {
        let error = read(&[(Role::Send, "sku,price\n1,2\n")]).expect_err("no addresses");
        assert_eq!(error.place().as_deref(), Some("0.csv:1:1"));
        assert!(error.message().contains("`sku`, `price`"), "{error}");
    }
}
