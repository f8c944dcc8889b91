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
    /// A block of cells that will stand in `bytes`, in the place of what it held.
    pub(super) fn refilled(mut self, bytes: Vec<u8>) -> Self {
        self.cells.clear();
        self.rows.clear();
        // Cells of lists are about ten bytes long, and rows about a hundred.
        self.cells.reserve(bytes.len() / 8);
        self.rows.reserve(bytes.len() / 64);
        self.bytes = bytes;
        self
    }

    /// Takes its bytes, so that others can be read into their place.
    pub(super) fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// Its bytes.
    #[allow(clippy::inline_always, reason = "made for a processor only inside of what is")]
    #[inline(always)]
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
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

    /// Adds the cells that end before these stops, of which every bit is a byte from `at` on; the first begins at `start`.
    /// Says where the next cell begins.
    #[allow(clippy::inline_always, reason = "made for a processor only inside of what is")]
    #[inline(always)]
    pub(super) fn cells(&mut self, start: usize, at: usize, mut stops: u64) -> usize {
        let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let (mut start, at) = (offset(start), offset(at));
        self.cells.extend((0..stops.count_ones()).map(|_| {
            let stop = at.saturating_add(stops.trailing_zeros());
            stops &= stops.wrapping_sub(1);
            (std::mem::replace(&mut start, stop.saturating_add(1)), stop)
        }));
        start as usize
    }

    /// Ends the row whose last cell has `later` cells behind it, which ended at a line end. An empty line is no row.
    #[allow(clippy::inline_always, reason = "made for a processor only inside of what is")]
    #[inline(always)]
    pub(super) fn end_line(&mut self, line: u64, later: usize) {
        let (begin, end) = (self.rows.last().map_or(0, |row| row.0 as usize), self.cells.len() - later);
        let Some(last) = end.checked_sub(1).and_then(|last| self.cells.get_mut(last)) else { return };
        if last.1 > last.0 && self.bytes.get(last.1 as usize - 1) == Some(&b'\r') {
            last.1 -= 1;
        }
        if last.0 == last.1 && end == begin + 1 {
            self.cells.remove(begin);
        } else {
            self.rows.push((u32::try_from(end).unwrap_or(u32::MAX), line));
        }
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
