//! The words of a passage, and in which language they are.

use crate::facts::Passage;
use crate::offers::Language;
use crate::rule::Context;
use std::ops::Range;

/// One word: letters, with apostrophes and hyphens between them.
pub(super) struct Word<'a> {
    /// As it is written.
    pub(super) text: &'a str,
    /// Where it stands in the passage.
    pub(super) range: Range<usize>,
}

/// The words of a text, in order. A word with figures, dots or slashes in it is a name, a code or an address, and none.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    text.split(char::is_whitespace).filter_map(move |piece| {
        let start = at;
        // White space is one character, of whatever length.
        at += piece.len();
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let inner = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let offset = piece.find(inner)?;
        let is_word = !inner.is_empty() && inner.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
        let around = (piece.get(..offset)?, piece.get(offset + inner.len()..)?);
        let is_plain =
            ![around.0, around.1].iter().any(|edge| edge.contains(['@', '#', '/', '\\', '_', '$', '{', '}', '%', '|', '<', '>', '=', '*']));
        (is_word && is_plain).then(|| Word { text: inner, range: start + offset..start + offset + inner.len() })
    })
}

/// The language of a passage: what the user said, what its words give away, or that of the mail.
pub(super) fn language(context: &Context<'_>, passage: &Passage) -> Language {
    let said = context.settings.language.or_else(|| passage.language());
    said.or(context.facts.language).unwrap_or(Language::English)
}

/// What was found, as a message quotes it: in one line, cut short where it is long.
pub(super) fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(LONGEST_SHOWN).collect();
    if short.len() < line.len() { format!("{}…", short.trim_end()) } else { short }
}

/// How much of what was found a message quotes, in characters.
const LONGEST_SHOWN: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_where_they_are_said_to_stand() {
        let text = "Don’t  miss: «soldes d'été», x@y.example #tag €5 v2 end";
        let found: Vec<&str> = words(text).map(|word| word.text).collect();
        assert_eq!(found, ["Don’t", "miss", "soldes", "d'été", "end"]);
        assert!(words(text).all(|word| text.get(word.range) == Some(word.text)));
    }
}
