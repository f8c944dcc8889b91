//! Patterns of what was left in, each with the words without which it does not match.

use super::signs::seen;
use super::words::shown;
use crate::facts::Passage;
use crate::finding::Finding;
use crate::rule::Context;
use regex::Regex;
use std::ops::Range;
use std::sync::OnceLock;

/// The passages of the copy in which any sign was seen.
pub(super) fn signed<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Passage> {
    context.facts.marked_copy(|passage| !seen(passage).is_empty())
}

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
}

/// Whether brackets are a part of a link whose address stands elsewhere, `[waiting for it][thread 7]`, or of code, `#[link]`.
fn is_reference(text: &str, range: &Range<usize>) -> bool {
    let (before, said, behind) = (text.get(..range.start), text.get(range.clone()), text.get(range.end..));
    let is_bracket = said.is_some_and(|said| said.starts_with('[') && said.ends_with(']'));
    is_bracket && (behind.is_some_and(|behind| behind.starts_with(['[', ':'])) || before.is_some_and(|before| before.ends_with([']', '#'])))
}

/// All patterns of a rule.
pub(super) struct Marks<const N: usize> {
    marks: [Mark; N],
}

impl<const N: usize> Marks<N> {
    pub(super) const fn new(marks: [Mark; N]) -> Self {
        Self { marks }
    }

    /// Of which every match has one, in lower case.
    pub(super) fn signs(&self) -> Vec<&'static str> {
        self.marks.iter().flat_map(|mark| mark.signs).copied().collect()
    }

    /// The first mark in a passage.
    fn find(&self, passage: &Passage) -> Option<Range<usize>> {
        let seen = seen(passage);
        let met = self.marks.iter().filter(|mark| mark.signs.iter().any(|sign| seen.contains(sign)));
        met.filter_map(|mark| Some(mark.compiled()?.find(&passage.text)?.range())).min_by_key(|range| range.start)
    }

    /// A finding for each passage with a mark, but in code samples; `says` goes with what was found.
    pub(super) fn findings(&self, context: &Context<'_>, says: impl Fn(&str) -> String, help: &str) -> Vec<Finding> {
        let found = signed(context).filter_map(|passage| {
            let range = self.find(passage).filter(|range| !passage.is_sample(range) && !is_reference(&passage.text, range))?;
            let said = shown(passage.text.get(range.clone())?);
            Some(Finding::new(passage.span(range), says(&said)).help(help))
        });
        found.collect()
    }

    /// Whether all patterns can be compiled, and all signs are in lower case.
    #[cfg(test)]
    pub(super) fn are_sound(&self) -> bool {
        let lower = self.signs().iter().all(|sign| *sign == sign.to_lowercase());
        lower
            && self.signs().into_iter().all(super::signs::is_looked_for)
            && self.marks.iter().all(|mark| mark.compiled().is_some() && !mark.signs.is_empty())
    }
}
