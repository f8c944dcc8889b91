//! A telephone number that is one digit away from the sender's own.

use super::phone::{digits, is_same, numbers};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::source::Span;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "mistyped-phone",
    severity: Severity::Block,
    summary: "A telephone number is one digit away from the number in the brief",
    repair: Repair::Nothing,
    page: include_str!("mistyped_phone.md"),
    check: Check::Draft(check),
};

/// Fewest digits of a number of which a neighbour is taken for a slip.
const SHORTEST: usize = 7;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let own = &context.settings.phones;
    if own.is_empty() {
        return Vec::new();
    }
    let written = context.facts.copy().flat_map(|passage| {
        let found = numbers(&passage.text).into_iter();
        found.filter_map(|range| Some((passage.span(range.clone()), passage.text.get(range)?.to_owned())))
    });
    let dialled = context.facts.links.iter().filter_map(|link| Some((link.span.clone(), link.href.strip_prefix("tel:")?.to_owned())));
    let mut findings: Vec<(String, Finding)> = Vec::new();
    for (span, number) in written.chain(dialled) {
        let Some(meant) = meant(&number, own) else { continue };
        match findings.iter_mut().find(|(known, _)| is_same(known, &number)) {
            Some((_, finding)) => finding.related.push((span, String::from("the same number again"))),
            None => findings.push((number.clone(), finding(span, &number, meant))),
        }
    }
    findings.into_iter().map(|(_, finding)| finding).collect()
}

fn finding(span: Span, number: &str, meant: &str) -> Finding {
    Finding::new(span, format!("{} is not your number {meant}", number.trim()))
        .help(format!("write {meant}; if this number is yours too, name it in `phones`"))
}

/// The own number that a number was meant to be, if it is one slip away from it and is none of them.
fn meant<'a>(number: &str, own: &'a [String]) -> Option<&'a str> {
    if own.iter().any(|own| is_same(own, number)) {
        return None;
    }
    let bare = |number: &str| digits(number).trim_start_matches('0').to_owned();
    let written = bare(number);
    let near = own.iter().find(|own| {
        let own = bare(own);
        // Both may lack the country's code, so their ends are compared.
        let ends = [own.len(), own.len().saturating_sub(1), own.len().saturating_sub(2), own.len().saturating_sub(3)];
        let mut tails = ends.iter().filter_map(|length| own.get(own.len() - length..));
        written.len() >= SHORTEST && tails.any(|tail| tail.len() >= SHORTEST && strsim::damerau_levenshtein(tail, &written) == 1)
    })?;
    Some(near.as_str())
}
