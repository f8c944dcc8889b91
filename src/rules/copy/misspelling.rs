//! Misspellings that are no words.

use super::words::language;
use crate::finding::{Finding, Severity};
use crate::offers::Language;
use crate::rule::{Check, Context, Repair, Rule};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "misspelling",
    severity: Severity::Warn,
    summary: "A word is misspelt in a way that is no other word: \"recieve\", \"Rückgabe recht\"",
    repair: Repair::Nothing,
    page: include_str!("misspelling.md"),
    check: Check::Draft(check),
};

/// `language wrong right`, one a line; collected for presend.
const LIST: &str = include_str!("misspellings.txt");

/// What is wrong and what is right in one language.
#[derive(Default)]
struct Slips {
    right: FxHashMap<&'static str, &'static str>,
    /// For every two letters, of which lengths the wrong words are that begin with them, each length as a bit.
    lengths: Vec<u32>,
}

impl Slips {
    fn add(&mut self, wrong: &'static str, right: &'static str) {
        self.right.insert(wrong, right);
        self.lengths.resize(1 << 10, 0);
        if let Some(lengths) = beginning(wrong).and_then(|at| self.lengths.get_mut(at)) {
            *lengths |= length(wrong);
        }
    }

    /// Whether a word may be a wrong one; nearly none may.
    fn may_hold(&self, word: &str) -> bool {
        let lengths = beginning(word).and_then(|at| self.lengths.get(at));
        lengths.is_some_and(|lengths| lengths & length(word) != 0) || !word.is_ascii()
    }
}

/// The first two letters as a number, the same for capitals and small letters.
fn beginning(word: &str) -> Option<usize> {
    let &[first, second] = word.as_bytes().first_chunk()?;
    Some(usize::from(first & 31) << 5 | usize::from(second & 31))
}

fn length(word: &str) -> u32 {
    1 << word.len().min(31)
}

static SLIPS: LazyLock<FxHashMap<&'static str, Slips>> = LazyLock::new(|| {
    let mut all: FxHashMap<&str, Slips> = FxHashMap::default();
    for line in LIST.lines() {
        let mut columns = line.splitn(3, ' ');
        if let (Some(language), Some(wrong), Some(right)) = (columns.next(), columns.next(), columns.next()) {
            all.entry(language).or_default().add(wrong, right);
        }
    }
    all
});

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in context.facts.copy() {
        let spoken = language(context, passage);
        let Some(slips) = SLIPS.get(spoken.tag()) else { continue };
        for word in passage.words().filter(|word| slips.may_hold(word.text)) {
            let plain = word.text.bytes().all(|b| b.is_ascii_lowercase());
            let lower = if plain { Cow::Borrowed(word.text) } else { Cow::Owned(word.text.to_lowercase().replace('’', "'")) };
            // Capitals go without accents in several languages.
            let shouted = spoken != Language::English && !word.text.chars().any(char::is_lowercase);
            if let Some(right) = slips.right.get(lower.as_ref()).filter(|_| !shouted).filter(|_| !passage.is_sample(&word.range)) {
                let message = format!("\"{}\" is misspelt", word.text);
                findings.push(Finding::new(passage.span(word.range), message).help(format!("write \"{right}\"")));
            }
        }
    }
    findings
}

/// Whether the list holds a word, in lower case.
pub(super) fn is_listed(language: Language, word: &str) -> bool {
    SLIPS.get(language.tag()).is_some_and(|slips| slips.right.contains_key(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        let mut seen = std::collections::BTreeSet::new();
        for line in LIST.lines() {
            let columns: Vec<&str> = line.splitn(3, ' ').collect();
            assert!(columns.len() == 3 && columns[1] != columns[2] && columns[1] == columns[1].to_lowercase(), "{line}");
            assert!(seen.insert((columns[0], columns[1])), "{line} is there twice");
        }
        for tag in ["en", "de", "fr", "es", "it", "nl", "pt", "pl"] {
            assert!(SLIPS.get(tag).is_some_and(|slips| slips.right.len() >= 10), "{tag}");
        }
    }
}
