//! Whose export a list is, and what its columns say: address, names, language, and who may be mailed.

use super::address;
use super::platform::{self, PLATFORMS, Platform};
use super::standing::{Signal, Standing};
use crate::error::Error;
use serde::Serialize;
use std::collections::BTreeSet;

/// The part of a list that is understood: which column is which, by index from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Export {
    /// The platform and the kind of export in words (`Mailchimp, unsubscribed`), if it was recognised.
    pub platform: Option<&'static str>,
    /// The address.
    pub address: usize,
    /// The first name.
    pub first_name: Option<usize>,
    /// The last name.
    pub last_name: Option<usize>,
    /// The whole name, where there is a column for it.
    pub full_name: Option<usize>,
    /// The language or locale.
    pub language: Option<usize>,
    /// The country.
    pub country: Option<usize>,
    /// The day on which somebody said yes to mail.
    pub consent: Option<usize>,
    /// The topics to which somebody said yes.
    pub topics: Option<usize>,
    /// Columns that say who may be mailed.
    pub status: Vec<usize>,
    #[serde(skip)]
    signals: Vec<(usize, &'static Signal)>,
    /// What every row of such an export is, where the file itself is the status.
    #[serde(skip)]
    everybody: Standing,
}

impl Export {
    /// Recognises an export by the names of its columns and, where they say nothing, by the first rows.
    ///
    /// `wanted` is the address column as the person named it.
    ///
    /// # Errors
    /// No column that could be the address, or several that could equally be it.
    pub fn recognise(names: &[String], sample: &[Vec<String>], wanted: Option<&str>, path: &str, line: u64) -> Result<Self, Error> {
        let plain: Vec<String> = names.iter().map(|name| simplify(name)).collect();
        let platform = PLATFORMS.iter().find(|platform| platform.fits(&plain));
        let mut export = Self { address: address_column(names, &plain, sample, wanted, platform, path, line)?, ..Self::default() };
        let first_of = |words: &[&str]| words.iter().find_map(|word| plain.iter().position(|name| name == word));
        export.first_name = first_of(platform::FIRST_NAME);
        export.last_name = first_of(platform::LAST_NAME);
        export.full_name = first_of(platform::FULL_NAME);
        export.language = first_of(platform::LANGUAGE);
        export.country = first_of(platform::COUNTRY);
        export.consent = first_of(platform::CONSENT);
        export.topics = first_of(platform::TOPICS);
        let signals = match platform {
            Some(platform) => {
                export.platform = Some(platform.name);
                export.everybody = platform.everybody;
                platform.signals
            }
            None => platform::PLAIN,
        };
        let found = signals.iter().filter_map(|signal| Some((plain.iter().position(|name| name == signal.column())?, signal)));
        export.signals = found.filter(|(column, _)| *column != export.address).collect();
        export.status = export.signals.iter().map(|(column, _)| *column).collect();
        Ok(export)
    }

    /// Reads what many rows say about their people.
    pub(super) fn standings(&self) -> Standings<'_> {
        Standings {
            everybody: self.everybody,
            signals: self.signals.iter().map(|(column, signal)| (*column, *signal, Vec::new())).collect(),
        }
    }

    /// The columns that say something of their people, and how; a row is the gravest that any of them says.
    pub fn signals(&self) -> impl Iterator<Item = (usize, &'static Signal)> {
        self.signals.iter().copied()
    }

    /// What every row is, where the kind of the export says it.
    pub fn everybody(&self) -> Standing {
        self.everybody
    }

    /// Whether any column, or the kind of the file, says who may be mailed.
    pub fn knows_standing(&self) -> bool {
        self.everybody != Standing::Unknown || !self.signals.is_empty()
    }
}

/// What rows say about their people. Status columns have few words, so that each is understood once.
pub(super) struct Standings<'a> {
    everybody: Standing,
    /// Columns with what they say, and the first cells with what each of them means.
    signals: Vec<(usize, &'static Signal, Known<'a>)>,
}

/// Cells with what they mean.
type Known<'a> = Vec<(&'a [u8], Standing)>;

/// How many cells of a status column are remembered.
const REMEMBERED: usize = 8;

impl<'a> Standings<'a> {
    /// What a row says about its person; `cell` gives the bytes of a column.
    #[inline]
    pub(super) fn of(&mut self, cell: impl Fn(usize) -> &'a [u8]) -> Standing {
        let mut worst = self.everybody;
        for (column, signal, known) in &mut self.signals {
            let cell = cell(*column);
            let standing = known.iter().find(|(word, _)| *word == cell).map(|(_, standing)| *standing);
            let standing = standing.unwrap_or_else(|| {
                let standing = signal.read(cell);
                known.extend((known.len() < REMEMBERED).then_some((cell, standing)));
                standing
            });
            worst = worst.max(standing);
        }
        worst
    }
}

