//! Cutting a stream into pieces of whole rows, which can then be read side by side.

use super::fault::ReadFault;
use super::format::Layout;
use super::pieces::{Cut, Piece};
use super::{delimited, json};
use memchr::{memchr_iter, memrchr};
use std::io::{ErrorKind, Read};

/// Bytes a piece: enough to be worth a thread's while, and few enough to stay near its processor.
const PIECE: usize = 1 << 18;
/// Bytes of the first piece; it is small, so that the values of every column are known early.
const FIRST_PIECE: usize = 1 << 17;
/// The longest row. Longer ones are quotes that were never closed.
const LONGEST_ROW: usize = 1 << 26;

/// Cuts a stream into pieces that end where a row ends.
pub(super) struct Cutter {
    reader: Box<dyn Read + Send>,
    layout: Layout,
    /// What was read beyond the last piece.
    rest: Vec<u8>,
    line: u64,
    size: usize,
    ended: bool,
    /// With what a stream in JSON begins and ends.
    array: Option<Array>,
}

/// Whether a stream in JSON is an array, and how far it has come.
struct Array {
    begins: bool,
    ends: bool,
    /// The line of what stands last.
    line: u64,
}

impl Cutter {
    pub(super) fn new(reader: Box<dyn Read + Send>, layout: Layout, line: u64) -> Self {
        Self { reader, layout, rest: Vec::new(), line, size: FIRST_PIECE, ended: false, array: None }
    }

    /// The next piece, in the place of bytes that are no longer needed; nothing at the end.
    pub(super) fn next(&mut self, spare: Vec<u8>) -> Result<Option<Piece>, ReadFault> {
        let (mut bytes, mut size) = (spare, self.size);
        let mut filled = self.rest.len();
        bytes.resize(size.max(filled), 0);
        bytes.iter_mut().zip(self.rest.drain(..)).for_each(|(to, from)| *to = from);
        loop {
            filled = self.fill(&mut bytes, filled, size)?;
            let read = bytes.get(..filled).unwrap_or_default();
            if read.is_empty() {
                return self.whole().map(|()| None);
            }
            let cut = self.cut(read);
            if let Some(quote) = cut.broken {
                return Err(self.quote(read, quote));
            }
            match (cut.end, cut.open) {
                (Some(end), _) => return Ok(Some(self.take(bytes, filled, end))),
                (None, None) if self.ended => return Ok(Some(self.take(bytes, filled, filled))),
                (None, Some(quote)) if filled >= LONGEST_ROW => return Err(self.quote(read, quote)),
                (None, None) if filled >= LONGEST_ROW => return Err(ReadFault::LongRow { line: self.line }),
                // Twice as much each time, so that a long row is not searched again and again.
                (None, _) => size = filled * 2,
            }
        }
    }

    fn cut(&self, read: &[u8]) -> Cut {
        match self.layout {
            Layout::Delimited(delimiter) => delimited::cut(read, delimiter, self.ended),
            Layout::Json => json::cut(read),
            Layout::Workbook | Layout::Parquet => Cut::default(),
        }
    }

    /// Reads up to `size` bytes; says how many there are.
    fn fill(&mut self, bytes: &mut Vec<u8>, mut filled: usize, size: usize) -> Result<usize, ReadFault> {
        bytes.resize(size.max(filled), 0);
        while let Some(room) = bytes.get_mut(filled..).filter(|room| !room.is_empty() && !self.ended) {
            match self.reader.read(room) {
                Ok(0) => self.ended = true,
                Ok(read) => filled += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(filled)
    }

    fn take(&mut self, mut bytes: Vec<u8>, filled: usize, end: usize) -> Piece {
        self.size = PIECE;
        self.rest.extend_from_slice(bytes.get(end..filled).unwrap_or_default());
        bytes.truncate(end);
        let line = self.line;
        self.line += memchr_iter(b'\n', &bytes).count() as u64;
        if self.layout == Layout::Json {
            self.note(&bytes);
        }
        Piece { bytes, line, end: self.line.max(line + 1) }
    }

    /// Notes with what a piece ends, and the first one begins.
    fn note(&mut self, bytes: &[u8]) {
        let text = bytes.trim_ascii_end();
        let Some(last) = text.last() else { return };
        let begins = self.array.as_ref().map_or_else(|| text.trim_ascii_start().starts_with(b"["), |array| array.begins);
        let blank = bytes.get(text.len()..).unwrap_or_default();
        self.array = Some(Array { begins, ends: *last == b']', line: self.line - memchr_iter(b'\n', blank).count() as u64 });
    }

    /// Refuses an array of which the end is missing: nobody knows how many objects it had.
    fn whole(&self) -> Result<(), ReadFault> {
        match self.array {
            Some(Array { begins: true, ends: false, line }) => Err(ReadFault::CutOff { line }),
            _ => Ok(()),
        }
    }

    /// A quote that is broken, with its place.
    fn quote(&self, read: &[u8], at: usize) -> ReadFault {
        let before = read.get(..at).unwrap_or_default();
        let line = before.get(memrchr(b'\n', before).map_or(0, |newline| newline + 1)..).unwrap_or_default();
        ReadFault::Quote {
            line: self.line + memchr_iter(b'\n', before).count() as u64,
            column: 1 + String::from_utf8_lossy(line).chars().count(),
        }
    }
}
