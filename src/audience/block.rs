//! A few thousand rows of a list, in the form in which everything else looks at them.

use super::word::WORD;
use std::ops::Range;

/// Rows as cells of bytes. A cell is where it stood in the file, unless quoting had to be undone.
#[derive(Debug, Default)]
pub(crate) struct Block {
    bytes: Vec<u8>,
    /// First and one past the last byte of each cell.
    cells: Vec<(u32, u32)>,
    /// For each row one past its last cell, and its line.
    rows: Vec<(u32, u64)>,
}

impl Block {
    /// A block of cells that stand in `bytes`.
    pub(super) fn over(bytes: Vec<u8>) -> Self {
        // Cells of lists are about ten bytes long, and rows about a hundred.
        let (cells, rows) = (Vec::with_capacity(bytes.len() / 8), Vec::with_capacity(bytes.len() / 64));
        Self { bytes, cells, rows }
    }

    /// Its bytes, to be written or unquoted.
    pub(super) fn bytes_mut(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Whether the row that is being written has no cell yet.
    pub(super) fn is_at_row_start(&self) -> bool {
        self.rows.last().map_or(0, |row| row.0 as usize) == self.cells.len()
    }

    /// Adds a cell to the row that is being written. Blocks are far smaller than 4 GB.
    #[inline]
    pub(super) fn cell(&mut self, start: usize, end: usize) {
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        self.cells.push((at(start), at(end)));
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self, line: u64) {
        self.rows.push((u32::try_from(self.cells.len()).unwrap_or(u32::MAX), line));
    }

    /// A block of rows that are at hand as texts.
    pub(crate) fn of_texts<'a>(rows: impl Iterator<Item = (u64, &'a [String])>) -> Self {
        let mut block = Self::default();
        for (line, cells) in rows {
            for cell in cells {
                let start = block.bytes.len();
                block.bytes.extend_from_slice(cell.as_bytes());
                block.cell(start, block.bytes.len());
            }
            block.end_row(line);
        }
        block
    }

    /// The rows in their order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Cells<'_>> {
        let starts = std::iter::once(0).chain(self.rows.iter().map(|row| row.0));
        starts.zip(&self.rows).map(|(start, (end, line))| Cells {
            block: self,
            ranges: self.cells.get(start as usize..*end as usize).unwrap_or_default(),
            line: *line,
        })
    }

    /// One row, counted from nought.
    pub(crate) fn row(&self, at: usize) -> Option<Cells<'_>> {
        let (end, line) = *self.rows.get(at)?;
        let start = at.checked_sub(1).and_then(|before| self.rows.get(before)).map_or(0, |row| row.0);
        Some(Cells { block: self, ranges: self.cells.get(start as usize..end as usize)?, line })
    }

    /// Keeps no more than the first rows.
    pub(crate) fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The lines among which its rows begin.
    pub(super) fn lines(&self) -> Range<u64> {
        let (first, last) = (self.rows.first().map_or(0, |row| row.1), self.rows.last().map_or(0, |row| row.1));
        // In a damaged workbook rows may stand in any order.
        first.min(last)..first.max(last) + 1
    }

    /// Takes the first row away.
    pub(super) fn behead(&mut self) {
        let Some((cells, _)) = self.rows.first().copied() else { return };
        self.cells.drain(..cells as usize);
        self.rows.remove(0);
        self.rows.iter_mut().for_each(|row| row.0 -= cells);
    }
}

/// One row of a block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cells<'a> {
    block: &'a Block,
    ranges: &'a [(u32, u32)],
    /// The line on which it begins, from 1.
    pub(crate) line: u64,
}

impl<'a> Cells<'a> {
    pub(super) fn len(&self) -> usize {
        self.ranges.len()
    }

    /// The bytes of a cell; empty where the row is too short.
    pub(crate) fn get(&self, column: usize) -> &'a [u8] {
        let range = self.ranges.get(column).map(|&(start, end)| start as usize..end as usize);
        range.and_then(|range| self.block.bytes.get(range)).unwrap_or_default()
    }

    /// A cell with what stands behind it, to be looked at in one step; nothing where it is longer, or too near the end.
    #[inline]
    pub(crate) fn window(&self, column: usize) -> Option<(&'a [u8; WORD], usize)> {
        let (start, end) = *self.ranges.get(column)?;
        let window = self.block.bytes.get(start as usize..)?.first_chunk()?;
        Some((window, (end - start) as usize)).filter(|(_, length)| *length <= WORD)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let row = *self;
        (0..row.len()).map(move |column| row.get(column))
    }
}
