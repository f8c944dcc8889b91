//! Character references that are shown as they are written.

use crate::facts::{Characters, Passage};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "entity-shown",
    severity: Severity::Warn,
    summary: "Readers see a code in place of a sign: \"&nbsp;\", \"&amp;\"",
    repair: Repair::Nothing,
    page: include_str!("entity_shown.md"),
    check: Check::Draft(check),
};

static SHOWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)&(?:amp;)?(?:nbsp|amp|quot|lt|gt|apos|[lr]squo|[lr]dquo|bdquo|[mn]dash|hellip|copy|reg|trade|euro|pound|bull|middot|zwnj|shy|[aeiou](?:acute|grave|circ|uml)|szlig|ntilde|ccedil|#\d{2,5}|#x[0-9a-f]{2,5});").ok()
});

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let has = |passage: &Passage, sign: u8| passage.characters().has(Characters::any(&[sign]));
    for passage in context.facts.copy().filter(|passage| has(passage, b'&') && has(passage, b';')) {
        for found in SHOWN.iter().flat_map(|shown| shown.find_iter(&passage.text)) {
            let before = passage.text.get(..found.start()).unwrap_or_default();
            let is_address =
                before.split_whitespace().next_back().is_some_and(|word| !before.ends_with(char::is_whitespace) && word.contains("://"));
            if !is_address && !passage.is_sample(&found.range()) {
                let message = format!("readers see \"{}\"", found.as_str());
                findings.push(Finding::new(passage.span(found.range()), message).help("write the sign itself"));
                break;
            }
        }
    }
    findings
}
