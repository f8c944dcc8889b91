//! Filler text.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "lorem-ipsum",
    severity: Severity::Block,
    summary: "Filler text was left in",
    repair: Repair::Nothing,
    page: include_str!("lorem_ipsum.md"),
    check: Check::Draft(check),
};

/// Runs of words that only filler has.
static FILLER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:lorem\s+ipsum|ipsum\s+dolor|dolor\s+sit\s+amet|consectetur\s+adipi|sed\s+do\s+eiusmod|cupidatat\s+non\s+proident|excepteur\s+sint|nullam\s+quis\s+risus|vestibulum\s+id\s+ligula|maecenas\s+sed\s+diam)").ok()
});

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(filler) = &*FILLER else { return Vec::new() };
    let mut findings = Vec::new();
    for passage in context.facts.copy() {
        if let Some(found) = filler.find(&passage.text).filter(|found| !passage.is_sample(&found.range())) {
            let finding = Finding::new(passage.span(found.range()), "filler text was left in")
                .help("write the text that belongs here, or remove the block");
            findings.push(finding);
        }
    }
    findings
}
