//! Takes the proof: streams the rows of a list, sorts them, and looks at one message of each kind.

use super::columns::Columns;
use super::compile::compile;
use super::faults::{Fault, Harm, Site};
use super::render::{Rendered, Stop, Values, render};
use super::tally::{self, Counted, Tally};
use super::template::Template;
use crate::audience::rows::{Reading, Row, Unparsed};
use crate::audience::{Block, List};
use crate::error::Error;
use crate::facts::Facts;
use crate::message::Message;
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// How many kinds are kept; rows beyond them are looked at one by one.
pub const MOST_KINDS: usize = 16_384;

/// How many lines of rows are kept of each thing.
pub const LINES: usize = 5;

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

    /// Adds rows that come later in the list.
    pub(super) fn then(&mut self, later: Self) {
        self.rows += later.rows;
        self.lines.extend(later.lines);
        self.lines.truncate(LINES);
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

impl ListProof {
    /// Works a draft out for the rows of a list: all, or the first `sample`.
    ///
    /// # Errors
    /// Whatever keeps the list from being read.
    pub fn take(message: &Message, facts: &Facts, list: &List, sample: Option<u64>) -> Result<Self, Error> {
        let mut reading = Reading::open(list)?;
        let columns = Columns::of(&reading.header);
        let charset = reading.header.charset;
        let mut left = sample;
        Self::of_pieces(message, facts, (&list.path, columns, charset), || tally::next(&mut reading, &mut left))
    }

    /// The same for rows that are at hand, with columns of their own.
    ///
    /// # Errors
    /// None that rows at hand could be.
    pub fn of_rows(message: &Message, facts: &Facts, path: &str, columns: Columns, rows: &[Row]) -> Result<Self, Error> {
        let block = Block::of_texts(rows.iter().map(|row| (row.line, row.fields.as_slice())));
        let mut pieces = Some(vec![Unparsed::Rows(block)]);
        Self::of_pieces(message, facts, (path, columns, UTF_8), || Ok(pieces.take().unwrap_or_default()))
    }

    fn of_pieces(
        message: &Message,
        facts: &Facts,
        (path, columns, charset): (&str, Columns, &'static Encoding),
        mut next: impl FnMut() -> Result<Vec<Unparsed>, Error> + Send,
    ) -> Result<Self, Error> {
        let template = compile(message, facts, &columns);
        let mut tally = Tally::of(&template, &columns, charset, facts.language);
        let mut pieces = next()?;
        while !pieces.is_empty() {
            let (added, later) = rayon::join(|| tally.add(pieces, path), &mut next);
            added?;
            pieces = later?;
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
            Site::Loop => self.template.endless.as_ref(),
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

    /// Whether somebody's message is wrong, whatever defaults the account has.
    pub fn is_wrong(&self) -> bool {
        self.faults.iter().any(|(fault, _)| fault.harm < Harm::UnlessDefault)
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
