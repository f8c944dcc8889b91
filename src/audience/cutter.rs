//! Cutting a stream into pieces of whole rows, which can then be read side by side.

use super::fault::ReadFault;
use super::format::Layout;
use super::pieces::{Cut, Piece};
use super::{delimited, json};
use memchr::{memchr_iter, memrchr};
use std::io::Read;

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
}

impl Cutter {
    pub(super) fn new(reader: Box<dyn Read + Send>, layout: Layout, line: u64) -> Self {
        Self { reader, layout, rest: Vec::new(), line, size: FIRST_PIECE, ended: false }
    }

    /// The next piece; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, ReadFault> {
        loop {
            self.fill()?;
            if self.rest.is_empty() {
                return Ok(None);
            }
            let cut = self.cut();
            if let Some(quote) = cut.broken {
                return Err(ReadFault::Quote { line: self.line_of(quote), column: self.column_of(quote) });
            }
            match (cut.end, cut.open) {
                (Some(end), _) => return Ok(Some(self.take(end))),
                (None, None) if self.ended => return Ok(Some(self.take(self.rest.len()))),
                (None, open) if self.rest.len() >= LONGEST_ROW => {
                    return Err(match open {
                        Some(quote) => ReadFault::Quote { line: self.line_of(quote), column: self.column_of(quote) },
                        None => ReadFault::LongRow { line: self.line },
                    });
                }
                // Twice as much each time, so that a long row is not searched again and again.
                (None, _) => self.size = self.rest.len() * 2,
            }
        }
    }

    fn cut(&self) -> Cut {
        match self.layout {
            Layout::Delimited(delimiter) => delimited::cut(&self.rest, delimiter, self.ended),
            Layout::Json => json::cut(&self.rest),
            Layout::Workbook | Layout::Parquet => Cut::default(),
        }
    }

    fn fill(&mut self) -> Result<(), ReadFault> {
        let wanted = self.size.saturating_sub(self.rest.len());
        if !self.ended && wanted > 0 {
            // One byte more, so that reading learns of the end without growing the buffer.
            self.rest.reserve(wanted + 1);
            let read = self.reader.by_ref().take(wanted as u64).read_to_end(&mut self.rest)?;
            self.ended = read < wanted;
        }
        Ok(())
    }

    fn take(&mut self, end: usize) -> Piece {
        self.size = PIECE;
        let mut next = Vec::with_capacity(self.size + 1);
        next.extend_from_slice(self.rest.get(end..).unwrap_or_default());
        let mut bytes = std::mem::replace(&mut self.rest, next);
        bytes.truncate(end);
        let line = self.line;
        self.line += memchr_iter(b'\n', &bytes).count() as u64;
        Piece { bytes, line, end: self.line.max(line + 1) }
    }

    fn line_of(&self, at: usize) -> u64 {
        self.line + memchr_iter(b'\n', self.rest.get(..at).unwrap_or_default()).count() as u64
    }

    fn column_of(&self, at: usize) -> usize {
        let before = self.rest.get(..at).unwrap_or_default();
        let line = before.get(memrchr(b'\n', before).map_or(0, |newline| newline + 1)..).unwrap_or_default();
        1 + String::from_utf8_lossy(line).chars().count()
    }
}
