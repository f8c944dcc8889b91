//! Parts delimited text into rows and cells and keeps the place of every cell, which a CSV library does not tell.

use std::borrow::Cow;
use std::ops::Range;

/// One cell: its bytes without white space and quotation marks around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    /// Quotation marks inside it stand doubled.
    doubled: bool,
}

impl Piece {
    /// The cell as it stands in the file.
    pub(super) fn raw<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range.clone()).unwrap_or_default()
    }

    /// The cell as it is meant.
    pub(super) fn value<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let raw = self.raw(text);
        if self.doubled { Cow::Owned(raw.replace("\"\"", "\"")) } else { Cow::Borrowed(raw) }
    }
}

/// A walk over the rows of a text, from any row's beginning; empty lines are passed over.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    text: &'a str,
    delimiter: u8,
    at: usize,
}

impl<'a> Rows<'a> {
    /// A walk that begins at byte `at`.
    pub(super) fn new(text: &'a str, delimiter: u8, at: usize) -> Self {
        Self { text, delimiter, at }
    }

    /// Where the next row begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Puts the cells of the next row into `cells` and returns its range, without the line's end.
    ///
    /// An error is the place of a quotation mark that is never closed.
    pub(super) fn next_into(&mut self, cells: &mut Vec<Piece>) -> Result<Option<Range<usize>>, usize> {
        cells.clear();
        let bytes = self.text.as_bytes();
        while let Some(b'\n' | b'\r') = bytes.get(self.at) {
            self.at += 1;
        }
        if self.at >= bytes.len() {
            return Ok(None);
        }
        let start = self.at;
        loop {
            let (piece, end) = self.cell(self.at)?;
            cells.push(piece);
            self.at = end;
            match bytes.get(end) {
                Some(&byte) if byte == self.delimiter => self.at = end + 1,
                _ => return Ok(Some(start..end)),
            }
        }
    }

    /// The cell that begins at `from`, and where it ends.
    fn cell(&self, from: usize) -> Result<(Piece, usize), usize> {
        let bytes = self.text.as_bytes();
        let ends = |at: usize| bytes.get(at).is_none_or(|&byte| byte == self.delimiter || byte == b'\n' || byte == b'\r');
        let mut open = from;
        while bytes.get(open) == Some(&b' ') {
            open += 1;
        }
        if bytes.get(open) == Some(&b'"') {
            let mut at = open + 1;
            let mut doubled = false;
            loop {
                match (bytes.get(at), bytes.get(at + 1)) {
                    (None, _) => return Err(open),
                    (Some(b'"'), Some(b'"')) => (doubled, at) = (true, at + 2),
                    (Some(b'"'), _) => break,
                    _ => at += 1,
                }
            }
            let mut end = at + 1;
            while bytes.get(end) == Some(&b' ') {
                end += 1;
            }
            if ends(end) {
                return Ok((Piece { range: self.trimmed(open + 1..at), doubled }, end));
            }
            // Text after the closing mark: the marks belong to the cell, as in `"A" size`.
        }
        let end = (from..bytes.len()).find(|&at| ends(at)).unwrap_or(bytes.len());
        Ok((Piece { range: self.trimmed(from..end), doubled: false }, end))
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + (text.len() - text.trim_start().len());
        start..start + text.trim().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str, delimiter: u8) -> Result<Vec<Vec<String>>, usize> {
        let mut rows = Rows::new(text, delimiter, 0);
        let (mut pieces, mut all) = (Vec::new(), Vec::new());
        while rows.next_into(&mut pieces)?.is_some() {
            all.push(pieces.iter().map(|piece| piece.value(text).into_owned()).collect());
        }
        Ok(all)
    }

    #[test]
    fn cells_quotes_and_line_ends() {
        assert_eq!(
            parted("a,b\r\n\r\n\"x,\ny\" , \"he said \"\"no\"\"\"\n,\n", b',').unwrap(),
            [["a", "b"], ["x,\ny", "he said \"no\""], ["", ""]]
        );
        assert_eq!(parted("a;\"b\" c;d", b';').unwrap(), [["a", "\"b\" c", "d"]]);
    }

    #[test]
    fn a_quotation_mark_that_never_ends_is_told_by_its_place() {
        assert_eq!(parted("a,b\nc,\"d\n", b','), Err(6));
    }
}
