//! A short memory from values to their classes: what was seen lately needs no second look.

use super::classes::Class;
use crate::audience::{Cells, WORD};

/// The longest value that is remembered, in bytes; longer ones are rarely met twice.
const LONGEST: usize = 32;
/// How many values are remembered of each group. With forty bytes each, those of ten columns stay near the processor.
const PLACES: usize = 1 << 12;

/// The bytes of a value, or of several one after the other with their lengths; noughts behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    words: [u64; LONGEST / 8],
    /// One more than the length, so that nothing is not the empty value.
    length: u32,
}

impl Key {
    const NONE: Self = Self { words: [0; LONGEST / 8], length: 0 };

    /// The value of a row in these columns; nothing where it is too long to be remembered.
    #[inline]
    pub(super) fn of(row: &Cells<'_>, columns: &[usize]) -> Option<Self> {
        match columns {
            [column] => match row.window(*column) {
                Some((window, length)) => Self::begins(window, length),
                None => Self::copied(row.get(*column)),
            },
            columns => Self::joined(row, columns),
        }
    }

    /// The first `length` bytes of a window.
    #[inline]
    fn begins(window: &[u8; WORD], length: usize) -> Option<Self> {
        if length > LONGEST {
            return None;
        }
        let mut words = [0; LONGEST / 8];
        for (at, (word, bytes)) in words.iter_mut().zip(window.as_chunks::<8>().0).enumerate() {
            let inside = length.saturating_sub(at * 8).min(8);
            // Nothing is shifted by as many bits as there are.
            let mask = if inside == 0 { 0 } else { u64::MAX >> (64 - 8 * inside) };
            *word = u64::from_le_bytes(*bytes) & mask;
        }
        Some(Self { words, length: u32::try_from(length).ok()? + 1 })
    }

    fn copied(cell: &[u8]) -> Option<Self> {
        let mut window = [0; WORD];
        window.get_mut(..cell.len())?.copy_from_slice(cell);
        Self::begins(&window, cell.len())
    }

    fn joined(row: &Cells<'_>, columns: &[usize]) -> Option<Self> {
        let (mut window, mut end) = ([0; WORD], 0);
        for column in columns {
            let cell = row.get(*column);
            *window.get_mut(end)? = u8::try_from(cell.len()).ok()?;
            window.get_mut(end + 1..end + 1 + cell.len())?.copy_from_slice(cell);
            end += 1 + cell.len();
        }
        Self::begins(&window, end)
    }

    /// Where it is remembered, if it is.
    #[inline]
    fn place(&self) -> usize {
        let [a, b, c, d] = self.words;
        let mut mixed = mix(a ^ 0x9e37_79b9_7f4a_7c15 ^ u64::from(self.length), b ^ 0xd1b5_4a32_d192_ed03);
        if self.length > 17 {
            mixed ^= mix(c ^ 0x8cb9_2ba7_2f3d_8dd7, d ^ 0xaaaa_5555_f00d_cafe);
        }
        usize::try_from(mixed % PLACES as u64).unwrap_or_default()
    }
}

/// The two halves of a product, one upon the other.
#[allow(clippy::cast_possible_truncation, reason = "each half is taken")]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// The classes of values that were seen lately.
#[derive(Debug)]
pub(super) struct Memo(Vec<(Key, Class)>);

impl Memo {
    pub(super) fn new() -> Self {
        Self(vec![(Key::NONE, 0); PLACES])
    }

    /// The class of a value that was seen lately.
    #[inline]
    pub(super) fn find(&self, key: &Key) -> Option<Class> {
        self.0.get(key.place()).filter(|(known, _)| known == key).map(|(_, class)| *class)
    }

    /// Remembers a value instead of another.
    pub(super) fn keep(&mut self, key: Key, class: Class) {
        if let Some(place) = self.0.get_mut(key.place()) {
            *place = (key, class);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience::Block;

    /// The keys of two rows, looked at in a block where cells have neighbours.
    fn keys(one: &[&str], other: &[&str], columns: &[usize]) -> [Option<Key>; 2] {
        let texts = |cells: &[&str]| cells.iter().map(ToString::to_string).collect::<Vec<_>>();
        let rows = [texts(one), texts(other), vec!["y".repeat(WORD)]];
        let block = Block::of_texts(rows.iter().zip(1..).map(|(cells, line)| (line, cells.as_slice())));
        [0, 1].map(|at| block.row(at).and_then(|row| Key::of(&row, columns)))
    }

    #[test]
    fn keys_are_equal_only_where_values_are() {
        let same = |one: &[&str], other: &[&str], columns: &[usize]| {
            let [one, other] = keys(one, other, columns);
            one.is_some() && one == other
        };
        assert!(same(&["ann", "x"], &["ann", "y"], &[0]) && same(&["", "x"], &["", "y"], &[0]));
        assert!(!same(&["ann", "x"], &["an", "n"], &[0]) && !same(&["a\0"], &["a"], &[0]) && !same(&[""], &["\0"], &[0]));
        assert!(!same(&["ab", "c"], &["a", "bc"], &[0, 1]) && same(&["ab", "c", "1"], &["ab", "c", "2"], &[0, 1]));
        let long = "x".repeat(LONGEST);
        assert!(same(&[&long, "a"], &[&long, "b"], &[0]) && !same(&[&long, "a"], &[&long, "b"], &[0, 1]));
        assert_eq!(keys(&[&format!("{long}x")], &[&"x".repeat(500)], &[0]), [None, None], "too long");
        // A column that a short row does not have is empty.
        assert!(same(&["a"], &["b"], &[7]));
        // At the end of a block there is no window.
        let texts = [vec![String::from("ann")], vec![String::from("ann")]];
        let block = Block::of_texts(texts.iter().zip(1..).map(|(cells, line)| (line, cells.as_slice())));
        assert_eq!(block.row(1).and_then(|row| Key::of(&row, &[0])), keys(&["ann"], &["ann"], &[0])[0]);
    }

    #[test]
    fn a_value_is_found_until_another_takes_its_place() {
        let [one, other] = keys(&["ann"], &["ben"], &[0]).map(|key| key.expect("a key"));
        let mut memo = Memo::new();
        assert_eq!(memo.find(&one), None);
        memo.keep(one, 3);
        assert_eq!((memo.find(&one), memo.find(&other)), (Some(3), None));
    }
}
