//! What a slip of the fingers makes of a word, the likeliest first.

use crate::offers::Language;

/// Letters that are taken for each other, by ear or by hand.
const ALIKE: [&str; 12] = ["aeiouyáàâãäéèêëíìîïóòôõöúùûüœ", "ckqsz", "sßç", "bp", "dt", "gj", "mn", "vw", "fv", "xs", "lł", "nñ"];

/// Letters beside each other on a keyboard, row by row.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Every word that one slip away from `word` may have been meant, the likeliest first; the first letter is seldom wrong.
pub(super) fn slips(word: &str, language: Language) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    swapped(word).chain(doubled(&letters)).chain(left_out(&letters, language)).chain(too_many(&letters)).chain(mistaken(&letters))
}

/// Two letters in the wrong order: "recieve".
pub(super) fn swapped(word: &str) -> impl Iterator<Item = String> + use<> {
    let letters: Vec<char> = word.chars().collect();
    (1..letters.len().saturating_sub(1)).filter_map(move |at| {
        let mut other = letters.clone();
        let differ = letters.get(at) != letters.get(at + 1);
        (at + 1 < other.len() && differ).then(|| other.swap(at, at + 1)).map(|()| other.into_iter().collect())
    })
}

/// A letter that should stand twice: "sumer".
fn doubled(letters: &[char]) -> impl Iterator<Item = String> + use<> {
    let letters = letters.to_vec();
    (0..letters.len()).filter_map(move |at| Some(with(&letters, at, *letters.get(at)?)))
}

/// A letter that is missing: "aftrnoon".
fn left_out(letters: &[char], language: Language) -> impl Iterator<Item = String> + use<> {
    let letters = letters.to_vec();
    let alphabet: Vec<char> = ('a'..='z').chain(own_letters(language).chars()).collect();
    (1..=letters.len()).flat_map(move |at| {
        let with: Vec<String> = alphabet.iter().map(|letter| with(&letters, at, *letter)).collect();
        with
    })
}

/// A letter too many: "tomorroow".
fn too_many(letters: &[char]) -> impl Iterator<Item = String> + use<> {
    let letters = letters.to_vec();
    (1..letters.len()).map(move |at| letters.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, letter)| *letter).collect())
}

/// A letter that was taken for another: "seperate".
fn mistaken(letters: &[char]) -> impl Iterator<Item = String> + use<> {
    let letters = letters.to_vec();
    (1..letters.len()).flat_map(move |at| {
        let meant = letters.get(at).map(|letter| mistakable(*letter)).unwrap_or_default();
        let with = |other: char| letters.iter().enumerate().map(|(index, letter)| if index == at { other } else { *letter }).collect();
        meant.into_iter().map(with).collect::<Vec<String>>()
    })
}

/// The letters that one is taken for.
fn mistakable(letter: char) -> Vec<char> {
    let alike = ALIKE.iter().filter(|group| group.contains(letter)).flat_map(|group| group.chars());
    let beside = ROWS.iter().filter_map(|row| Some((row, row.find(letter)?))).flat_map(|(row, at)| {
        let near = [at.checked_sub(1), Some(at + 1)];
        near.into_iter().flatten().filter_map(|at| row.chars().nth(at))
    });
    alike.chain(beside).filter(|other| *other != letter).collect()
}

/// The letters with another before the one at a place.
fn with(letters: &[char], at: usize, letter: char) -> String {
    let (before, after) = letters.split_at(at.min(letters.len()));
    before.iter().chain([&letter]).chain(after).collect()
}

/// The letters of a language that English has not.
fn own_letters(language: Language) -> &'static str {
    match language {
        Language::English => "",
        Language::German => "äöüß",
        Language::French => "éèêëàâçîïôùûœ",
        Language::Spanish => "áéíóúñü",
        Language::Italian => "àèéìòù",
        Language::Dutch => "ëïéè",
        Language::Portuguese => "áâãàçéêíóôõú",
        Language::Polish => "ąćęłńóśźż",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_every_kind_are_undone() {
        for (wrong, right) in [
            ("recieve", "receive"),
            ("sumer", "summer"),
            ("aftrnoon", "afternoon"),
            ("tomorroow", "tomorrow"),
            ("seperate", "separate"),
            ("shippinh", "shipping"),
            ("ganzt", "ganz"),
        ] {
            assert!(slips(wrong, Language::English).any(|slip| slip == right), "{wrong}");
        }
        assert!(slips("fur", Language::German).any(|slip| slip == "für"));
        assert!(slips("", Language::English).all(|slip| slip.len() <= 2));
    }
}
