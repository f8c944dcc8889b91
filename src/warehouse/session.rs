//! The story of one session: connect, put the keys of files, look, probe, count, profile.

use super::answer::{self, Counts};
use super::columns::{self, Meant};
use super::conformance::{Keys, difference, probe};
use super::connection::{Access, Connection};
use super::cost::Cost;
use super::dialect::Dialect;
use super::fault::Doing;
use super::lane::{Lane, MOST_BITS};
use super::question::{self, Table};
use super::relation::Relation;
use super::standing::{Saying, expression, needs_values};
use super::table::{Answer, Column, Kind};
use crate::audience::{Audience, ColumnProfile, Export, List, ListFacts, MOST_VALUES, Standee, profile_of_values, standees};
use crate::error::Error;
use crate::progress::{Progress, Task};
use crate::settings::{Role, WAREHOUSE};
use std::cmp::Reverse;

/// A list that is to be counted in a warehouse.
#[derive(Debug)]
pub struct Named<'a> {
    /// What people call it.
    pub name: &'a str,
    /// Who stands on it.
    pub role: Role,
    /// The column with the addresses, where it was said.
    pub column: Option<&'a str>,
    /// Where its rows are.
    pub source: Source<'a>,
}

/// Where the rows of a list are.
#[derive(Debug)]
pub enum Source<'a> {
    /// In the warehouse: a table, a view or a query.
    Warehouse(&'a str),
    /// In a file, which was counted already and whose keys go up for the comparison.
    File(&'a List, Box<ListFacts>),
}

/// Which columns are looked at beside the addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// None: they have names and nothing else.
    Names,
    /// Those whose meaning is known: names, language, country, consent, topics, status.
    Known,
    /// All.
    All,
}

/// How many keys go up at once.
const BATCH: usize = 65_536;
/// How many columns of a table are looked at.
const MOST_COLUMNS: usize = 128;

/// A list as the engine described it.
pub(super) struct Looked {
    pub(super) table: Table,
    /// Nothing for a file.
    pub(super) export: Option<Export>,
    pub(super) columns: Vec<Column>,
}

