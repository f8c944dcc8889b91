//! Where a decoded byte came from: the way back from readable text to the file that a person can open.

use std::ops::Range;

/// A map from byte offsets of a decoded text to byte offsets of what it was decoded from.
///
/// It is a list of runs in which both sides step together; a new run begins wherever they part
/// (a soft line break, an escaped character, a JSON escape). Offsets inside one escaped character
/// lead to the beginning of that escape.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// `(text, raw)` of the beginning of each run, both rising.
    runs: Vec<(usize, usize)>,
    /// Lengths of both sides, known once the map is finished.
    end: (usize, usize),
}

impl OffsetMap {
    /// A map that leads every offset to one range: for text whose way back is not known more exactly.
    pub fn coarse(text_len: usize, raw: Range<usize>) -> Self {
        Self { runs: vec![(0, raw.start)], end: (text_len, raw.end) }
    }

    /// The map of a text that stands unchanged at `raw_start`.
    pub fn shifted(text_len: usize, raw_start: usize) -> Self {
        Self { runs: vec![(0, raw_start)], end: (text_len, raw_start + text_len) }
    }

    /// Notes that the text byte at `text` was made from the raw byte at `raw`.
    ///
    /// Going back to an earlier `text` forgets what came after it.
    pub fn push(&mut self, text: usize, raw: usize) {
        match self.runs.last() {
            Some(&(t, r)) if text >= t && raw >= r && text - t == raw - r => {}
            Some(&(t, _)) if t >= text => {
                self.runs.pop();
                self.push(text, raw);
            }
            _ => self.runs.push((text, raw)),
        }
    }

    /// Closes the map: the text ends at `text`, what it was made from at `raw`.
    pub fn finish(&mut self, text: usize, raw: usize) {
        self.end = (text, raw);
    }

    /// How long the text is, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.end.0
    }

    /// The raw offset for a text offset. The end of a span is asked with `raw_end`.
    pub fn raw(&self, text: usize) -> usize {
        if text >= self.end.0 {
            return self.end.1;
        }
        let next = self.runs.partition_point(|run| run.0 <= text);
        let Some(&(t, r)) = next.checked_sub(1).and_then(|i| self.runs.get(i)) else {
            return self.runs.first().map_or(0, |run| run.1);
        };
        let bound = self.runs.get(next).map_or(self.end.1, |run| run.1);
        (r + (text - t)).min(bound.max(r))
    }

    /// Where the two sides begin to step together anew, each place with its raw offset: first the beginning of a part of the text, then
    /// each run that begins inside it.
    pub(crate) fn runs_in(&self, text: Range<usize>) -> impl Iterator<Item = (usize, usize)> + '_ {
        let first = self.runs.partition_point(|run| run.0 <= text.start);
        let inside = self.runs.get(first..).unwrap_or_default().iter().copied().take_while(move |run| run.0 < text.end);
        std::iter::once((text.start, self.raw(text.start))).chain(inside)
    }

    /// The map of a part of the text alone.
    pub(crate) fn part(&self, text: Range<usize>) -> Self {
        let runs = self.runs_in(text.clone()).map(|(at, raw)| (at - text.start, raw)).collect();
        Self { runs, end: (text.len(), self.raw(text.end)) }
    }

    /// Goes on with another map behind `text` bytes; `end` is where the whole text ends.
    pub(crate) fn append(&mut self, text: usize, other: &Self, end: usize) {
        for &(at, raw) in other.runs.iter().filter(|run| text + run.0 < end) {
            self.push(text + at, raw);
        }
        if text + other.end.0 < end {
            self.push(text + other.end.0, other.end.1);
        } else {
            self.finish(end, other.end.1);
        }
    }

    /// The raw range for a text range; never empty in the raw file where the text range is not.
    pub fn raw_range(&self, text: Range<usize>) -> Range<usize> {
        let start = self.raw(text.start);
        let end = self.raw(text.end);
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_soft_line_break_parts_the_two_sides() {
        // raw "ab=\r\ncd" decodes to "abcd"
        let mut map = OffsetMap::default();
        for (text, raw) in [(0, 0), (1, 1), (2, 5), (3, 6)] {
            map.push(text, raw);
        }
        map.finish(4, 7);
        assert_eq!((0..=4).map(|i| map.raw(i)).collect::<Vec<_>>(), [0, 1, 5, 6, 7]);
        assert_eq!(map.raw_range(1..3), 1..6);
    }

    #[test]
    fn a_coarse_map_stays_inside_its_range() {
        let map = OffsetMap::coarse(100, 10..20);
        assert!((0..=100).all(|i| (10..=20).contains(&map.raw(i))));
    }
}
