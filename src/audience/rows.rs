//! A list as a stream of rows, with the names of its columns and what they mean.

use super::address;
use super::block::{Block, Cells};
use super::census::BATCH;
use super::cutter::Cutter;
use super::export::Export;
use super::fault::ReadFault;
use super::format::{self, Layout, Opened};
use super::json::Names;
use super::list::List;
use super::parquet::ParquetRows;
use super::pieces::{Index, Piece};
use super::{delimited, json, workbook};
use crate::error::Error;
use encoding_rs::Encoding;
use rayon::prelude::*;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

/// Rows from which columns are told where their names say nothing.
const SAMPLE: usize = 200;

/// The most columns that a list can have; Excel has as many.
const WIDEST: usize = 16_384;

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
    pub(crate) charset: &'static Encoding,
    /// Whether a row may leave out cells at its end, as an object leaves out fields.
    pub(super) may_be_short: bool,
}

/// A list that is being read, piece by piece.
pub(crate) struct Reading {
    pub(crate) header: Header,
    pub(super) path: String,
    /// The first rows; they had to be read to know the header.
    first: Option<Block>,
    rest: Rest,
    /// Where the pieces that were read stand in the file, if they can be found again there; and how far it has been read.
    pub(super) index: Option<Index>,
    byte: u64,
}

/// What of a list has not been read yet.
enum Rest {
    Pieces(Cutter, Kind),
    /// A workbook is read as a whole.
    Blocks(VecDeque<Block>),
    Parquet(Box<ParquetRows>),
}

/// How a piece is to be parsed.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Delimited(u8),
    /// With the names of the fields that are columns.
    Json(Arc<[String]>),
}

impl Kind {
    fn parse(&self, piece: Piece, spare: Block) -> Result<Block, ReadFault> {
        match self {
            Self::Delimited(delimiter) => Ok(delimited::parse(piece, *delimiter, spare)),
            Self::Json(columns) => json::parse(&piece, columns),
        }
    }
}

/// A piece of a list that has been read, and maybe not yet parsed.
pub(crate) enum Unparsed {
    Rows(Block),
    Piece(Piece, Kind),
}

impl Unparsed {
    /// The lines among which its rows begin.
    pub(super) fn lines(&self) -> Range<u64> {
        match self {
            Self::Rows(block) => block.lines(),
            Self::Piece(piece, _) => piece.line..piece.end,
        }
    }

    pub(crate) fn parse(self) -> Result<Block, ReadFault> {
        self.parse_into(Block::default())
    }

    /// The same in the place of a block that is no longer needed.
    pub(super) fn parse_into(self, spare: Block) -> Result<Block, ReadFault> {
        match self {
            Self::Rows(block) => Ok(block),
            Self::Piece(piece, kind) => kind.parse(piece, spare),
        }
    }
}

impl Reading {
    /// Opens a list and reads its header.
    pub(crate) fn open(list: &List) -> Result<Self, Error> {
        let opened = format::open(list)?;
        let mut index = match opened.layout {
            Layout::Delimited(delimiter) => opened.byte.map(|_| Index::new(delimiter)),
            Layout::Json | Layout::Workbook | Layout::Parquet => None,
        };
        let (line, charset) = (opened.line, opened.charset);
        let fields = if opened.layout == Layout::Json { Some(fields(list)?) } else { None };
        let byte = opened.byte.unwrap_or_default();
        if let Some(index) = &mut index {
            index.note(line, byte);
        }
        let mut begun = begin(list, opened, fields).map_err(|fault| fault.in_list(&list.path))?;
        let header = header(&mut begun.first, list, begun.names, charset)?;
        Ok(Self { header, path: list.path.clone(), first: Some(begun.first), rest: begun.rest, index, byte: byte + begun.bytes })
    }

    /// The file, as the person named it.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The next piece; nothing at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Unparsed>, Error> {
        self.next_into(Vec::new())
    }

    /// The same in the place of bytes that are no longer needed.
    pub(super) fn next_into(&mut self, spare: Vec<u8>) -> Result<Option<Unparsed>, Error> {
        if let Some(first) = self.first.take() {
            return Ok(Some(Unparsed::Rows(first)));
        }
        match &mut self.rest {
            Rest::Parquet(rows) => Ok(rows.next().map_err(|fault| fault.in_list(&self.path))?.map(Unparsed::Rows)),
            Rest::Blocks(blocks) => Ok(blocks.pop_front().map(Unparsed::Rows)),
            Rest::Pieces(cutter, kind) => {
                let piece = cutter.next(spare).map_err(|fault| fault.in_list(&self.path))?;
                if let Some(index) = &mut self.index {
                    index.note(piece.as_ref().map_or(u64::MAX, |piece| piece.line), self.byte);
                }
                self.byte += piece.as_ref().map_or(0, |piece| piece.bytes.len() as u64);
                Ok(piece.map(|piece| Unparsed::Piece(piece, kind.clone())))
            }
        }
    }
}

