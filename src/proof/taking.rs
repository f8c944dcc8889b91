//! Takes the proof: streams the rows of a list, sorts them, and looks at one message of each kind.

use super::columns::Columns;
use super::compile::compile;
use super::faults::{self, Fault, Harm, Site};
use super::kinds::{Read, Signature, Sorter};
use super::render::{Rendered, Stop, Values, render};
use super::template::Template;
use crate::audience::rows::{self, Row};
use crate::audience::{self, List};
use crate::error::Error;
use crate::facts::Facts;
use crate::message::Message;
use crate::offers::Language;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How many kinds are kept; rows beyond them are looked at one by one.
pub const MOST_KINDS: usize = 16_384;

/// How many lines of rows are kept of each thing.
pub const LINES: usize = 5;

/// How much of a cell is kept for showing a message, in bytes.
const KEPT: usize = 100_000;

/// Rows that have something in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// How many, exactly.
    pub rows: u64,
    /// The lines of the first few.
    pub lines: Vec<u64>,
}

impl Rows {
    pub(super) fn add(&mut self, line: u64) {
        self.rows += 1;
        if self.lines.len() < LINES {
            self.lines.push(line);
        }
    }
}

/// One kind of message: rows that get the same but for their values.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Who gets it.
    pub who: Rows,
    /// What is wrong with it, the worst first.
    pub faults: Vec<Fault>,
    /// The cells of its first row, for the fields of the template.
    pub cells: Vec<String>,
}

/// A condition, with how many rows took each of its branches.
pub type Taken = Vec<u64>;

/// A draft against every row of one list.
#[derive(Debug)]
pub struct ListProof {
    /// The list's file.
    pub path: String,
    /// The columns of the list.
    pub columns: Columns,
    /// The draft, bound to them.
    pub template: Template,
    /// Rows that get a message: those with an address.
    pub rows: u64,
    /// The kinds of messages, the worst first.
    pub kinds: Vec<Kind>,
    /// Rows whose kinds were too many to be kept; their faults are counted all the same.
    pub beyond: u64,
    /// Everything that is wrong with any message, with exact counts.
    pub faults: Vec<(Fault, Rows)>,
    /// How many rows took each branch of each condition.
    pub taken: Vec<Taken>,
}

/// What was counted when all rows have gone by.
struct Counted {
    rows: u64,
    beyond: u64,
    kinds: Vec<Kind>,
    faults: Vec<(Fault, Rows)>,
    taken: Vec<Taken>,
}

/// What is counted while the rows go by.
struct Tally<'t> {
    sorter: Sorter<'t>,
    mail: Option<Language>,
    places: FxHashMap<Signature, usize>,
    kinds: Vec<Kind>,
    faults: BTreeMap<Fault, Rows>,
    taken: Vec<Taken>,
    beyond: u64,
    rows: u64,
}

impl<'t> Tally<'t> {
    fn of(template: &'t Template, columns: &Columns, mail: Option<Language>) -> Self {
        Self {
            sorter: Sorter::of(template, columns),
            mail,
            places: FxHashMap::default(),
            kinds: Vec::new(),
            faults: BTreeMap::new(),
            taken: template.forks.iter().map(|fork| vec![0; fork.conditions.len() + 1]).collect(),
            beyond: 0,
            rows: 0,
        }
    }

    fn row(&mut self, values: &mut Values<'_, '_>, person: [&str; 2], line: u64, signature: &mut Signature) {
        self.rows += 1;
        self.sorter.sort(values, person, signature);
        if let Some(kind) = self.places.get(signature).and_then(|at| self.kinds.get_mut(*at)) {
            kind.who.add(line);
            return;
        }
        let read = Read::of(&self.sorter, signature);
        let message = if read.stop().is_some() { None } else { render(self.sorter.template, values).ok() };
        let faults = faults::of_kind(&self.sorter, read, message.as_deref(), self.mail);
        let who = Rows { rows: 1, lines: vec![line] };
        if self.kinds.len() < MOST_KINDS {
            self.places.insert(signature.clone(), self.kinds.len());
            self.kinds.push(Kind { who, faults, cells: values.cells.iter().map(|cell| kept(cell)).collect() });
            return;
        }
        self.beyond += 1;
        for (at, taken) in self.taken.iter_mut().enumerate() {
            read.branches(at).for_each(|branch| taken.get_mut(branch).into_iter().for_each(|rows| *rows += 1));
        }
        for fault in faults {
            self.faults.entry(fault).or_default().add(line);
        }
    }

