//! Amounts and dates in every passage that some reader sees, each read in the passage's own language.

use super::passages::{Passage, Region};
use crate::message::{Body, Kind, Message};
use crate::offers::{self, DateMention, Language};
use crate::source::Span;
use std::ops::Range;

/// A percentage or a price in the copy.
#[derive(Debug, Clone)]
pub struct Amount {
    /// How much, and what the words around it say; its range counts in the passage.
    pub told: offers::Amount,
    /// The words themselves, as a reader sees them.
    pub words: String,
    /// Where it stands.
    pub span: Span,
    /// The number of its passage among the facts.
    pub passage: usize,
}

/// A date or a deadline in the copy.
#[derive(Debug, Clone)]
pub struct Date {
    /// What is named of it; its range counts in the passage.
    pub told: DateMention,
    /// The words themselves, as a reader sees them.
    pub words: String,
    /// Where it stands.
    pub span: Span,
    /// The number of its passage among the facts.
    pub passage: usize,
}

/// How many passages of a short mail are looked at for its language.
const MOST_PASSAGES: usize = 60;

/// The language of a mail as a whole: what its HTML says of itself, else what its words give away.
pub(super) fn language(message: &Message, passages: &[Passage]) -> Option<Language> {
    let in_html = message.bodies.iter().find_map(|body| match body {
        Body::Html(html) => html.language().and_then(|tag| Language::of_tag(&tag)),
        _ => None,
    });
    let in_header = || message.header("Content-Language").and_then(|tag| Language::of_tag(tag.text().trim()));
    let told = || passages.iter().find_map(Passage::language);
    // A short mail tells its language as a whole, if at all.
    let whole = || {
        let copy = passages.iter().filter(|passage| passage.region != Region::Title).take(MOST_PASSAGES);
        let text = copy.map(|passage| passage.text.as_str()).collect::<Vec<_>>().join("\n");
        Language::guess(&text).or_else(|| Language::guess_by_trade(&text))
    };
    // A mail program writes the language of its user into the header; front matter is written for the issue.
    let is_written = !matches!(message.kind, Kind::Mail | Kind::Outlook);
    in_html.or_else(|| in_header().filter(|_| is_written)).or_else(told).or_else(in_header).or_else(whole)
}

/// Notices the amounts and dates of all passages. `said` is the language that the user named; then nothing is guessed.
pub(super) fn notice(passages: &[Passage], said: Option<Language>, mail: Language) -> (Vec<Amount>, Vec<Date>) {
    let (mut amounts, mut dates) = (Vec::new(), Vec::new());
    for (number, passage) in passages.iter().enumerate().filter(|(_, passage)| passage.region != Region::Title) {
        let text = passage.text.as_str();
        let language = said.or_else(|| passage.language()).unwrap_or(mail);
        let figures = text.bytes().any(|b| b.is_ascii_digit());
        if figures {
            amounts.extend(offers::amounts(text, language).into_iter().map(|told| struck(told, passage)).map(|told| Amount {
                words: words(text, told.range.clone()),
                span: passage.span(told.range.clone()),
                told,
                passage: number,
            }));
        }
        dates.extend(offers::dates(text, language).into_iter().map(|told| Date {
            words: words(text, told.range.clone()),
            span: passage.span(told.range.clone()),
            told,
            passage: number,
        }));
    }
    (amounts, dates)
}

/// A price that is struck through is the old one, whatever the words around it say.
fn struck(told: offers::Amount, passage: &Passage) -> offers::Amount {
    let price = matches!(told.worth, offers::Worth::Money(_));
    let qualifier = if price && passage.is_struck(&told.range) { offers::Qualifier::Was } else { told.qualifier };
    offers::Amount { qualifier, ..told }
}

/// A part of a text in one line.
fn words(text: &str, range: Range<usize>) -> String {
    text.get(range).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
