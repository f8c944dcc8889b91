//! Rows of text in which only a few cells matter: found by the marks between cells, without writing every cell down.
//!
//! Nearly all rows of nearly all lists have no quotes and as many cells as there are columns. Of those only the cells
//! that are asked for are looked up; every other row goes the way of [`super::delimited::parse`].

use super::block::Block;
use super::delimited::Parser;
use super::pieces::Piece;
use super::quoting::QUOTE;
use super::word::{WORD, Word};

/// The farthest column that can be asked for, and one more.
pub(super) const FARTHEST: usize = 64;

/// How the rows of a list are skimmed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Skim {
    pub(super) delimiter: u8,
    /// How many cells a row must have to be skimmed.
    pub(super) width: usize,
    /// One more than the farthest column that is asked for; no more than [`FARTHEST`].
    pub(super) needed: usize,
}

/// A row that is being skimmed.
pub(super) struct Skimmed<'a> {
    bytes: &'a [u8],
    start: usize,
    end: usize,
    /// The first delimiters.
    stops: &'a [usize],
    pub(super) line: u64,
}

impl<'a> Skimmed<'a> {
    /// The bytes of one of the cells that are asked for.
    #[inline]
    pub(super) fn get(&self, column: usize) -> &'a [u8] {
        let (start, end) = self.range(column);
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Such a cell with what stands behind it; nothing where it is longer, or too near the end.
    #[inline]
    pub(super) fn window(&self, column: usize) -> Option<(&'a [u8; WORD], usize)> {
        let (start, end) = self.range(column);
        Some((self.bytes.get(start..)?.first_chunk()?, end - start)).filter(|(_, length)| *length <= WORD)
    }

    #[inline]
    fn range(&self, column: usize) -> (usize, usize) {
        let start = column.checked_sub(1).map_or(self.start, |before| self.stops.get(before).map_or(self.end, |stop| stop + 1));
        (start, self.stops.get(column).copied().unwrap_or(self.end).max(start))
    }
}

/// Where bytes of each kind stand in a piece, a bit for every byte.
struct Marks(Vec<[u64; 3]>);

impl Marks {
    fn of(bytes: &[u8], delimiter: u8) -> Self {
        let (words, rest) = bytes.as_chunks::<WORD>();
        let mut last = [0; WORD];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        let mark = |bytes: &[u8; WORD]| {
            let word = Word::<4>::of(bytes);
            [word.equal(b'\n'), word.equal(delimiter), word.equal(QUOTE)]
        };
        Self(words.iter().chain([&last]).map(mark).collect())
    }

    /// The end of the row that begins at `start` and how many cells it has; nothing where it has quotes, or no end.
    /// The first of its delimiters are written to `stops`.
    #[inline]
    fn row(&self, start: usize, needed: usize, stops: &mut [usize; FARTHEST]) -> Option<(usize, usize)> {
        let (mut live, mut cells) = (u64::MAX << (start % WORD), 1);
        let mut met = 0;
        for (at, [ends, delimiters, quotes]) in self.0.iter().enumerate().skip(start / WORD) {
            let ends = ends & live;
            // All before the first line end.
            live &= (ends & ends.wrapping_neg()).wrapping_sub(1);
            if quotes & live != 0 {
                return None;
            }
            let mut here = delimiters & live;
            while here != 0 && met < needed {
                *stops.get_mut(met)? = at * WORD + here.trailing_zeros() as usize;
                here &= here - 1;
                met += 1;
                cells += 1;
            }
            cells += here.count_ones() as usize;
            if ends != 0 {
                return Some((at * WORD + ends.trailing_zeros() as usize, cells));
            }
            live = u64::MAX;
        }
        None
    }
}

