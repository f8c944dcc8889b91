//! One look at a text for many words at once.

use crate::letters::lower;
use rustc_hash::FxHashMap;

/// Words of which nearly every text has none. Capitals of ASCII count as small letters. Laid out in no time, unlike an automaton, which
/// costs more than all that it searches in one draft.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// Whether a word may begin with three bytes, by their hash.
    begins: [bool; PLACES],
    /// The words by their first three bytes, as [`key`] makes them one.
    words: FxHashMap<u32, Vec<&'static str>>,
    /// Words of fewer bytes.
    short: Vec<&'static str>,
    /// With which bytes those begin.
    short_begins: [bool; 256],
}

/// How many places there are: a dozen for each word of a long list.
const PLACES: usize = 1 << 13;

impl Sieve {
    /// A sieve for these words.
    pub(crate) fn new(words: impl Iterator<Item = &'static str>) -> Self {
        let mut sieve = Self { begins: [false; PLACES], words: FxHashMap::default(), short: Vec::new(), short_begins: [false; 256] };
        for word in words {
            let Some(&[a, b, c]) = word.as_bytes().first_chunk() else {
                sieve.short.push(word);
                for first in word.bytes().take(1).flat_map(|first| [first.to_ascii_lowercase(), first.to_ascii_uppercase()]) {
                    if let Some(begins) = sieve.short_begins.get_mut(usize::from(first)) {
                        *begins = true;
                    }
                }
                continue;
            };
            let key = key(a, b, c);
            if let Some(begins) = sieve.begins.get_mut(place(key)) {
                *begins = true;
            }
            sieve.words.entry(key).or_default().push(word);
        }
        sieve
    }

    /// Whether a text has one of the words.
    pub(crate) fn is_met(&self, text: &str) -> bool {
        self.met(text).next().is_some()
    }

    /// Whether a text has one of the words, in whatever case.
    pub(crate) fn is_said(&self, text: &str) -> bool {
        if text.is_ascii() { self.is_met(text) } else { self.is_met(&lower(text)) }
    }

    /// The words that a text has, each as often as it stands there; first those of three bytes and more, in the order of the text.
    pub(crate) fn met<'s>(&'s self, text: &'s str) -> impl Iterator<Item = &'static str> + 's {
        let bytes = text.as_bytes();
        let mut from = 0;
        let places = std::iter::from_fn(move || {
            let (at, key) = self.next_place(bytes, from)?;
            from = at + 1;
            Some((at, key))
        });
        let begun = places.flat_map(move |(at, key)| {
            let (words, rest) = (self.words.get(&key).map_or(&[][..], Vec::as_slice), bytes.get(at..).unwrap_or_default());
            let begins = |word: &str| rest.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word.as_bytes()));
            words.iter().copied().filter(move |word| begins(word))
        });
        // Nearly no text has a sign of the few.
        let may_hold = !self.short.is_empty() && bytes.iter().any(|b| self.short_begins.get(usize::from(*b)) == Some(&true));
        let short = if may_hold { self.short.as_slice() } else { &[] };
        begun.chain(short.iter().copied().filter(move |word| holds_short(bytes, word.as_bytes())))
    }

    /// The next place at which a word may begin, and its first three bytes. Nearly all of the time is spent here.
    fn next_place(&self, bytes: &[u8], from: usize) -> Option<(usize, u32)> {
        let rest = bytes.get(from..)?;
        let may_begin = |key: u32| self.begins.get(place(key)).copied().unwrap_or_default();
        // Four bytes are read at once, of which three count; the last three stand alone.
        let found = rest.windows(4).position(|window| match window {
            &[a, b, c, d] => may_begin(u32::from_le_bytes([a, b, c, d]) & 0x00ff_ffff | FOLD),
            _ => false,
        });
        let found = found.or_else(|| rest.len().checked_sub(3))?;
        let &[a, b, c] = rest.get(found..)?.first_chunk()?;
        let key = key(a, b, c);
        may_begin(key).then_some((from + found, key))
    }
}

/// Whether a text has a word of one or two bytes.
fn holds_short(text: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first() else { return false };
    let begins = |at: usize| text.get(at..at + word.len()).is_some_and(|piece| piece.eq_ignore_ascii_case(word));
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text).any(begins)
}

/// Three bytes as one, the same for capitals and small letters, and for a few signs beside them.
fn key(a: u8, b: u8, c: u8) -> u32 {
    u32::from_le_bytes([a, b, c, 0]) | FOLD
}

/// The bit by which a small letter of ASCII is told from its capital, three times.
const FOLD: u32 = 0x0020_2020;

/// Fibonacci hashing: the upper bits of a product with 2³² over the golden ratio.
fn place(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B9) >> 19) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [&str; 7] = ["text here", "【", "é", "[", "send", "ende", "\u{2019}s"];

    proptest! {
        #[test]
        fn a_word_is_met_where_it_stands(text in "([a-e txTX\\[éhrsn【’]|send|SEnd|text here){0,12}") {
            let sieve = Sieve::new(WORDS.into_iter());
            let met: Vec<&str> = sieve.met(&text).collect();
            prop_assert_eq!(sieve.is_met(&text), !met.is_empty());
            for word in WORDS {
                prop_assert_eq!(met.contains(&word), text.to_ascii_lowercase().contains(word));
            }
        }
    }
}