    /// Adds the kinds up.
    fn finish(mut self) -> Counted {
        for (signature, at) in &self.places {
            let Some(kind) = self.kinds.get(*at) else { continue };
            let read = Read::of(&self.sorter, signature);
            for (fork, taken) in self.taken.iter_mut().enumerate() {
                read.branches(fork).for_each(|branch| taken.get_mut(branch).into_iter().for_each(|rows| *rows += kind.who.rows));
            }
            for fault in &kind.faults {
                let rows = self.faults.entry(fault.clone()).or_default();
                rows.rows += kind.who.rows;
                rows.lines.extend(&kind.who.lines);
            }
        }
        let mut faults: Vec<(Fault, Rows)> = self.faults.into_iter().collect();
        for (_, rows) in &mut faults {
            rows.lines.sort_unstable();
            rows.lines.truncate(LINES);
        }
        self.kinds.sort_by_key(|kind| {
            (kind.faults.first().map_or((1, None), |fault| (0, Some(fault.harm))), std::cmp::Reverse(kind.who.rows), kind.who.lines.clone())
        });
        Counted { rows: self.rows, beyond: self.beyond, kinds: self.kinds, faults, taken: self.taken }
    }
}

fn kept(cell: &str) -> String {
    let end = (0..=KEPT.min(cell.len())).rev().find(|at| cell.is_char_boundary(*at)).unwrap_or_default();
    cell.get(..end).unwrap_or_default().to_owned()
}

impl ListProof {
    /// Works a draft out for the rows of a list: all, or the first `sample`.
    ///
    /// # Errors
    /// Whatever keeps the list from being read.
    pub fn take(message: &Message, facts: &Facts, list: &List, sample: Option<u64>) -> Result<Self, Error> {
        let rows = rows::stream(list)?;
        let columns = Columns::of(rows.header());
        let most = sample.and_then(|sample| usize::try_from(sample).ok()).unwrap_or(usize::MAX);
        Self::of_rows(message, facts, &list.path, columns, rows.take(most))
    }

    /// The same for rows that are at hand, with columns of their own.
    ///
    /// # Errors
    /// The first that a row is.
    pub fn of_rows(
        message: &Message,
        facts: &Facts,
        path: &str,
        columns: Columns,
        rows: impl Iterator<Item = Result<Row, Error>>,
    ) -> Result<Self, Error> {
        let template = compile(message, facts, &columns);
        let mut tally = Tally::of(&template, &columns, facts.language);
        let person = tally.sorter.person();
        let mut signature = Signature::new();
        for row in rows {
            let row = row?;
            let cell = |column: usize| row.fields.get(column).map_or("", String::as_str);
            if !audience::is_possible(cell(columns.address()).trim().as_bytes()) {
                continue;
            }
            let mut values = Values::of(&template, |column| Cow::Borrowed(cell(column)));
            tally.row(&mut values, person.map(|column| column.map_or("", cell)), row.line, &mut signature);
        }
        let Counted { rows, beyond, kinds, faults, taken } = tally.finish();
        Ok(Self { path: path.to_owned(), columns, template, rows, kinds, beyond, faults, taken })
    }

    /// The message of a kind, as its first row gets it.
    ///
    /// # Errors
    /// Why there is none.
    pub fn message(&self, kind: &Kind) -> Result<Vec<Rendered>, Stop> {
        let mut values = Values::of(&self.template, |_| Cow::Borrowed(""));
        values.cells = kind.cells.iter().map(|cell| Cow::Borrowed(cell.as_str())).collect();
        render(&self.template, &mut values)
    }

    /// Where in the draft something comes from.
    pub fn span(&self, site: Site) -> Option<&crate::source::Span> {
        match site {
            Site::Print(at) => self.template.prints.get(at).map(|print| &print.span),
            Site::Fork(at) => self.template.forks.get(at).map(|fork| &fork.span),
            Site::Surface(at) => self.template.surfaces.get(at).map(|surface| &surface.span),
            Site::Draft => None,
        }
    }

    /// A value of a column that is written nearly like this one, among the first rows of each kind.
    pub fn value_like(&self, column: usize, wanted: &str) -> Option<&str> {
        let field = self.template.fields.iter().position(|field| field.column == column)?;
        let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let values = self.kinds.iter().filter_map(|kind| kind.cells.get(field));
        values.map(|cell| cell.trim()).find(|cell| *cell != wanted && plain(cell) == plain(wanted))
    }

    /// Everything that is wrong in one way.
    pub fn harmed(&self, harm: Harm) -> impl Iterator<Item = &(Fault, Rows)> {
        self.faults.iter().filter(move |(fault, _)| fault.harm == harm)
    }
}

/// A draft against every row of every send list.
#[derive(Debug, Default)]
pub struct Proof {
    /// One for each list.
    pub lists: Vec<ListProof>,
}

impl Proof {
    /// Works a draft out for every row of these lists.
    ///
    /// # Errors
    /// Whatever keeps a list from being read.
    pub fn take(message: &Message, facts: &Facts, lists: &[List], sample: Option<u64>) -> Result<Self, Error> {
        let lists = lists.iter().map(|list| ListProof::take(message, facts, list, sample));
        Ok(Self { lists: lists.collect::<Result<_, Error>>()? })
    }

    /// Rows that get a message.
    pub fn rows(&self) -> u64 {
        self.lists.iter().map(|list| list.rows).sum()
    }
}
