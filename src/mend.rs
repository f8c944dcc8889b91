//! Repairs that are safe: what is found and has one right writing is put right in the file, byte for byte, or not at all.

use crate::check::Reported;
use crate::facts::MergeTag;
use crate::message::{Body, Message};
use crate::rule::Context;
use crate::source::Span;
use crate::tags::{Fault, Form, Place};
use std::collections::BTreeSet;
use std::ops::Range;

/// A repair of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mending {
    /// What is replaced, in the text that a reader sees.
    pub span: Span,
    /// What takes its place.
    pub with: String,
    /// The rule that found it.
    pub rule: &'static str,
}

/// A change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Bytes of the file.
    pub range: Range<usize>,
    /// What takes their place.
    pub with: String,
}

/// The repairs of findings that have one right writing, in the order of the draft.
pub fn mendings(context: &Context<'_>, findings: &[Reported]) -> Vec<Mending> {
    let mut mendings = Vec::new();
    let mut seen = BTreeSet::new();
    for reported in findings {
        let others = reported.finding.related.iter().map(|(span, _)| span);
        for span in [&reported.finding.span].into_iter().chain(others) {
            let part = span.source.part().unwrap_or_default().to_owned();
            if seen.insert((reported.rule.name, part, span.start, span.end)) {
                mendings.extend(of_place(context, reported.rule.name, span));
            }
        }
    }
    mendings.sort_by_key(|mending| (mending.span.in_file().start, mending.span.start));
    mendings
}

fn of_place(context: &Context<'_>, rule: &'static str, span: &Span) -> Vec<Mending> {
    let whole = |with: String| vec![Mending { span: span.clone(), with, rule }];
    match rule {
        "broken-tag" => {
            let tag = context.facts.tags.tags.iter().find(|tag| tag.span == *span);
            tag.and_then(|tag| tag_mended(context, tag)).filter(|with| with != span.text()).map_or_else(Vec::new, whole)
        }
        "untidy-link" => doubly_encoded(span, rule),
        _ => Vec::new(),
    }
}

/// A broken tag as it should be written, where there is one way.
fn tag_mended(context: &Context<'_>, tag: &MergeTag) -> Option<String> {
    let text = tag.span.text();
    match &tag.reading.fault {
        Some(Fault::SmartQuotes) => Some(straight(text, tag.tag.place)),
        Some(Fault::WrongCase(Some(right)) | Fault::Misnamed(right)) => renamed(text, tag, right),
        None => renamed(text, tag, &context.facts.tags.decision.as_ref()?.nearest_tag(&tag.tag)?),
        Some(_) => None,
    }
}

/// The tag with another name in it, if its own stands in it once.
fn renamed(text: &str, tag: &MergeTag, right: &str) -> Option<String> {
    let whole = Form::of_written(right).map(|(_, name)| name.to_owned());
    let names = [Some(tag.tag.inside.as_str()).filter(|_| whole.is_some()), tag.tag.field.as_deref(), Some(tag.tag.inside.as_str())];
    let name = names.into_iter().flatten().find(|name| !name.is_empty() && text.matches(name).count() == 1)?;
    Some(text.replacen(name, whole.as_deref().unwrap_or(right), 1))
}

/// Straight quotation marks for curly ones; in an attribute those that do not end it.
fn straight(text: &str, place: Place) -> String {
    let double = if place == Place::Attribute { '\'' } else { '"' };
    let mend = |c: char| match c {
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => double,
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' => '\'',
        c => c,
    };
    text.chars().map(mend).collect()
}

/// Every `&amp;amp;` of a place in HTML.
fn doubly_encoded(span: &Span, rule: &'static str) -> Vec<Mending> {
    let found = span.text().match_indices("&amp;amp;").map(|(at, wrong)| span.slice(at..at + wrong.len()));
    found.map(|span| Mending { span, with: String::from("&amp;"), rule }).collect()
}

/// What a repair changes in the file; nothing if the file holds the place in another form than it is read in, as in
/// quoted-printable or base64, so that it cannot be replaced byte for byte.
pub fn in_file(mending: &Mending, bytes: &[u8]) -> Option<Change> {
    let place = mending.span.in_file();
    let is_same = bytes.get(place.range()).is_some_and(|raw| raw == mending.span.text().as_bytes());
    is_same.then(|| Change { range: place.range(), with: mending.with.clone() })
}

/// The file with its changes; nothing if two of them overlap.
pub fn changed(bytes: &[u8], changes: &[Change]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for change in changes {
        out.extend_from_slice(bytes.get(at..change.range.start)?);
        out.extend_from_slice(change.with.as_bytes());
        at = change.range.end;
    }
    out.extend_from_slice(bytes.get(at..)?);
    Some(out)
}

/// Whether a draft, read anew, is the old one with these repairs and nothing else.
pub fn is_as_meant(old: &Message, new: &Message, mendings: &[Mending]) -> bool {
    let (old_texts, new_texts) = (texts(old), texts(new));
    let fits = |(old, new): (&Span, &Span)| {
        let own = mendings.iter().filter(|mending| std::sync::Arc::ptr_eq(&mending.span.source, &old.source));
        let changes: Vec<Change> = own
            .filter(|mending| mending.span.start >= old.start && mending.span.end <= old.end)
            .map(|mending| Change { range: mending.span.start - old.start..mending.span.end - old.start, with: mending.with.clone() })
            .collect();
        changed(old.text().as_bytes(), &changes).as_deref() == Some(new.text().as_bytes())
    };
    old_texts.len() == new_texts.len() && old_texts.iter().zip(&new_texts).all(fits)
}

/// Every text of a draft: headers, then bodies.
fn texts(message: &Message) -> Vec<Span> {
    let bodies = message.bodies.iter().map(|body| match body {
        Body::Html(html) => html.source().whole(),
        Body::Text(text) | Body::Markdown(text) => text.clone(),
    });
    message.headers.iter().map(|header| header.value.clone()).chain(bodies).collect()
}