/// Goes through a piece. `take` is asked for every row that can be skimmed and says whether it was taken; all others
/// are in the block. Says how many were taken, too.
pub(super) fn skim(piece: Piece, skim: Skim, mut take: impl FnMut(&Skimmed<'_>) -> bool) -> (Block, u64) {
    let Skim { delimiter, width, needed } = skim;
    let marks = Marks::of(&piece.bytes, delimiter);
    let mut parser = Parser::of(Block::of_few(piece.bytes), piece.line);
    let (mut stops, mut taken) = ([0; FARTHEST], 0);
    loop {
        let (bytes, start, line) = parser.here();
        if start >= bytes.len() {
            break;
        }
        if let Some((end, cells)) = marks.row(start, needed, &mut stops)
            && cells == width
        {
            let row_end = if bytes.get(start..end).is_some_and(|row| row.ends_with(b"\r")) { end - 1 } else { end };
            let stops = stops.get(..needed.min(cells - 1)).unwrap_or_default();
            // An empty line is no row.
            if row_end > start && take(&Skimmed { bytes, start, end: row_end, stops, line }) {
                taken += 1;
                parser.pass(end + 1);
                continue;
            }
        }
        parser.row(delimiter);
    }
    (parser.finish(), taken)
}

#[cfg(test)]
mod tests {
    use super::super::delimited;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn piece(text: &str) -> Piece {
        Piece { bytes: text.as_bytes().to_vec(), line: 1, end: 2 }
    }

    /// The rows by the lines on which they begin; of those that were skimmed the first cells, and how many they are.
    fn skimmed(text: &str, width: usize, needed: usize) -> (BTreeMap<u64, Vec<Vec<u8>>>, u64) {
        let mut found = BTreeMap::new();
        let (block, taken) = skim(piece(text), Skim { delimiter: b',', width, needed }, |row| {
            let cells: Vec<Vec<u8>> = (0..needed).map(|column| row.get(column).to_vec()).collect();
            let windows = (0..needed).filter_map(|column| row.window(column).map(|(window, length)| (column, window[..length].to_vec())));
            for (column, window) in windows {
                assert_eq!(cells[column], window, "{text:?}");
            }
            // What is looked at may yet be left to others.
            let taken = cells[0].len() % 3 != 2;
            if taken {
                assert_eq!(found.insert(row.line, cells), None);
            }
            taken
        });
        for row in block.rows() {
            assert_eq!(found.insert(row.line, row.iter().take(needed).map(<[u8]>::to_vec).collect()), None);
        }
        (found, taken)
    }

    proptest! {
        #[test]
        fn rows_that_are_skimmed_are_those_that_are_parsed(
            text in "([a-c]{0,3}(,|,,|\n|\r\n|\"|\"\"|\"[ab,\n]{0,5}\"|x{20,70})){0,60}",
            regular in proptest::collection::vec("[a-d]{0,40},[a-d]{0,70},[a-d]{0,3}(\n|\r\n)", 0..6),
            width in 1_usize..4,
            needed in 1_usize..4,
        ) {
            let text = format!("{}{text}", regular.concat());
            // What is cut into pieces closes its quotes.
            prop_assume!(delimited::cut(text.as_bytes(), b',', true).broken.is_none());
            let needed = needed.min(width);
            let parsed: BTreeMap<u64, Vec<Vec<u8>>> = delimited::parse(piece(&text), b',')
                .rows()
                .map(|row| (row.line, row.iter().take(needed).map(<[u8]>::to_vec).collect()))
                .collect();
            prop_assert_eq!(skimmed(&text, width, needed).0, parsed, "{:?}", text);
        }
    }

    #[test]
    fn only_rows_out_of_order_are_written_down() {
        let text = "abc,d\r\nabc,\"d\n\n\"\r\n\r\nabc,d,e\nabcdef,d\nabc,x";
        let (rows, taken) = skimmed(text, 2, 1);
        assert_eq!((rows.keys().copied().collect::<Vec<_>>(), taken), (vec![1, 2, 6, 7, 8], 2));
        let far = format!("{}\n{}\n", "a,".repeat(99), "b,".repeat(99));
        assert_eq!(skimmed(&far, 100, FARTHEST).1, 2);
    }
}
