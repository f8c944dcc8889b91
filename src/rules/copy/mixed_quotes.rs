//! Quotation marks of two kinds.

use crate::facts::{Characters, Region};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "mixed-quotes",
    severity: Severity::Note,
    summary: "Straight and curly quotation marks stand side by side in one mail",
    repair: Repair::Nothing,
    page: include_str!("mixed_quotes.md"),
    check: Check::Draft(check),
};

/// Fewest of each kind; a single one may be an inch or quoted text.
const FEWEST: usize = 2;

/// A straight mark, and what lies beyond ASCII as curly ones do.
const QUOTES: Characters = Characters::any(b"\"\x80");

fn check(context: &Context<'_>) -> Vec<Finding> {
    let (mut straight, mut curly) = (Vec::new(), Vec::new());
    let shown = context.facts.copy().filter(|passage| !passage.hidden && passage.region == Region::Body);
    for passage in shown.filter(|passage| passage.characters().has(QUOTES)) {
        let text = passage.text.as_str();
        for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '"' | '“' | '”' | '„')) {
            let figure = text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
            if passage.is_sample(&(at..at + 1)) || figure {
                continue;
            }
            let place = passage.span(at..at + c.len_utf8());
            if c == '"' { straight.push(place) } else { curly.push(place) }
        }
    }
    if straight.len() < FEWEST || curly.len() < FEWEST {
        return Vec::new();
    }
    let (few, many) = if straight.len() <= curly.len() { (straight, curly) } else { (curly, straight) };
    let message = format!("{} quotation marks are of one kind, straight or curly, and {} of the other", few.len(), many.len());
    let (first, other) = (few.into_iter().next(), many.into_iter().next());
    let finding = first.zip(other).map(|(first, other)| Finding::new(first, message).related(other, "of the other kind"));
    finding.into_iter().map(|finding| finding.help("use one kind; text that was pasted brings its own")).collect()
}