/// A column's name without case, blanks and marks: `E-Mail Address` and `EMAIL_ADDRESS` are both `emailaddress`.
pub(super) fn simplify(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How many columns are named in an error.
const NAMED: usize = 12;

fn address_column(
    names: &[String],
    plain: &[String],
    sample: &[Vec<String>],
    wanted: Option<&str>,
    platform: Option<&Platform>,
    path: &str,
    line: u64,
) -> Result<usize, Error> {
    let at = usize::try_from(line).unwrap_or(usize::MAX);
    if let Some(wanted) = wanted {
        let exact = columns(names, |name| name.trim() == wanted.trim());
        let found = if exact.is_empty() { columns(plain, |name| name == simplify(wanted)) } else { exact };
        return match found.as_slice() {
            [] => Err(Error::at_line(path, at, 1, format!("this list has no column `{wanted}`"))
                .help(format!("its columns are {}", listed(names)))),
            [first, ..] if found.iter().all(|column| same_column(sample, *first, *column)) => Ok(*first),
            _ => Err(several(names, &found, path, at)),
        };
    }
    // A column that has the name and never an address, such as "Mail: yes", gives way to one that has addresses.
    let mut called_so = None;
    for word in platform::ADDRESS {
        let found = columns(plain, |name| name == *word);
        match found.as_slice() {
            [] => {}
            [one] if could_hold_addresses(sample, *one) => return Ok(*one),
            [one] => called_so = called_so.or(Some(*one)),
            [first, ..] if found.iter().all(|column| same_column(sample, *first, *column)) => return Ok(*first),
            _ => return Err(several(names, &found, path, at)),
        }
    }
    // Mailchimp translates the name of its first column, and only that.
    if platform.is_some_and(|platform| platform.address_first) {
        return Ok(0);
    }
    let found: Vec<usize> = (0..names.len()).filter(|column| holds_addresses(sample, *column)).collect();
    match (found.as_slice(), called_so) {
        ([one], _) => Ok(*one),
        ([], Some(one)) => Ok(one),
        ([], None) => {
            Err(Error::at_line(path, at, 1, format!("no column of this list holds email addresses; its columns are {}", listed(names)))
                .help("rename the column with the addresses to `email`, or, if this is not a list of people, leave it out"))
        }
        _ => Err(several(names, &found, path, at)),
    }
}

/// The columns with such a name.
fn columns(names: &[String], is_meant: impl Fn(&str) -> bool) -> Vec<usize> {
    names.iter().enumerate().filter(|(_, name)| is_meant(name)).map(|(at, _)| at).collect()
}

fn several(names: &[String], found: &[usize], path: &str, line: usize) -> Error {
    let columns: Vec<String> =
        found.iter().map(|at| format!("`{}` (column {})", names.get(*at).map_or(String::new(), |name| shown(name)), at + 1)).collect();
    let names: BTreeSet<&str> = found.iter().filter_map(|at| names.get(*at)).map(|name| name.trim()).collect();
    Error::at_line(path, line, 1, format!("more than one column could be the address: {}", columns.join(", "))).help(
        if names.len() == found.len() {
            "say which with --column NAME, or rename the right one to `email` and the others to something else"
        } else {
            "give the columns different names: `email` the right one, and the others something else"
        },
    )
}

fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{}`", shown(name))).collect();
    match names.len().checked_sub(NAMED) {
        Some(more @ 1..) => format!("{} and {more} more", shown.join(", ")),
        _ => shown.join(", "),
    }
}

/// A name as it can be shown: on one line, and not longer than one.
fn shown(name: &str) -> String {
    name.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect()
}

fn same_column(sample: &[Vec<String>], one: usize, other: usize) -> bool {
    sample.iter().all(|row| row.get(one) == row.get(other))
}

/// Whether a column holds an address, or nothing.
fn could_hold_addresses(sample: &[Vec<String>], column: usize) -> bool {
    let mut filled = sample.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.trim().is_empty()).peekable();
    filled.peek().is_none() || filled.any(|cell| address::is_possible(cell.trim().as_bytes()))
}

/// Whether four of five filled cells of a column are addresses.
fn holds_addresses(sample: &[Vec<String>], column: usize) -> bool {
    let filled = || sample.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.trim().is_empty());
    let good = filled().filter(|cell| address::is_possible(cell.trim().as_bytes())).count();
    good > 0 && good * 5 >= filled().count() * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognise(names: &[&str], row: &[&str]) -> Result<Export, Error> {
        let owned = |cells: &[&str]| cells.iter().map(ToString::to_string).collect::<Vec<String>>();
        Export::recognise(&owned(names), &[owned(row)], None, "x.csv", 1)
    }

    #[test]
    fn a_column_called_mail_without_addresses_is_not_the_address() -> Result<(), Error> {
        assert_eq!(recognise(&["Mail", "Contact"], &["yes", "ann@a.example"])?.address, 1);
        assert_eq!(recognise(&["Mail", "Contact"], &["", ""])?.address, 0);
        assert_eq!(recognise(&["Email", "Work Email"], &["ann@a.example", "ann@b.example"])?.address, 0);
        Ok(())
    }

    #[test]
    fn a_column_that_is_named_must_be_one() {
        let named = |names: [&str; 2], wanted: &str| {
            let row = ["ann@a.example", "ann@b.example"].map(String::from).to_vec();
            let found = Export::recognise(&names.map(String::from), &[row], Some(wanted), "x.csv", 1);
            found
                .map(|export| export.address)
                .map_err(|error| error.remedy().unwrap_or_default().split(':').next().unwrap_or_default().to_owned())
        };
        assert_eq!((named(["work", "home"], "home"), named(["Email", "E-Mail"], "E-Mail")), (Ok(1), Ok(1)));
        let rename = Err(String::from("give the columns different names"));
        assert_eq!((named(["email", "email"], "email"), named(["email ", "email"], "Email")), (rename.clone(), rename));
        assert!(named(["Email", "E-Mail"], "e mail").is_err_and(|help| help.starts_with("say which with --column NAME")));
    }

    #[test]
    fn what_any_list_could_have_is_no_platform() -> Result<(), Error> {
        let row = ["ann@a.example", "Ann", "cancelled", "2026-01-01", "", "7"];
        let kit = ["email", "first_name", "status", "created_at", "tags"];
        assert_eq!(recognise(&kit, &row[..5])?.platform, Some("Kit"));
        assert_eq!(recognise(&[kit.as_slice(), &["order_id"]].concat(), &row)?.platform, None);
        assert_eq!(recognise(&["Email Address", "State"], &["ann@a.example", "Ohio"])?.platform, None);
        Ok(())
    }
}