/// Counts lists where they stand. The statement that counts is one, so that the engine sees all lists at one moment.
///
/// # Errors
/// Everything that keeps the answer from being whole and sure, in words without credentials.
pub fn count(lists: &[Named<'_>], access: &Access, columns: Columns, progress: &Progress) -> Result<Audience, Error> {
    let (mut session, looked) = Session::begin(lists, access, progress)?;
    let tables: Vec<Table> = looked.iter().map(|looked| looked.table.clone()).collect();
    let counted = session.count(&question::count(access.dialect, &tables, access.examples), lists.len())?;
    let counts = Counts::read(&counted, lists.len(), lists.len())?;
    let mut profiles = Vec::with_capacity(lists.len());
    for (list, looked) in lists.iter().zip(&looked) {
        profiles.push(session.profile(list.name, looked, columns)?);
    }
    answer::audience(lists, looked, profiles, &counts)
}

/// A session that is being held.
pub(super) struct Session {
    pub(super) connection: Connection,
    pub(super) dialect: Dialect,
    task: Task,
}

impl Session {
    /// Connects, puts the keys of files up, looks the lists up, and holds the engine to what an address is.
    pub(super) fn begin(lists: &[Named<'_>], access: &Access, progress: &Progress) -> Result<(Self, Vec<Looked>), Error> {
        if lists.len() > MOST_BITS {
            return Err(Error::new(format!("there are {} lists, and a warehouse can compare {MOST_BITS} at once", lists.len()))
                .help("join lists of the same kind into one view, or leave some out"));
        }
        let task = progress.wait("connecting to the warehouse");
        let mut session = Self { connection: Connection::open(access)?, dialect: access.dialect, task };
        let put = lists.iter().enumerate().map(|(number, list)| session.put(number, list)).collect::<Result<Vec<_>, _>>()?;
        for setting in access.dialect.session(access.limit.as_secs()) {
            let told = session.connection.tell(&setting.sql);
            if setting.required {
                told?;
            }
        }
        let mut looked = Vec::with_capacity(lists.len());
        for (list, put) in lists.iter().zip(put) {
            looked.push(match put {
                Some(table) => Looked { table, export: None, columns: Vec::new() },
                None => session.look(list)?,
            });
        }
        for (list, looked) in lists.iter().zip(&looked) {
            session.say("probing how addresses are compared in", list.name);
            session.probe(list.name, &looked.table)?;
        }
        Ok((session, looked))
    }

    /// Asks the statement that counts, and says what it costs where the engine tells.
    pub(super) fn count(&mut self, sql: &str, lists: usize) -> Result<Answer, Error> {
        let what = format!("counting {lists} {} in the warehouse", if lists == 1 { "list" } else { "lists" });
        self.task.say(&what);
        if let Some(cost) = Cost::of(&mut self.connection, self.dialect, sql) {
            self.task.note(&format!("{what} {}", cost.in_words()));
        }
        self.connection.ask(Doing::Count, sql)
    }

    /// Says what is being done with a list now.
    pub(super) fn say(&self, what: &str, list: &str) {
        self.task.say(&format!("{what} `{list}`"));
    }

    /// Puts the keys of a file up; nothing for a list that is there already.
    fn put(&mut self, number: usize, list: &Named<'_>) -> Result<Option<Table>, Error> {
        let Source::File(file, _) = &list.source else { return Ok(None) };
        let name = format!("presend_{number}");
        self.say("putting up the addresses of", list.name);
        let mut rows = standees(file)?;
        let mut first = true;
        let batches = std::iter::from_fn(|| {
            let batch: Result<Vec<Standee>, Error> = rows.by_ref().take(BATCH).collect();
            // A list without anybody is a table without rows, and not no table.
            let is_over = !std::mem::take(&mut first) && batch.as_ref().is_ok_and(Vec::is_empty);
            (!is_over).then_some(batch)
        });
        self.connection.put(&Doing::Put(list.name.to_owned()), &name, file.lanes(), batches)?;
        let (from, column, standing) = (self.dialect.quote(&name), self.dialect.quote("email"), Some(self.dialect.quote("standing")));
        let lane = |at: usize| Lane { name: format!("c{at}"), cell: self.dialect.quote(&format!("lane{at}")), tells: format!("c{at}") };
        let lanes = (0..file.lanes()).map(lane).collect();
        Ok(Some(Table { from, column, standing, heard: list.role == Role::Send, counted: false, detailed: false, lanes }))
    }

    /// Looks a list up: its columns, and which of them is the address.
    fn look(&mut self, list: &Named<'_>) -> Result<Looked, Error> {
        let Source::Warehouse(text) = list.source else { return Err(Error::new("a file is not looked up in a warehouse")) };
        let shown = format!("{WAREHOUSE}{text}");
        self.say("looking up", list.name);
        let mut found = None;
        for from in Relation::parse(text)?.clauses(self.dialect) {
            let answer = self.connection.ask(Doing::Look(list.name.to_owned()), &columns::no_rows(&from));
            found = match (found, answer) {
                (_, Ok(answer)) => Some(Ok((from, answer.columns))),
                // What was written is what the message should be about.
                (None, Err(error)) => Some(Err(error)),
                (before, Err(_)) => before,
            };
            if matches!(found, Some(Ok(_))) {
                break;
            }
        }
        let (from, columns) = found.unwrap_or_else(|| Err(Error::new("nothing was named")))?;
        let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        if let Some(name) = names.iter().enumerate().find_map(|(at, name)| names.iter().take(at).find(|before| *before == name)) {
            return Err(Error::in_file(&shown, format!("two columns of this query are called `{name}`"))
                .help("name its columns one by one, and each otherwise: SELECT p.email, c.country FROM …"));
        }
        let export = Export::recognise(&names, &[], list.column, &shown, 1)?;
        let column = columns.get(export.address).ok_or_else(|| Error::in_file(&shown, "this list has no columns"))?;
        if column.kind != Kind::Text {
            let error =
                Error::in_file(&shown, format!("the column `{}` with the addresses is not text but {}", column.name, column.type_name));
            return Err(error.help("say which column holds the addresses: --column NAME, or LIST=NAME for one list"));
        }
        let column = self.dialect.quote(&column.name);
        let standing = self.standing(list.name, &from, &export, &columns)?;
        let table = Table { from, column, standing, heard: list.role == Role::Send, counted: false, detailed: true, lanes: Vec::new() };
        Ok(Looked { table, export: Some(export), columns })
    }

    /// What the columns say of people, as an expression.
    fn standing(&mut self, list: &str, from: &str, export: &Export, columns: &[Column]) -> Result<Option<String>, Error> {
        let mut sayings = Vec::new();
        for (at, signal) in export.signals() {
            let Some(column) = columns.get(at).filter(|column| column.kind != Kind::Bytes) else { continue };
            let quoted = self.dialect.quote(&column.name);
            let mut values = if needs_values(signal) {
                self.values(list, from, Meant::all(&quoted))?.ok_or_else(|| {
                    let what = format!(
                        "the column `{}` of `{list}` says who may be mailed, in more than {MOST_VALUES} different values",
                        column.name
                    );
                    Error::new(what).help("name a query without this column, or one in which it has few words")
                })?
            } else {
                Vec::new()
            };
            values.sort_by_key(|(_, rows)| Reverse(*rows));
            sayings.push(Saying { column: quoted, signal, values: values.into_iter().map(|(value, _)| value).collect() });
        }
        Ok(expression(self.dialect, export.everybody(), &sayings))
    }

    /// The values of a column with their rows, if they are few.
    pub(super) fn values(&mut self, list: &str, from: &str, meant: Meant<'_>) -> Result<Option<Vec<(String, u64)>>, Error> {
        let doing = || Doing::Profile(list.to_owned());
        let variety = self.connection.ask(doing(), &columns::variety(self.dialect, from, meant, MOST_VALUES + 1))?;
        if answer::sizes(&variety, 1)?.iter().any(|values| *values > MOST_VALUES as u64) {
            return Ok(None);
        }
        answer::values(&self.connection.ask(doing(), &columns::values(self.dialect, from, meant))?).map(Some)
    }

    /// Holds the engine to what an address is.
    fn probe(&mut self, list: &str, table: &Table) -> Result<(), Error> {
        let Some(difference) = self.differs(list, &table.from, &table.column)? else { return Ok(()) };
        Err(Error::new(format!("the warehouse does not compare the addresses of `{list}` as presend does: {difference}"))
            .help("its counts would not be those of files, so none are shown; name a query that gives the column a binary collation, such as `COLLATE \"C\"`"))
    }

    /// The first difference between what the engine makes of awkward texts in a column and what presend makes of them.
    pub(super) fn differs(&mut self, list: &str, from: &str, column: &str) -> Result<Option<String>, Error> {
        let answer = self.connection.ask(Doing::Probe(list.to_owned()), &probe(self.dialect, from, column))?;
        let mut keys = Keys::new();
        for row in &answer.rows {
            let [key, mask, possible] = row.as_slice() else { continue };
            let mask = mask.number().and_then(|mask| u64::try_from(mask).ok()).unwrap_or_default();
            let before = keys.insert(key.text().unwrap_or_default().to_owned(), (mask, possible.number() == Some(1)));
            if let Some((other, _)) = before {
                keys.insert(key.text().unwrap_or_default().to_owned(), (mask | other, false));
            }
        }
        Ok(difference(&keys))
    }

    /// What the columns of a list hold, as far as counts can say it.
    fn profile(&mut self, list: &str, looked: &Looked, wanted: Columns) -> Result<Vec<ColumnProfile>, Error> {
        let Some(export) = &looked.export else { return Ok(Vec::new()) };
        self.say("looking at the columns of", list);
        let known = [export.first_name, export.full_name, export.language, export.country, export.consent, export.topics];
        let is_meant = |at: usize| match wanted {
            Columns::Names => false,
            Columns::Known => known.contains(&Some(at)) || export.status.contains(&at),
            Columns::All => at < MOST_COLUMNS,
        };
        let meant = looked.columns.iter().enumerate().filter(|(at, column)| is_meant(*at) && column.kind != Kind::Bytes);
        let meant: Vec<(usize, String)> = meant.map(|(at, column)| (at, self.dialect.quote(&column.name))).collect();
        let mut profiles: Vec<ColumnProfile> =
            looked.columns.iter().enumerate().map(|(at, column)| profile_of_values(&column.name, at, (0, 0), None, export)).collect();
        if meant.is_empty() {
            return Ok(profiles);
        }
        let names: Vec<String> = meant.iter().map(|(_, name)| name.clone()).collect();
        let filled = self.connection.ask(Doing::Profile(list.to_owned()), &columns::filled(self.dialect, &looked.table.from, &names))?;
        let sizes = answer::sizes(&filled, meant.len() + 1)?;
        let all = sizes.first().copied().unwrap_or_default();
        for ((at, name), some) in meant.iter().zip(sizes.into_iter().skip(1)) {
            let values = if *at == export.address { None } else { self.values(list, &looked.table.from, Meant::all(name))? };
            let Some(column) = looked.columns.get(*at) else { continue };
            if let Some(profile) = profiles.get_mut(*at) {
                *profile = profile_of_values(&column.name, *at, (some, all.saturating_sub(some)), values.as_deref(), export);
            }
        }
        Ok(profiles)
    }
}