/// The beginning of a list.
struct Begun {
    /// The first rows.
    first: Block,
    /// As how many bytes they stand in the file.
    bytes: u64,
    /// The names of the columns, where they do not stand in the first row.
    names: Option<Vec<String>>,
    rest: Rest,
}

/// The fields of all objects of a list in JSON. Any of them may come late, and it may be the one that says who has left.
fn fields(list: &List) -> Result<Arc<[String]>, Error> {
    if let Some(known) = list.fields.get() {
        return Ok(Arc::clone(known));
    }
    let fault = |fault: ReadFault| fault.in_list(&list.path);
    let opened = format::open(list)?;
    let mut cutter = Cutter::new(opened.reader, opened.layout, opened.line);
    let mut names = Names::default();
    loop {
        let mut pieces = Vec::new();
        while pieces.len() < BATCH
            && let Some(piece) = cutter.next(Vec::new()).transpose()
        {
            let is_last = piece.is_err();
            pieces.push(piece);
            if is_last {
                break;
            }
        }
        if pieces.is_empty() {
            return Ok(Arc::clone(list.fields.get_or_init(|| names.into_columns())));
        }
        let found = pieces.into_par_iter().map(|piece| piece.and_then(|piece| Ok((piece.line, Names::of(&piece)?))));
        for found in found.collect::<Vec<Result<(u64, Names), ReadFault>>>() {
            names = found.and_then(|(line, found)| names.then(found, line)).map_err(fault)?;
        }
    }
}

/// Reads the first rows. `fields` are those of a list in JSON.
fn begin(list: &List, opened: Opened, fields: Option<Arc<[String]>>) -> Result<Begun, ReadFault> {
    let Opened { mut reader, layout, line, .. } = opened;
    if layout == Layout::Workbook {
        let mut blocks = workbook::read(&mut reader)?;
        let first = blocks.pop_front().unwrap_or_default();
        return Ok(Begun { first, bytes: 0, names: None, rest: Rest::Blocks(blocks) });
    }
    if layout == Layout::Parquet {
        let mut rows = ParquetRows::open(list)?;
        let first = rows.next()?.unwrap_or_default();
        return Ok(Begun { first, bytes: 0, names: Some(rows.names.clone()), rest: Rest::Parquet(Box::new(rows)) });
    }
    let mut cutter = Cutter::new(reader, layout, line);
    let piece = cutter.next(Vec::new())?.unwrap_or_default();
    let (kind, names) = match layout {
        Layout::Delimited(delimiter) => (Kind::Delimited(delimiter), None),
        Layout::Json | Layout::Workbook | Layout::Parquet => {
            let fields = fields.unwrap_or_default();
            (Kind::Json(Arc::clone(&fields)), Some(fields.to_vec()))
        }
    };
    let bytes = piece.bytes.len() as u64;
    Ok(Begun { first: kind.parse(piece, Block::default())?, bytes, names, rest: Rest::Pieces(cutter, kind) })
}

/// Takes the header off the first rows, or makes one for a list that begins with a person.
fn header(first: &mut Block, list: &List, known: Option<Vec<String>>, charset: &'static Encoding) -> Result<Header, Error> {
    let text = |row: Cells| row.iter().map(|cell| format::decode(cell.trim_ascii(), charset)).collect::<Vec<String>>();
    if let Some(row) = first.rows().next().filter(|row| row.len() > WIDEST) {
        let at = usize::try_from(row.line).unwrap_or(usize::MAX);
        return Err(Error::at_line(&list.path, at, 1, format!("this list has {} columns, so it is no list of people", row.len()))
            .help("export it as CSV, with one person a line and a column for each thing that is known"));
    }
    let may_be_short = known.is_some();
    let (top, line) = first.rows().next().map_or((Vec::new(), 1), |row| (text(row), row.line));
    let has_names = known.is_some() || !top.iter().any(|cell| address::is_possible(cell.as_bytes()));
    let names = match known {
        Some(names) => names,
        None if has_names => {
            first.behead();
            top
        }
        None => (1..=top.len()).map(|column| format!("column {column}")).collect(),
    };
    let sample: Vec<Vec<String>> = first.rows().take(SAMPLE).map(text).collect();
    let export = Export::recognise(&names, &sample, list.column.as_deref(), &list.path, line)?;
    Ok(Header { names, named: has_names, export, line, charset, may_be_short })
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
        let block = piece.parse().map_err(|fault| fault.in_list(&self.reading.path))?;
        self.waiting.extend(block.rows().map(row));
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
