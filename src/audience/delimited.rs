//! Rows of text with a delimiter between the cells: where to cut them, and how to read them.
//!
//! A quote opens a quoted cell only at its very beginning; elsewhere it is a letter like any other, so that
//! `5" nails` is read as it is meant. What follows a closed quote up to the delimiter belongs to the cell.
#![allow(clippy::inline_always, reason = "code is made for a processor only where it stands inside of what is")]

use super::block::Block;
use super::eyes::{Eyes, Task, with_best};
use super::pieces::{Cut, Piece};
use super::word::{WORD, Word};
use memchr::{memchr, memchr2, memrchr};

const QUOTE: u8 = b'"';

/// Finds the last line end that stands outside of quotes.
pub(super) fn cut(bytes: &[u8], delimiter: u8, ended: bool) -> Cut {
    let mut cut = Cut::default();
    let mut from = 0;
    while let Some(rest) = bytes.get(from..) {
        let Some(quote) = memchr(QUOTE, rest).map(|at| from + at) else {
            cut.end = line_end(bytes, from, bytes.len()).or(cut.end);
            break;
        };
        cut.end = line_end(bytes, from, quote).or(cut.end);
        from = quote + 1;
        if !begins_cell(bytes, quote, delimiter) {
            continue;
        }
        let Some(close) = closing(bytes, quote + 1, ended) else {
            cut.open = Some(quote);
            cut.broken = ended.then_some(quote);
            break;
        };
        let stray = bytes.get(close + 1).is_some_and(|next| !ends_cell(*next, delimiter));
        if stray && memchr(b'\n', bytes.get(quote..close).unwrap_or_default()).is_some() {
            cut.broken = Some(quote);
            break;
        }
        from = close + 1;
    }
    cut
}

fn line_end(bytes: &[u8], from: usize, to: usize) -> Option<usize> {
    Some(from + memrchr(b'\n', bytes.get(from..to)?)? + 1)
}

fn begins_cell(bytes: &[u8], quote: usize, delimiter: u8) -> bool {
    quote.checked_sub(1).and_then(|before| bytes.get(before)).is_none_or(|&before| before == delimiter || before == b'\n')
}

fn ends_cell(byte: u8, delimiter: u8) -> bool {
    byte == delimiter || byte == b'\n' || byte == b'\r'
}

/// The quote that closes a cell; a doubled one is a letter. At the end of what is known so far it could still be doubled.
fn closing(bytes: &[u8], mut from: usize, ended: bool) -> Option<usize> {
    loop {
        let quote = from + memchr(QUOTE, bytes.get(from..)?)?;
        match bytes.get(quote + 1) {
            Some(&QUOTE) => from = quote + 2,
            None if !ended => return None,
            _ => return Some(quote),
        }
    }
}

/// Cuts a piece into rows and cells, in the place of a block that is no longer needed. Empty lines are no rows.
pub(super) fn parse(piece: Piece, delimiter: u8, spare: Block) -> Block {
    with_best(Parser::of(piece, delimiter, spare))
}

impl Task for Parser {
    type Output = Block;

    #[inline(always)]
    fn run<E: Eyes>(mut self, eyes: E) -> Block {
        let (length, mut at) = (self.block.bytes().len(), 0);
        while at < length {
            at = self.word(eyes, at);
        }
        if self.start < length || !self.block.is_at_row_start() {
            self.end_cell(length, true);
        }
        self.block
    }
}

/// A piece that is being cut into rows.
struct Parser {
    block: Block,
    delimiter: u8,
    /// Where the present cell begins.
    start: usize,
    line: u64,
    /// The line on which the present row begins.
    row_line: u64,
}

impl Parser {
    fn of(piece: Piece, delimiter: u8, spare: Block) -> Self {
        let Piece { bytes, line, .. } = piece;
        Self { block: spare.refilled(bytes), delimiter, start: 0, line, row_line: line }
    }

