//! The salutations of eight languages, and where one stands at the beginning of a text.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Salutations with which mails begin, in lower case.
#[rustfmt::skip]
const SALUTATIONS: [&str; 94] = [
    "dear", "hi there", "hi", "hello there", "hello", "hey there", "hey", "hiya", "howdy", "good morning", "good afternoon", "good evening", "greetings",
    "welcome back", "liebe", "lieber", "liebes", "hallo liebe", "hallo lieber", "hallo", "hi liebe", "sehr geehrte frau", "sehr geehrter herr", "guten tag",
    "guten morgen", "moin", "servus", "bonjour", "cher", "chère", "salut", "coucou", "hola", "querido", "querida", "estimado", "estimada", "buenos días", "ciao",
    "caro", "cara", "gentile", "salve", "buongiorno", "beste", "hoi", "dag", "geachte", "olá", "ola", "oi", "prezado", "prezada", "cześć", "czesc",
    "witaj", "dzień dobry", "szanowny panie", "szanowna pani", "drogi", "droga", "hej",
    "good day", "dearest", "liebe/r", "liebe(r)", "guten abend", "grüß gott", "grüezi", "hallöchen", "bonsoir", "cher/chère", "chère/cher",
    "buenas", "buenas tardes", "buenas noches", "querido/a", "estimado/a", "buonasera", "carissimo", "carissima", "egregio", "goedemorgen",
    "goedemiddag", "lieve", "geachte heer", "geachte mevrouw", "bom dia", "boa tarde", "prezado(a)", "caro(a)", "witam", "kochana", "kochany",
];

/// The first two letters of each.
static BEGINNINGS: LazyLock<FxHashSet<[u8; 2]>> = LazyLock::new(|| SALUTATIONS.iter().filter_map(|word| beginning(word)).collect());

/// The first two bytes of a text, those of ASCII in lower case.
fn beginning(text: &str) -> Option<[u8; 2]> {
    let [first, second] = *text.as_bytes().first_chunk()?;
    Some([first.to_ascii_lowercase(), second.to_ascii_lowercase()])
}

/// How many bytes of a passage can be a salutation.
const LONGEST_SALUTATION: usize = 24;

/// The salutation that a text begins with: where it ends, and where what follows its blank begins.
pub(super) fn salutation(text: &str) -> Option<(usize, Option<usize>)> {
    // Asked of every line of a mail, and nearly none begins like one.
    if !BEGINNINGS.contains(&beginning(text)?) {
        return None;
    }
    let head: String = text.chars().take(LONGEST_SALUTATION).flat_map(char::to_lowercase).collect();
    let ends = SALUTATIONS.iter().filter_map(|word| head.strip_prefix(word).map(|rest| (word.len(), rest)));
    let ended = ends.filter(|(_, rest)| rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '!' | '.' | ':' | '…')));
    let (end, _) = ended.max_by_key(|(end, _)| *end)?;
    let rest = text.get(end..)?;
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
    Some((end, (blank > 0).then_some(end + blank)))
}

/// Whether words are a salutation, and nothing else.
pub(crate) fn is_salutation(words: &str) -> bool {
    salutation(words).is_some_and(|(end, _)| end == words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_salutation_is_one_in_capitals_too() {
        for word in SALUTATIONS {
            assert!(is_salutation(word), "{word}");
            assert!(salutation(&word.to_ascii_uppercase()).is_some(), "{word}");
        }
    }
}
