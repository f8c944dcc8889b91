//! A passage that was left from another language.

use crate::facts::{Passage, Region};
use crate::finding::{Finding, Severity};
use crate::offers::Language;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "foreign-passage",
    severity: Severity::Note,
    summary: "One passage is in another language than all the others",
    repair: Repair::Nothing,
    page: include_str!("foreign_passage.md"),
    check: Check::Draft(check),
};

/// Fewest passages in the language of the mail that make one in another a stranger.
const FEWEST: usize = 3;

/// Shortest passage whose language counts, in bytes.
const SHORTEST: usize = 50;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let passages =
        context.facts.copy().filter(|passage| !passage.hidden && passage.text.len() >= SHORTEST && passage.region != Region::Alt);
    let known: Vec<(&Passage, Language)> = passages.filter_map(|passage| Some((passage, passage.language()?))).collect();
    let count = |language: Language| known.iter().filter(|(_, other)| *other == language).count();
    let Some(main) = Language::ALL.into_iter().max_by_key(|language| count(*language)) else { return Vec::new() };
    let others: Vec<_> = known.iter().filter(|(_, language)| *language != main).collect();
    let [(passage, language)] = others.as_slice() else { return Vec::new() };
    if count(main) < FEWEST {
        return Vec::new();
    }
    let message = format!("this passage is in {language:?}, and the others are in {main:?}");
    vec![Finding::new(passage.whole(), message).help("translate it, or look whether it was left from another version")]
}