    /// Goes through the next bytes; says from where to go on.
    #[inline(always)]
    fn word<E: Eyes>(&mut self, eyes: E, at: usize) -> usize {
        let rest = self.block.bytes().get(at..).unwrap_or_default();
        let mut last = [0; WORD];
        let bytes = rest.first_chunk().unwrap_or_else(|| {
            // A delimiter is never nought.
            last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            &last
        });
        let word = Word::<E, WORD>::of(eyes, bytes);
        let (ends, quotes) = (word.equal(b'\n'), word.equal(QUOTE));
        let stops = word.equal(self.delimiter) | ends;
        if quotes != 0 {
            return self.with_quotes(at, (stops | quotes, ends, quotes));
        }
        self.start = self.block.cells(self.start, at, stops);
        let mut open = ends;
        while open != 0 {
            // What stands behind the end of this line, and the cells that end there.
            let behind = !(open ^ (open - 1));
            self.block.end_line(self.row_line, (stops & behind).count_ones() as usize);
            self.line += 1;
            self.row_line = self.line;
            open &= behind;
        }
        at + WORD
    }

    /// Goes through bytes with quotes among them, no farther than to the end of the first that opens a cell.
    fn with_quotes(&mut self, at: usize, (mut stops, ends, quotes): (u64, u64, u64)) -> usize {
        while stops != 0 {
            let bit = stops & stops.wrapping_neg();
            let stop = at + stops.trailing_zeros() as usize;
            stops ^= bit;
            if quotes & bit == 0 {
                self.end_cell(stop, ends & bit != 0);
            } else if stop == self.start {
                return self.quoted_cell();
            }
        }
        at + WORD
    }

    /// Ends the cell that ends before `stop`, and its row too if a line ends there.
    #[inline]
    fn end_cell(&mut self, stop: usize, ends_row: bool) {
        let end = if ends_row { without_return(self.block.bytes(), self.start, stop) } else { stop };
        let is_empty_line = ends_row && end == self.start && self.block.is_at_row_start();
        if !is_empty_line {
            self.block.cell(self.start, end);
        }
        self.start = stop + 1;
        if ends_row {
            self.end_row(!is_empty_line);
        }
    }

    #[inline]
    fn end_row(&mut self, is_row: bool) {
        if is_row {
            self.block.end_row(self.row_line);
        }
        self.line += 1;
        self.row_line = self.line;
    }

    /// Reads a cell that begins with a quote; says where the next begins.
    fn quoted_cell(&mut self) -> usize {
        let bytes = self.block.bytes_mut();
        let cell = unquote(bytes, self.start, self.delimiter);
        let ends_row = bytes.get(cell.stop) != Some(&self.delimiter);
        self.line += cell.lines;
        self.block.cell(self.start, cell.end);
        self.start = cell.stop + 1;
        if ends_row {
            self.end_row(true);
        }
        self.start
    }
}

/// The end of a cell that ends at `stop`, without the carriage return of a line end.
fn without_return(bytes: &[u8], start: usize, stop: usize) -> usize {
    let ends_row = bytes.get(stop).is_none_or(|byte| *byte == b'\n');
    let before = stop.checked_sub(1).filter(|before| ends_row && *before >= start && bytes.get(*before) == Some(&b'\r'));
    before.unwrap_or(stop)
}

/// A cell that was quoted: its letters now stand from its opening quote on.
struct Unquoted {
    end: usize,
    /// The delimiter or line end after it, or the end of the piece.
    stop: usize,
    /// Line ends inside it.
    lines: u64,
}

fn unquote(bytes: &mut [u8], open: usize, delimiter: u8) -> Unquoted {
    let close = closing(bytes, open + 1, true).unwrap_or(bytes.len());
    let after = (close + 1).min(bytes.len());
    let stop = memchr2(delimiter, b'\n', bytes.get(after..).unwrap_or_default()).map_or(bytes.len(), |found| after + found);
    let last = without_return(bytes, after, stop);
    let (mut to, mut from, mut lines) = (open, open + 1, 0);
    while from < last {
        let Some(&byte) = bytes.get(from) else { break };
        lines += u64::from(byte == b'\n');
        if from != close {
            if let Some(place) = bytes.get_mut(to) {
                *place = byte;
            }
            to += 1;
            // The second of a doubled quote.
            from += usize::from(byte == QUOTE && from < close);
        }
        from += 1;
    }
    Unquoted { end: to, stop, lines }
}

