//! Filler text.

use super::marks::signed;
use super::signs::seen;
use crate::facts::Passage;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "lorem-ipsum",
    severity: Severity::Block,
    summary: "Filler text was left in",
    repair: Repair::Nothing,
    page: include_str!("lorem_ipsum.md"),
    check: Check::Draft(check),
};

/// Runs of words that only filler has. White space is folded in passages.
const FILLER: [&str; 11] = [
    "lorem ipsum",
    "ipsum dolor",
    "dolor sit amet",
    "consectetur adipi",
    "sed do eiusmod",
    "cupidatat non proident",
    "excepteur sint",
    "nullam quis risus",
    "vestibulum id ligula",
    "maecenas sed diam",
    "blindtext",
];

pub(super) fn signs() -> Vec<&'static str> {
    FILLER.to_vec()
}

/// Latin that filler has beside its first two words.
const MORE: [&str; 8] = ["dolor", "amet", "consectet", "adipisc", "eiusmod", "vestibulum", "nulla", "elit"];

/// Whether a sentence in a living language, or the title of what a link leads to, speaks of filler: "the popular Lorem Ipsum plugin".
fn is_mention(context: &Context<'_>, passage: &Passage, lower: &str) -> bool {
    let Some(at) = lower.find(FILLER[0]) else { return false };
    let is_title = || context.facts.is_in_title(&passage.span(at..at + FILLER[0].len()));
    (passage.language().is_some() || is_title() && !lower.contains(" here")) && !MORE.iter().any(|word| lower.contains(word))
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in signed(context).filter(|passage| seen(passage).iter().any(|sign| FILLER.contains(sign))) {
        let lower = passage.text.to_ascii_lowercase();
        let places = FILLER.iter().filter_map(|words| lower.find(words).map(|at| at..at + words.len()));
        let first = places.min_by_key(|range| range.start);
        if let Some(range) = first.filter(|range| !passage.is_sample(range) && !is_mention(context, passage, &lower)) {
            let finding = Finding::new(passage.span(range), "filler text was left in");
            findings.push(finding.help("write the text that belongs here, or remove the block"));
        }
    }
    findings
}
