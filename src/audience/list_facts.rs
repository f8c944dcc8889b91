//! One list, counted: its people, what is odd about its rows, and its columns.

use super::Crowd;
use super::census::{Census, OddRows};
use super::columns::ColumnProfile;
use super::counts::{Group, OneList};
use super::export::Export;
use super::list::List;
use super::mark::Mark;
use super::name_fit::NameFit;
use super::standing::Standing;
use crate::settings::Role;
use jiff::civil::Date;

/// One list, counted.
#[derive(Debug, Clone)]
pub struct ListFacts {
    /// What people call it.
    pub name: String,
    /// The file as the person named it.
    pub path: String,
    /// Whether it stands in a warehouse and was counted there: its rows were not seen, and nothing is known of single ones.
    pub in_warehouse: bool,
    /// Who stands on it.
    pub role: Role,
    /// The day of which it is, where its name says one.
    pub day: Option<Date>,
    /// Whose export it is, and which column is which.
    pub export: Export,
    /// Rows, without the header and without empty lines.
    pub rows: u64,
    /// Different addresses.
    pub addresses: u64,
    /// Rows beyond the first of the same address.
    pub doubled_rows: u64,
    /// People with more than one row.
    pub doubled: Crowd,
    /// Rows without an address.
    pub empty: OddRows,
    /// Rows whose address cannot be one.
    pub malformed: OddRows,
    /// Rows that repeat the header, as where two exports were pasted together.
    pub headers: OddRows,
    /// Rows that add up others: `Total`.
    pub totals: OddRows,
    /// Rows with more or fewer cells than there are columns.
    pub ragged: OddRows,
    /// People who said no, by this list's own columns.
    pub opted_out: Crowd,
    /// People whose mail bounced, by this list's own columns.
    pub bounced: Crowd,
    /// People who never said yes, by this list's own columns.
    pub never_subscribed: Crowd,
    /// People who may be mailed, by this list's own columns; the rest is not known.
    pub mailable: u64,
    /// People whose address is worth a word, by what it is; those without are left out. Only on send lists.
    pub marked: Vec<(Mark, Crowd)>,
    /// How the names go with the mailboxes. Only on send lists.
    pub names: NameFit,
    /// The columns.
    pub columns: Vec<ColumnProfile>,
}

impl ListFacts {
    pub(super) fn of(list: &List, census: Census, counts: &OneList, crowd: impl Fn(&Group) -> Crowd) -> Self {
        let standing = |standing: Standing| counts.standing.get(standing as usize).map(&crowd).unwrap_or_default();
        Self {
            name: list.name.clone(),
            path: list.path.clone(),
            in_warehouse: false,
            role: list.role,
            day: list.day,
            export: census.header.export,
            rows: census.tally.rows,
            addresses: counts.standing.iter().map(|group| group.people).sum(),
            doubled_rows: counts.doubled_rows,
            doubled: crowd(&counts.doubled),
            empty: census.tally.empty,
            malformed: census.tally.malformed,
            headers: census.tally.headers,
            totals: census.tally.totals,
            ragged: census.tally.ragged,
            opted_out: standing(Standing::OptedOut),
            bounced: standing(Standing::Bounced),
            never_subscribed: standing(Standing::NeverSubscribed),
            mailable: standing(Standing::Mailable).people,
            marked: Mark::ALL
                .into_iter()
                .zip(&counts.marked)
                .filter(|(_, group)| group.people > 0)
                .map(|(mark, group)| (mark, crowd(group)))
                .collect(),
            names: census.names,
            columns: census.columns,
        }
    }
}