#[cfg(test)]
mod tests {
    use super::super::eyes::Plain;
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let piece = || Piece { bytes: text.as_bytes().to_vec(), line: 1, end: 2 };
        let block = parse(piece(), b',', Block::default());
        // In the place of another block, and as any processor does it, it is the same.
        let again = Parser::of(piece(), b',', parse(piece(), b'a', Block::default())).run(Plain);
        assert!(block.rows().map(|row| row.line).eq(again.rows().map(|row| row.line)), "{text:?}");
        assert!(block.rows().zip(again.rows()).all(|(one, other)| one.iter().eq(other.iter())), "{text:?}");
        block.rows().map(|row| (row.line, row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect())).collect()
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(ToString::to_string).collect())
    }

    /// The same byte by byte.
    fn naive(text: &str) -> Vec<(u64, Vec<String>)> {
        let (mut found, mut cells, mut cell, mut line, mut row_line) = (Vec::new(), Vec::new(), String::new(), 1, 1);
        let (mut letters, mut quoted, mut untouched) = (text.chars().peekable(), false, true);
        let mut fresh = true;
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
                '"' if quoted => quoted = false,
                '"' if fresh => (quoted, fresh, untouched) = (true, false, false),
                '\n' | ',' if !quoted => {
                    if letter == '\n' && cell.ends_with('\r') {
                        cell.pop();
                    }
                    if letter == ',' || !(cells.is_empty() && cell.is_empty() && untouched) {
                        cells.push(std::mem::take(&mut cell));
                    }
                    line += u64::from(letter == '\n');
                    if letter == '\n' {
                        if !cells.is_empty() {
                            found.push((row_line, std::mem::take(&mut cells)));
                        }
                        row_line = line;
                    }
                    (fresh, untouched) = (true, true);
                }
                other => {
                    line += u64::from(other == '\n');
                    cell.push(other);
                    fresh = false;
                }
            }
        }
        if text.chars().last().is_some_and(|last| last != '\n') || quoted {
            if cell.ends_with('\r') && !quoted {
                cell.pop();
            }
            if !(cells.is_empty() && cell.is_empty() && untouched) {
                cells.push(cell);
                found.push((row_line, cells));
            }
        }
        found
    }

    proptest! {
        #[test]
        fn rows_are_those_that_reading_byte_by_byte_finds(text in "([a-c]{0,3}(,|,,|\n|\r\n|\"|\"\"|\"[ab,\n]{0,5}\"|x{20,70})){0,40}") {
            // What is cut into pieces closes its quotes.
            prop_assume!(cut(text.as_bytes(), b',', true).broken.is_none());
            prop_assert_eq!(rows(&text), naive(&text), "{:?}", text);
        }
    }

    #[test]
    fn quotes_are_undone_and_lines_are_counted() {
        assert_eq!(rows("a,\"b \"\"x\"\"\nc\",d\r\n\r\ne,,\n"), [row(1, &["a", "b \"x\"\nc", "d"]), row(4, &["e", "", ""])]);
        assert_eq!(rows("\"\",\"a\"\n"), [row(1, &["", "a"])]);
        assert_eq!(rows("a,"), [row(1, &["a", ""])]);
        assert_eq!(rows("a\n\"b\"\r\n"), [row(1, &["a"]), row(2, &["b"])]);
    }

    #[test]
    fn a_stray_quote_is_a_letter() {
        assert_eq!(rows("5\" nails,b\n"), [row(1, &["5\" nails", "b"])]);
        assert_eq!(rows("\"Ann\" Smith,b\n"), [row(1, &["Ann Smith", "b"])]);
        assert_eq!(rows("\"Ann\" \"Jo\" x,b\n"), [row(1, &["Ann \"Jo\" x", "b"])]);
    }

    #[test]
    fn a_quote_that_swallows_rows_is_broken() {
        let cut = |text: &str, ended| cut(text.as_bytes(), b',', ended);
        assert_eq!(cut("a,\"b\nc,\"d\",e\n", true).broken, Some(2));
        assert_eq!(cut("a,\"b\nc,d\n", true).broken, Some(2));
        assert_eq!(cut("a,\"b\nc\",d\ne", true), Cut { end: Some(10), open: None, broken: None });
        assert_eq!(cut("a\n\"b\"", false), Cut { end: Some(2), open: Some(2), broken: None });
    }
}
