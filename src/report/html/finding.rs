//! One finding on the page: the words, the place, whom it hits, what to do now, and what can still be done afterwards.

use super::{clean, draft};
use crate::check::Reported;
use crate::finding::{Severity, grouped, people};
use crate::links::masked_words;
use maud::{Markup, html};

/// How many of the words are quoted, in characters.
const LONGEST_QUOTE: usize = 200;
/// How many other places are listed.
const MOST_PLACES: usize = 20;

/// The finding as an item of a list, with the number of its pin if it has one.
pub(super) fn item(reported: &Reported, everybody: Option<u64>, id: &str, pin: Option<usize>, here: &str) -> Markup {
    let finding = &reported.finding;
    let (class, word) = match reported.severity {
        Severity::Block => ("block", "✖ Do not send"),
        Severity::Warn => ("warn", "▲ Fix"),
        Severity::Note => ("note", "● Look"),
    };
    let words: String = clean(&masked_words(finding.span.text())).chars().take(LONGEST_QUOTE).collect();
    let who = match (finding.reach, everybody) {
        (Some(reach), _) => Some(format!("{} of {}", grouped(reach.people), people(reach.of))),
        (None, Some(number)) => Some(format!("everybody: {}", people(number))),
        (None, None) => None,
    };
    html! {
        li.finding.(class) id=(id) tabindex="-1" {
            h4 {
                @if let Some(number) = pin { span.pin { (number) } " " }
                span.word { (word) } " " (clean(&finding.message))
            }
            dl {
                @if !words.trim().is_empty() { dt { "Words" } dd { q { (words) } } }
                dt { "Place" } dd { (draft::place(&finding.span, here)) }
                @for (span, note) in finding.related.iter().take(MOST_PLACES) { dt { "See" } dd { (draft::place(span, here)) ": " (clean(note)) } }
                @if finding.related.len() > MOST_PLACES { dt { "See" } dd { "and " (finding.related.len() - MOST_PLACES) " more places" } }
                @if let Some(who) = who { dt { "Hits" } dd { (who) } }
                @if !finding.people.is_empty() { dt { "Such as" } dd { (clean(&finding.people.join(", "))) } }
                @if let Some(help) = &finding.help { dt { "Do now" } dd { (clean(help)) } }
                dt { "Once sent" } dd { (reported.rule.repair.sentence()) }
                dt { "Rule" } dd { code { (reported.rule.name) } ": " (reported.rule.summary) }
            }
        }
    }
}
