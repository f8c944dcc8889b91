//! The rows of a combination, taken out of one list: those who are also on some lists and not on others.

use super::address::Address;
use super::census::{self, Depth};
use super::entry::{Entry, Person, partition};
use super::list::List;
use super::memory::Memory;
use super::people::People;
use super::rows::{self, Header};
use crate::error::Error;
use crate::settings::Role;

/// Which people: on all lists of `on`, on none of `off`; both have a bit for each list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick {
    /// The list whose rows are taken.
    pub from: usize,
    /// Lists on which they all stand; `from` is one of them.
    pub on: u64,
    /// Lists on which none of them stands.
    pub off: u64,
}

impl Pick {
    /// Reads `A,B,!C`, with the names of lists.
    ///
    /// # Errors
    /// A name that no list has or that several have; only lists to be left out.
    pub fn parse(text: &str, lists: &[List]) -> Result<Self, Error> {
        let bad = |what: String| Error::new(format!("--extract {text}: {what}"));
        let all = || lists.iter().map(|list| format!("`{}`", list.name)).collect::<Vec<_>>().join(", ");
        let (mut from, mut on, mut off) = (None, 0_u64, 0_u64);
        for word in text.split(',').map(str::trim) {
            let (name, is_off) = word.strip_prefix('!').map_or((word, false), |name| (name.trim(), true));
            let found = lists.iter().position(|list| list.name == name);
            let at = found.ok_or_else(|| bad(format!("there is no list `{name}`")).help(format!("the lists are {}", all())))?;
            if is_off {
                off |= 1 << at;
            } else {
                from = from.or(Some(at));
                on |= 1 << at;
            }
        }
        let from =
            from.ok_or_else(|| bad(String::from("no list is named whose rows are wanted")).help("begin with one: --extract A,!B"))?;
        if on & off != 0 {
            return Err(bad(String::from("a list is both wanted and left out")).help("name each list once"));
        }
        Ok(Self { from, on, off })
    }

    fn takes(&self, lists: u64) -> bool {
        lists & self.on == self.on && lists & self.off == 0
    }
}

/// How much was taken out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extracted {
    /// People, each counted once.
    pub people: u64,
    /// Their rows; somebody may have several.
    pub rows: u64,
}

/// Gives the header, where the list has one, and then every row of the people picked, as the list has them.
///
/// # Errors
/// A list that cannot be read, a full disk where memory is bounded, and whatever `write` says.
pub fn extract(
    lists: &[List],
    pick: Pick,
    memory: &Memory,
    write: &mut dyn FnMut(&[String]) -> Result<(), Error>,
) -> Result<Extracted, Error> {
    let mut people = People::new(memory);
    for (number, list) in lists.iter().enumerate().filter(|(at, _)| (pick.on | pick.off) & (1 << at) != 0) {
        // Only send lists are looked at for other spellings; here an address is itself.
        let mut list = list.clone();
        list.role = Role::Other;
        census::take(&list, number, Depth::People, &mut people)?;
    }
    let mut picked = people.gather(Vec::new, |all, at, rows| all.push((at, picked(rows, pick))), joined)?;
    picked.sort_unstable_by_key(|(partition, _)| *partition);
    let mut extracted = Extracted { people: picked.iter().map(|(_, people)| people.len() as u64).sum(), rows: 0 };
    let Some(list) = lists.get(pick.from) else { return Ok(extracted) };
    let rows = rows::stream(list)?;
    let Header { names, named, export, may_be_short, .. } = rows.header().clone();
    let column = export.address;
    if named {
        write(&names)?;
    }
    for row in rows {
        let mut fields = row?.fields;
        let Some(address) = fields.get(column).and_then(|cell| Address::parse(cell)) else { continue };
        let address = address.in_full().as_bytes();
        if picked.get(partition(address)).is_some_and(|(_, people)| people.binary_search(&Person::of(address)).is_ok()) {
            if may_be_short && fields.len() < names.len() {
                fields.resize(names.len(), String::new());
            }
            write(&fields)?;
            extracted.rows += 1;
        }
    }
    Ok(extracted)
}

/// What two threads have picked.
fn joined<T>(mut one: Vec<T>, mut other: Vec<T>) -> Vec<T> {
    one.append(&mut other);
    one
}

/// The people of one partition who are picked, in their order.
fn picked(entries: &[Entry], pick: Pick) -> Vec<Person> {
    let people = entries.chunk_by(|a, b| a.is_same_person(*b));
    let taken = people.filter(|rows| pick.takes(rows.iter().fold(0, |lists, row| lists | 1 << row.list())));
    taken.filter_map(<[Entry]>::first).map(|row| row.person()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(name: &str, text: &str) -> List {
        List::from_bytes(name, format!("{name}.csv"), Role::Other, text.as_bytes())
    }

    #[test]
    fn rows_come_whole_from_the_first_list() -> Result<(), Error> {
        let lists = [
            list("a", "id;Mail\n1;ann@a.example\n2;BOB@a.example\n3;cy@a.example\n4;bob@a.example\n5;nobody\n"),
            list("b", "bob@a.example\ncy@a.example\n"),
            list("c", "email\ncy@a.example\n"),
            list("d", "{\"email\":\"ann@a.example\",\"x\":1}\n{\"email\":\"bob@a.example\",\"y\":2}\n"),
        ];
        let taken = |text: &str| -> Result<(Extracted, String), Error> {
            let mut out = String::new();
            let mut write = |row: &[String]| {
                out += &(row.join("|") + "\n");
                Ok(())
            };
            let extracted = extract(&lists, Pick::parse(text, &lists)?, &Memory::unbounded(), &mut write)?;
            Ok((extracted, out))
        };
        assert_eq!(taken("a,b,!c")?, (Extracted { people: 1, rows: 2 }, "id|Mail\n2|BOB@a.example\n4|bob@a.example\n".into()));
        assert_eq!(taken("b, !a")?, (Extracted::default(), String::new()));
        assert_eq!(taken("b,c")?.1, "cy@a.example\n");
        assert_eq!(taken("d")?.1, "email|x|y\nann@a.example|1|\nbob@a.example||2\n");
        assert!(taken("!a").is_err() && taken("a,!a").is_err());
        assert_eq!(taken("e").expect_err("no such list").remedy(), Some("the lists are `a`, `b`, `c`, `d`"));
        Ok(())
    }
}
