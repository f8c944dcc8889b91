//! The English words that presend brings along, American, British, Australian and Canadian.
//!
//! They are the word lists of SCOWL (<http://wordlist.aspell.net>) in the size for spelling checkers, with all their
//! endings; `english.md` beside this file holds their licence. Looking a word up needs no preparation, so that a run that
//! checks one draft pays for the words of that draft alone.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::OnceLock;

/// The list of SCOWL: one word a line, in lower case, in the order of their bytes.
const LIST: &str = include_str!("english.txt");

/// Words of shops, kitchens, wardrobes and programs that the list does not have yet, collected for presend; in the same form.
const MODERN: &str = include_str!("modern.txt");

/// Beginnings that make a new word of one that is known.
const BEGINNINGS: [&str; 19] = [
    "re", "un", "non", "pre", "co", "multi", "over", "anti", "micro", "mini", "mega", "super", "sub", "inter", "auto", "self", "cyber",
    "eco", "bio",
];

/// Endings that make a new word of one that is known.
const ENDINGS: [&str; 7] = ["s", "er", "ers", "able", "less", "wide", "ly"];

/// Short words that are parts of others; the shorter a part, the more misspellings would be made of two.
const SHORT_PARTS: [&str; 58] = [
    "up", "in", "on", "ups", "air", "app", "bag", "bar", "bed", "bin", "bot", "box", "cam", "cap", "car", "cut", "day", "eye", "fan",
    "fit", "fun", "gym", "hot", "ice", "key", "kit", "lab", "log", "man", "map", "men", "net", "off", "out", "pad", "pay", "pen", "pet",
    "pin", "pop", "red", "rug", "run", "sea", "set", "sky", "sun", "tag", "tax", "tea", "tip", "top", "toy", "way", "web", "win", "zip",
    "pre",
];

/// Whether a word is in the list, or is made of words in it: "sitewide", "onboarding", "restock".
pub(super) fn knows(word: &str) -> bool {
    let lower = word.to_lowercase();
    let word = lower.as_str();
    has(word)
        || BEGINNINGS.iter().any(|beginning| word.strip_prefix(beginning).is_some_and(|rest| rest.len() >= 5 && has(rest)))
        || ENDINGS.iter().any(|ending| word.strip_suffix(ending).is_some_and(|stem| stem.len() >= 4 && has(stem)))
        || is_compound(word)
}

/// Whether it is two words in one.
fn is_compound(word: &str) -> bool {
    let two = |at: usize| word.get(..at).zip(word.get(at..));
    let is_part = |part: &str| (part.len() >= 4 || SHORT_PARTS.contains(&part)) && has(part);
    (2..word.len().saturating_sub(1))
        .filter_map(two)
        .any(|(first, second)| first.len() + second.len() >= 6 && is_part(first) && is_part(second))
}

/// Whether a word in lower case stands in one of the lists.
pub(super) fn has(word: &str) -> bool {
    stands_in(LIST, alike(word), word) || stands_in(MODERN, 0..MODERN.len(), word)
}

/// The part of the long list in which words begin with the same two letters; each part is looked up once.
fn alike(word: &str) -> Range<usize> {
    static PARTS: [OnceLock<Range<usize>>; 26 * 26] = [const { OnceLock::new() }; 26 * 26];
    let place = |byte: u8| byte.is_ascii_lowercase().then(|| usize::from(byte - b'a'));
    let known = word.as_bytes().first_chunk().and_then(|&[first, second]| Some((place(first)? * 26 + place(second)?, [first, second])));
    let part = known.and_then(|(at, [first, second])| Some((PARTS.get(at)?, [first, second])));
    part.map_or(0..LIST.len(), |(part, [first, second])| {
        part.get_or_init(|| {
            place_in(LIST, 0..LIST.len(), &[first, second]).start..place_in(LIST, 0..LIST.len(), &[first, second + 1]).start
        })
        .clone()
    })
}

fn stands_in(list: &str, within: Range<usize>, word: &str) -> bool {
    !place_in(list, within, word.as_bytes()).is_empty()
}

/// Where a word stands in a list; where it is not there, the empty range at which it would stand. `within` begins and ends with a line.
fn place_in(list: &str, within: Range<usize>, word: &[u8]) -> Range<usize> {
    let (mut low, mut high) = (within.start, within.end);
    while low < high {
        let middle = usize::midpoint(low, high);
        let bytes = list.as_bytes();
        let start = bytes.get(low..middle).and_then(|before| memchr::memrchr(b'\n', before)).map_or(low, |at| low + at + 1);
        let end = bytes.get(middle..high).and_then(|after| memchr::memchr(b'\n', after)).map_or(high, |at| middle + at);
        match bytes.get(start..end).map_or(Ordering::Equal, |entry| entry.cmp(word)) {
            Ordering::Equal => return start..end,
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    let place = low.min(list.len());
    place..place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        for (list, fewest) in [(LIST, 120_000), (MODERN, 200)] {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.len() > fewest && words.is_sorted_by(|one, other| one < other));
            assert!(words.iter().all(|word| *word == word.to_lowercase() && has(word)));
        }
    }

    #[test]
    fn what_is_made_of_words_is_known() {
        for known in ["colour", "color", "organise", "organize", "sitewide", "signup", "Restock", "don't", "onboarding", "webpages"] {
            assert!(knows(known), "{known}");
        }
        for unknown in ["", "x", "recieve", "diferent", "acommodate", "zzzz", "sumer", "begining", "untill", "adress"] {
            assert!(!knows(unknown), "{unknown}");
        }
    }
}
