//! Last year's number beside a season or a sale.

use super::is_story;
use crate::facts::{Passage, Region};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::rules::offers::scope::has_word;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "outdated-year",
    severity: Severity::Warn,
    summary: "A season or event in the headlines carries last year's number",
    repair: Repair::Nothing,
    page: include_str!("outdated_year.md"),
    check: Check::Draft(check),
};

const OCCASIONS: [&str; 30] = [
    "black friday",
    "cyber monday",
    "christmas",
    "xmas",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "easter",
    "halloween",
    "valentine",
    "valentine's",
    "mother's day",
    "father's day",
    "thanksgiving",
    "sale",
    "collection",
    "weihnachten",
    "sommer",
    "frühling",
    "frühjahr",
    "herbst",
    "ostern",
    "noël",
    "soldes",
    "navidad",
    "natale",
    "verano",
    "estate",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    // In January and February last winter, last Christmas and their sales are still around.
    if context.send_at.month() <= 2 {
        return Vec::new();
    }
    let last = (context.send_at.year() - 1).to_string();
    let this = context.send_at.year().to_string();
    let is_headline = |passage: &&Passage| passage.heading || matches!(passage.region, Region::Subject | Region::Preheader | Region::Alt);
    let mut findings = Vec::new();
    for passage in context.facts.passages.iter().filter(is_headline) {
        let text = passage.text.as_str();
        let Some(at) = text.find(&last).filter(|_| !text.contains(&this)) else { continue };
        if is_named(text, at, &last) && !is_story(text) && !looks_back(text) {
            let message = format!("\"{}\" is last year's: the mail goes out in {this}", text.trim().chars().take(60).collect::<String>());
            findings.push(Finding::new(passage.span(at..at + last.len()), message).help("correct the year, if this year is meant"));
        }
    }
    findings
}

/// Whether the year stands right behind or before the name of an occasion, and is no part of a longer number or a range.
fn is_named(text: &str, at: usize, year: &str) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at + year.len()..).unwrap_or_default();
    let parts = |c: char| c.is_alphanumeric() || "-–/.".contains(c);
    if before.ends_with(parts) || after.starts_with(|c: char| c.is_alphanumeric() || "-–/".contains(c)) {
        return false;
    }
    let close = |words: Vec<&str>| has_word(&words.join(" "), &OCCASIONS);
    close(before.split_whitespace().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect())
        || close(after.split_whitespace().take(2).collect())
}

fn looks_back(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "recap",
        "review",
        "since",
        "look back",
        "looking back",
        "last year",
        "best of",
        "results",
        "report",
        "survey",
        "archive",
        "highlights",
        "winners",
        "rückblick",
        "seit",
        "bilan",
    ];
    has_word(text, &WORDS)
}
