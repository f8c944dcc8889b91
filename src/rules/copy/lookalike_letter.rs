//! Letters of two alphabets in one word.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "lookalike-letter",
    severity: Severity::Warn,
    summary: "A word has letters of another alphabet that look like Latin ones",
    repair: Repair::Nothing,
    page: include_str!("lookalike_letter.md"),
    check: Check::Draft(check),
};

/// Cyrillic and Greek letters that look like Latin ones.
const ALIKE: &str = "асеорхуіјѕԁһАВЕКМНОРСТХУІЈЅοαρνκιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in context.facts.copy().filter(|passage| !passage.characters().is_ascii()) {
        for word in passage.words().filter(|word| !word.text.is_ascii()) {
            let latin = word.text.chars().filter(char::is_ascii_alphabetic).count();
            let alike = word.text.chars().filter(|c| ALIKE.contains(*c)).count();
            let others = word.text.chars().any(|c| !c.is_ascii_alphabetic() && !ALIKE.contains(c) && matches!(c, '\u{370}'..='\u{52f}'));
            if latin >= 2 && alike >= 1 && !others {
                let message = format!("\"{}\" has letters of another alphabet that look like Latin ones", word.text);
                findings.push(Finding::new(passage.span(word.range), message).help("type the word anew"));
            }
        }
    }
    findings
}
