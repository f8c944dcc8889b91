//! The text of two versions, passage by passage and then word by word.

use super::{Change, Part, folded, source};
use crate::facts::{Facts, Passage, Region};
use crate::message::Body;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::sync::Arc;

/// Passages that share fewer of their words than this are not one passage that was changed.
const ALIKE: f32 = 0.3;

/// Passages of no more words and blanks than this are one, too, if they begin or end alike: "Hi Ann," and "Hi {{ name }},".
const SHORT: usize = 12;

/// The longest passage of which words are compared, in bytes.
const LONGEST: usize = 20_000;

/// How many passages that are gone are looked through for the one that a new one was.
const AHEAD: usize = 12;

/// A run of words in a changed passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// As before.
    Same(String),
    /// No more there.
    Gone(String),
    /// Not there before.
    New(String),
}

/// Two texts word by word.
pub fn pieces(was: &str, is: &str) -> Vec<Piece> {
    if was.len() > LONGEST || is.len() > LONGEST {
        return vec![Piece::Gone(was.to_owned()), Piece::New(is.to_owned())];
    }
    let (old, new) = (words(was), words(is));
    let text = |words: &[&str], range: std::ops::Range<usize>| words.get(range).unwrap_or_default().concat();
    let piece = |op: &DiffOp| match *op {
        DiffOp::Equal { old_index, len, .. } => vec![Piece::Same(text(&old, old_index..old_index + len))],
        DiffOp::Delete { old_index, old_len, .. } => vec![Piece::Gone(text(&old, old_index..old_index + old_len))],
        DiffOp::Insert { new_index, new_len, .. } => vec![Piece::New(text(&new, new_index..new_index + new_len))],
        DiffOp::Replace { old_index, old_len, new_index, new_len } => {
            vec![Piece::Gone(text(&old, old_index..old_index + old_len)), Piece::New(text(&new, new_index..new_index + new_len))]
        }
    };
    capture_diff_slices(Algorithm::Myers, &old, &new).iter().flat_map(piece).collect()
}

/// Words and the blanks between them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in text.split_inclusive(' ') {
        let word = part.trim_end_matches(' ');
        words.extend([word, part.get(word.len()..).unwrap_or_default()].into_iter().filter(|word| !word.is_empty()));
    }
    words
}

/// What has changed in the text of a body.
pub(super) fn between(old_facts: &Facts, old: Option<&Body>, new_facts: &Facts, new: Option<&Body>) -> Vec<Change> {
    let (old, new) = (passages(old_facts, old), passages(new_facts, new));
    let texts = |passages: &[&Passage]| passages.iter().map(|passage| folded(&passage.text)).collect::<Vec<_>>();
    let (old_texts, new_texts) = (texts(&old), texts(&new));
    let (mut gone, mut come, mut changes) = (Vec::new(), Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, &old_texts, &new_texts) {
        let (was, is) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        // Those that share words are one, as long as both keep their order.
        let mut was: std::collections::VecDeque<usize> = was.collect();
        for at in is {
            let alike = |old: &usize| old_texts.get(*old).zip(new_texts.get(at)).is_some_and(|(old, new)| are_alike(old, new));
            match was.iter().take(AHEAD).position(alike) {
                Some(ahead) => {
                    gone.extend(was.drain(..ahead));
                    changes.push((was.pop_front(), at));
                }
                None => come.push(at),
            }
        }
        gone.extend(was);
    }
    // What is gone here and new there was moved.
    for at in come {
        let from = gone.iter().position(|old| old_texts.get(*old) == new_texts.get(at));
        changes.push((from.map(|from| gone.remove(from)), at));
    }
    changes.sort_by_key(|(_, at)| *at);
    let text = |texts: &[String], at: usize| texts.get(at).cloned();
    let met = changes.iter().filter_map(|(was, at)| {
        let span = new.get(*at)?.whole();
        Some(Change { part: Part::Words, of: None, was: was.and_then(|was| text(&old_texts, was)), is: text(&new_texts, *at), span })
    });
    let left = gone
        .iter()
        .filter_map(|at| Some(Change { part: Part::Words, of: None, was: text(&old_texts, *at), is: None, span: old.get(*at)?.whole() }));
    met.chain(left).collect()
}

/// Whether two passages share enough words to be one that was changed.
fn are_alike(old: &str, new: &str) -> bool {
    if old.len() > LONGEST || new.len() > LONGEST {
        return true;
    }
    let (old, new) = (words(old), words(new));
    let same: usize = capture_diff_slices(Algorithm::Myers, &old, &new)
        .iter()
        .map(|op| if let DiffOp::Equal { old_index, len, .. } = *op { letters(old.get(old_index..old_index + len)) } else { 0 })
        .sum();
    let most = letters(Some(&old)).max(letters(Some(&new))).max(1);
    // Passages of a word or two, such as the label of a button, are told apart by their place alone.
    #[expect(clippy::cast_precision_loss, reason = "a share of a passage needs no more than a few digits")]
    let share = same as f32 / most as f32;
    let longest = old.len().max(new.len());
    longest <= 5 || longest <= SHORT && (old.first() == new.first() || old.last() == new.last()) || share >= ALIKE
}

fn letters(words: Option<&[&str]>) -> usize {
    words.unwrap_or_default().iter().map(|word| word.trim().len()).sum()
}

/// The passages of a body that some reader sees.
fn passages<'a>(facts: &'a Facts, body: Option<&Body>) -> Vec<&'a Passage> {
    let Some(source) = body.map(source) else { return Vec::new() };
    let is_meant =
        |passage: &&Passage| passage.region == Region::Body && !passage.text.trim().is_empty() && Arc::ptr_eq(passage.source(), source);
    facts.passages.iter().filter(is_meant).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let same = |text: &str| Piece::Same(text.to_owned());
        let (gone, new) = (|text: &str| Piece::Gone(text.to_owned()), |text: &str| Piece::New(text.to_owned()));
        assert_eq!(pieces("Take 15 % off", "Take 20 % off"), [same("Take "), gone("15"), new("20"), same(" % off")]);
        assert_eq!(pieces("a b", "a"), [same("a"), gone(" b")]);
    }
}
