//! Patterns of what was left in, each with the words without which it does not match.

use regex::Regex;
use std::ops::Range;
use std::sync::OnceLock;

/// One pattern. It is compiled where one of its signs was met, which is seldom: compiling costs more than most drafts.
pub(super) struct Mark {
    /// In lower case; every match has one of them.
    signs: &'static [&'static str],
    pattern: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Mark {
    pub(super) const fn new(signs: &'static [&'static str], pattern: &'static str) -> Self {
        Self { signs, pattern, compiled: OnceLock::new() }
    }

    fn compiled(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(self.pattern).ok()).as_ref()
    }

    /// Where it stands in a text.
    fn find(&self, text: &str, lower: &str) -> Option<Range<usize>> {
        self.signs
            .iter()
            .any(|sign| lower.contains(sign))
            .then(|| self.compiled())?
            .and_then(|pattern| pattern.find(text))
            .map(|found| found.range())
    }
}

/// The first of some marks in a text.
pub(super) fn find(marks: &[Mark], text: &str) -> Option<Range<usize>> {
    let lower = text.to_lowercase();
    marks.iter().filter_map(|mark| mark.find(text, &lower)).min_by_key(|range| range.start)
}

/// Whether all patterns can be compiled, and all signs are in lower case.
#[cfg(test)]
pub(super) fn are_sound(marks: &[Mark]) -> bool {
    marks
        .iter()
        .all(|mark| mark.compiled().is_some() && !mark.signs.is_empty() && mark.signs.iter().all(|sign| *sign == sign.to_lowercase()))
}
