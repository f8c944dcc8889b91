//! One look at a text for many words at once.

use rustc_hash::FxHashMap;

/// Words of which nearly every text has none. Laid out in no time, unlike an automaton, which costs more than all that it searches in one
/// draft.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// A bit for each three bytes with which a word may begin, by their hash.
    bits: [u64; BITS / 64],
    /// The words by their first three bytes.
    words: FxHashMap<u32, Vec<&'static str>>,
    /// Words of fewer bytes.
    short: Vec<&'static str>,
}

/// How many bits there are: a hundred for each word of a long list.
const BITS: usize = 1 << 13;

impl Sieve {
    /// A sieve for these words.
    pub(crate) fn new(words: impl Iterator<Item = &'static str>) -> Self {
        let mut sieve = Self { bits: [0; BITS / 64], words: FxHashMap::default(), short: Vec::new() };
        for word in words {
            let Some(&[a, b, c]) = word.as_bytes().first_chunk() else {
                sieve.short.push(word);
                continue;
            };
            let key = key(a, b, c);
            if let Some(bits) = sieve.bits.get_mut(place(key) / 64) {
                *bits |= 1 << (place(key) % 64);
            }
            sieve.words.entry(key).or_default().push(word);
        }
        sieve
    }

    /// Whether a text has one of the words, capitals and small letters told apart.
    pub(crate) fn is_met(&self, text: &str) -> bool {
        self.met(text).next().is_some()
    }

    /// The words that a text has, each as often as it stands there; first those of three bytes and more, in the order of the text.
    pub(crate) fn met<'s>(&'s self, text: &'s str) -> impl Iterator<Item = &'static str> + 's {
        let bytes = text.as_bytes();
        let mut key = 0;
        let places = bytes.iter().enumerate().filter_map(move |(at, byte)| {
            key = key >> 8 | u32::from(*byte) << 16;
            let bits = self.bits.get(place(key) / 64).copied().unwrap_or_default();
            (bits & 1 << (place(key) % 64) != 0).then(|| Some((self.words.get(&key)?, bytes.get(at.checked_sub(2)?..)?)))?
        });
        let begun = places.flat_map(|(words, rest)| words.iter().copied().filter(|word| rest.starts_with(word.as_bytes())));
        begun.chain(self.short.iter().copied().filter(|word| text.contains(word)))
    }
}

fn key(a: u8, b: u8, c: u8) -> u32 {
    u32::from_le_bytes([a, b, c, 0])
}

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
        fn a_word_is_met_where_it_stands(text in "([a-e tx\\[éhrsn【’]|send|text here){0,12}") {
            let sieve = Sieve::new(WORDS.into_iter());
            let met: Vec<&str> = sieve.met(&text).collect();
            prop_assert_eq!(sieve.is_met(&text), !met.is_empty());
            for word in WORDS {
                prop_assert_eq!(met.contains(&word), text.contains(word));
            }
        }
    }
}
