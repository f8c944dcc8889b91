//! One finding on the page: the words, the place, whom it hits, what to do now, and what can still be done afterwards.

use super::{clean, draft};
use crate::check::Reported;
use crate::finding::{Severity, people};
use crate::links::masked_words;
use maud::{Markup, html};

/// How many of the words are quoted, in characters.
const LONGEST_QUOTE: usize = 200;
/// How many other places are listed.
const MOST_PLACES: usize = 20;

/// The number of a finding, and where its pin stands in the mail as the page shows it.
pub(super) struct Numbered {
    pub(super) number: usize,
    /// An address on the page, and the name of the frame if it stands in one.
    pub(super) pin: Option<(String, Option<String>)>,
}

/// The finding as an item of a list, with its number if it has one.
pub(super) fn item(reported: &Reported, everybody: Option<u64>, id: &str, numbered: Option<&Numbered>, here: &str) -> Markup {
    let finding = &reported.finding;
    let class = class(reported.severity);
    let word = match reported.severity {
        Severity::Block => "✖ Do not send",
        Severity::Warn => "▲ Fix",
        Severity::Note => "● Look",
    };
    let words: String = clean(&masked_words(finding.span.text())).chars().take(LONGEST_QUOTE).collect();
    let who = match (finding.reach, everybody) {
        (Some(reach), _) => Some(reach.in_words()),
        (None, Some(number)) => Some(format!("everybody: {}", people(number))),
        (None, None) => None,
    };
    html! {
        li.finding.(class) id=(id) tabindex="-1" {
            h4 {
                @if let Some(numbered) = numbered { (pin(numbered)) " " }
                span.word { (word) } " " (clean(&finding.message))
            }
            @if let Some(help) = &finding.help { p.now { b { "Do now: " } (clean(help)) } }
            dl {
                @if !words.trim().is_empty() { dt { "Words" } dd { q { (words) } } }
                dt { "Place" } dd { (draft::place(&finding.span, here)) }
                @for (span, note) in finding.related.iter().take(MOST_PLACES) { dt { "See" } dd { (draft::place(span, here)) ": " (clean(note)) } }
                @if finding.related.len() > MOST_PLACES { dt { "See" } dd { "and " (finding.related.len() - MOST_PLACES) " more places" } }
                @if let Some(who) = who { dt { "Hits" } dd { (who) } }
                @if !finding.people.is_empty() { dt { "Such as" } dd { (clean(&finding.people.join(", "))) } }
                dt { "Once sent" } dd { (reported.rule.repair.sentence()) }
                dt { "Rule" } dd { code { (reported.rule.name) } ": " (reported.rule.summary) }
            }
        }
    }
}

/// The number; where the finding has a place in the mail as it is shown, it leads there.
fn pin(numbered: &Numbered) -> Markup {
    let number = numbered.number;
    html! {
        @match &numbered.pin {
            Some((href, frame)) => a.pin href=(href) target=[frame.as_ref()] aria-label=(format!("{number}, to its place in the mail")) { (number) },
            None => span.pin { (number) },
        }
    }
}

/// What a severity is called in the styles.
pub(super) fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "block",
        Severity::Warn => "warn",
        Severity::Note => "note",
    }
}
