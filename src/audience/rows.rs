//! A list as a stream of rows, with the names of its columns and what they mean.

use super::address;
use super::block::{Block, Cells};
use super::delimited::{Cutter, Piece, parse};
use super::export::Export;
use super::fault::ReadFault;
use super::format::{self, Layout};
use super::list::List;
use crate::error::Error;
use encoding_rs::Encoding;
use std::collections::VecDeque;
use std::ops::Range;

/// Rows from which columns are told where their names say nothing.
const SAMPLE: usize = 200;

/// What is known of a list before its rows are counted.
#[derive(Debug, Clone)]
pub struct Header {
    /// The names of the columns; `column 1`, `column 2`… in a list without them.
    pub names: Vec<String>,
    /// Whether the list names its columns.
    pub named: bool,
    /// Which column is which.
    pub export: Export,
    /// The line of the header.
    pub line: u64,
    pub(super) charset: &'static Encoding,
}

/// A list that is being read, piece by piece.
pub(super) struct Reading {
    pub(super) header: Header,
    path: String,
    /// The first rows; they had to be read to know the header.
    first: Option<Block>,
    cutter: Cutter,
    delimiter: u8,
}

/// A piece of a list that has been read, and maybe not yet parsed.
pub(super) enum Unparsed {
    Rows(Block),
    Piece(Piece, u8),
}

impl Unparsed {
    /// The lines among which its rows begin.
    pub(super) fn lines(&self) -> Range<u64> {
        match self {
            Self::Rows(block) => block.rows().next().map_or(0, |row| row.line)..block.last_line() + 1,
            Self::Piece(piece, _) => piece.line..piece.end,
        }
    }

    pub(super) fn parse(self) -> Block {
        match self {
            Self::Rows(block) => block,
            Self::Piece(piece, delimiter) => parse(piece, delimiter),
        }
    }
}

impl Reading {
    /// Opens a list and reads its header.
    pub(super) fn open(list: &List) -> Result<Self, Error> {
        let opened = format::open(list)?;
        let Layout::Delimited(delimiter) = opened.layout else {
            let fault = ReadFault::Json { line: 1, message: "JSON is not read yet".into() };
            return Err(fault.in_list(&list.path));
        };
        let mut cutter = Cutter::new(opened.reader, delimiter, opened.line);
        let fault = |fault: ReadFault| fault.in_list(&list.path);
        let mut first = cutter.next().map_err(fault)?.map(|piece| parse(piece, delimiter)).unwrap_or_default();
        let header = header(&mut first, list, opened.charset)?;
        Ok(Self { header, path: list.path.clone(), first: Some(first), cutter, delimiter })
    }

    /// The next piece; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Unparsed>, Error> {
        if let Some(first) = self.first.take() {
            return Ok(Some(Unparsed::Rows(first)));
        }
        let piece = self.cutter.next().map_err(|fault| fault.in_list(&self.path))?;
        Ok(piece.map(|piece| Unparsed::Piece(piece, self.delimiter)))
    }
}

/// Takes the header off the first rows, or makes one for a list that begins with a person.
fn header(first: &mut Block, list: &List, charset: &'static Encoding) -> Result<Header, Error> {
    let text = |row: Cells| row.iter().map(|cell| format::decode(cell.trim_ascii(), charset)).collect::<Vec<String>>();
    let (top, line, width) = match first.rows().next() {
        Some(row) => (text(row), row.line, row.len()),
        None => (Vec::new(), 1, 0),
    };
    let has_names = !top.iter().any(|cell| address::is_possible(cell.as_bytes()));
    let names = if has_names { top } else { (1..=width).map(|column| format!("column {column}")).collect() };
    if has_names {
        first.behead();
    }
    let sample: Vec<Vec<String>> = first.rows().take(SAMPLE).map(text).collect();
    let export = Export::recognise(&names, &sample, list.column.as_deref(), &list.path, line)?;
    Ok(Header { names, named: has_names, export, line, charset })
}

/// One row of a list, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// Its cells, as they stand; fewer or more than the columns where the file is ragged.
    pub fields: Vec<String>,
}

/// All rows of a list, in their order.
pub struct Rows {
    reading: Reading,
    waiting: VecDeque<Row>,
    failed: bool,
}

/// Reads a list row by row, from its beginning.
///
/// # Errors
/// Whatever keeps the list from being one: see [`crate::audience::Audience::read`].
pub fn stream(list: &List) -> Result<Rows, Error> {
    Ok(Rows { reading: Reading::open(list)?, waiting: VecDeque::new(), failed: false })
}

impl Rows {
    /// The columns.
    pub fn header(&self) -> &Header {
        &self.reading.header
    }

    fn refill(&mut self) -> Result<bool, Error> {
        let charset = self.reading.header.charset;
        let Some(piece) = self.reading.next()? else { return Ok(false) };
        let row = |row: Cells| Row { line: row.line, fields: row.iter().map(|cell| format::decode(cell, charset)).collect() };
        self.waiting.extend(piece.parse().rows().map(row));
        Ok(true)
    }
}

impl Iterator for Rows {
    type Item = Result<Row, Error>;

    /// The next row. After an error there are no more rows.
    fn next(&mut self) -> Option<Self::Item> {
        while self.waiting.is_empty() && !self.failed {
            match self.refill() {
                Ok(true) => {}
                Ok(false) => self.failed = true,
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
        }
        self.waiting.pop_front().map(Ok)
    }
}
