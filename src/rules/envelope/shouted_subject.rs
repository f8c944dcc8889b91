//! A subject line that shouts.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "shouted-subject",
    severity: Severity::Warn,
    summary: "The subject line is in capitals or full of exclamation marks",
    repair: Repair::Nothing,
    page: include_str!("shouted_subject.md"),
    check: Check::Draft(check),
};

/// Fewest letters of a subject line that is in capitals as a whole; fewer may be names.
const FEWEST_LETTERS: usize = 12;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(subject) = context.message.subject() else { return Vec::new() };
    if context.facts.tags.tags.iter().any(|tag| tag.header == Some("Subject")) {
        return Vec::new();
    }
    let text = subject.text();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let words = text.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 2).count();
    let marks = text.matches(['!', '¡', '！']).count();
    let message = if letters >= FEWEST_LETTERS && words >= 3 && capitals == letters {
        "the subject line is in capitals from beginning to end"
    } else if marks >= 3 {
        "the subject line has three exclamation marks or more"
    } else {
        return Vec::new();
    };
    vec![Finding::new(subject.clone(), message).help("write it as you would say it")]
}
