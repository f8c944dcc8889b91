//! Whole rows of a list as they stand in the file, and where a stream can be cut into them.

use std::collections::BTreeSet;
use std::ops::Range;

/// Whole rows, as bytes of the file.
#[derive(Debug, Default)]
pub(crate) struct Piece {
    pub(super) bytes: Vec<u8>,
    /// The line of the first row.
    pub(super) line: u64,
    /// One past its last line.
    pub(super) end: u64,
}

/// Where the pieces of a list stand in its file, so that one can be read again without those before it.
#[derive(Debug, Clone)]
pub(super) struct Index {
    pub(super) delimiter: u8,
    /// For each piece its first line and its first byte, in their order; and the same for what comes after the last.
    starts: Vec<(u64, u64)>,
}

impl Index {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, starts: Vec::new() }
    }

    pub(super) fn note(&mut self, line: u64, byte: u64) {
        self.starts.push((line, byte));
    }

    /// The pieces in which any of these lines begins: their first lines and their bytes.
    pub(super) fn pieces(&self, lines: &BTreeSet<u64>) -> Vec<(u64, Range<u64>)> {
        let pieces = self.starts.windows(2).filter_map(|two| match two {
            [(line, byte), (next_line, next_byte)] => Some((*line..*next_line, *byte..*next_byte)),
            _ => None,
        });
        let wanted = pieces.filter(|(within, _)| lines.range(within.clone()).next().is_some());
        wanted.map(|(within, bytes)| (within.start, bytes)).collect()
    }
}

/// Where a run of bytes can be cut.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// One past the last line end that stands outside of quotes.
    pub(super) end: Option<usize>,
    /// A quote that was opened and not yet closed.
    pub(super) open: Option<usize>,
    /// A quote that cannot have been meant: it swallows a line end and is closed before a letter; or the file ends in it.
    pub(super) broken: Option<usize>,
}
