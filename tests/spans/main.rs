//! Every fact of every draft at hand leads to its own text: in what was decoded, and in the file that a person opens.
//! Damaged drafts never end in a panic.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

mod damage;
mod drafts;
mod file;
mod words;

use drafts::{Draft, drafts};
use presend::facts::{Facts, Passage, Region};
use presend::message::{Kind, Message};
use presend::source::Span;
use words::{plain, same_words};

/// Every span of every fact, with the text that must be found at its beginning.
fn spans(facts: &Facts) -> Vec<(&'static str, Span)> {
    let mut spans: Vec<(&'static str, Span)> = Vec::new();
    spans.extend(facts.passages.iter().map(|passage| ("passage", passage.whole())));
    spans.extend(facts.links.iter().flat_map(|link| [("link", link.span.clone()), ("link's tag", link.tag.clone())]));
    spans.extend(facts.images.iter().flat_map(|image| [("image", image.span.clone()), ("image's tag", image.tag.clone())]));
    spans.extend(facts.greetings.iter().flat_map(|greeting| [("greeting", greeting.span.clone()), ("name", greeting.name_span.clone())]));
    spans.extend(facts.codes.iter().map(|code| ("code", code.span.clone())));
    spans.extend(facts.tags.tags.iter().map(|tag| ("merge tag", tag.span.clone())));
    spans.extend(facts.tags.blocks.iter().map(|block| ("block", block.span.clone())));
    spans
}

fn check_passage(draft: &Draft, kind: Kind, passage: &Passage) {
    let whole = passage.whole();
    let slice = whole.text();
    // Markdown's marks cannot be told from text without its beginning, and HTML moves text that stands between the rows
    // of a table, such as a loop's tags, in front of it; there the words are looked at one by one.
    if kind != Kind::Markdown && !passage.text.starts_with("{%") {
        assert!(same_words(slice, &passage.text), "{}: {:?} is not {:?}", draft.name, slice, passage.text);
    }
    let mut at = 0;
    for word in passage.text.split_whitespace() {
        let start = at + passage.text[at..].find(word).expect("the word");
        at = start + word.len();
        let slice = passage.span(start..at);
        assert!(same_words(slice.text(), word), "{}: {:?} is not {word:?} of {:?}", draft.name, slice.text(), passage.text);
        assert!(
            !slice.text().ends_with('>') || word.ends_with('>'),
            "{}: {:?} covers the markup behind {word:?}",
            draft.name,
            slice.text()
        );
    }
}

fn check_facts(draft: &Draft, kind: Kind, facts: &Facts) {
    for passage in &facts.passages {
        check_passage(draft, kind, passage);
    }
    for link in &facts.links {
        assert_eq!(plain(link.span.text()).trim(), link.href, "{}: a link", draft.name);
        assert!(link.tag.text().contains(link.span.text()), "{}: {:?} is not in its tag {:?}", draft.name, link.span, link.tag);
    }
    for image in &facts.images {
        let source = image.source.as_deref().unwrap_or_default();
        assert!(image.source.is_none() || plain(image.span.text()).trim() == source, "{}: {:?} is not {source:?}", draft.name, image.span);
    }
    for greeting in &facts.greetings {
        assert!(
            same_words(greeting.name_span.text(), &greeting.name),
            "{}: {:?} is not {:?}",
            draft.name,
            greeting.name_span,
            greeting.name
        );
        assert!(
            plain(greeting.span.text()).contains(greeting.name.split(' ').next().unwrap_or_default()),
            "{}: {:?}",
            draft.name,
            greeting.span
        );
    }
    for code in &facts.codes {
        assert_eq!(plain(code.span.text()), code.text, "{}: a code", draft.name);
    }
    for tag in &facts.tags.tags {
        let field = tag.tag.field.as_deref().unwrap_or_default();
        let last = field.rsplit(['.', ' ']).next().unwrap_or_default();
        assert!(!tag.span.text().trim().is_empty(), "{}: an empty merge tag", draft.name);
        assert!(plain(tag.span.text()).contains(last), "{}: {last:?} is not in {:?}", draft.name, tag.span);
    }
}

#[test]
fn every_fact_is_what_its_span_says() {
    let drafts = drafts();
    assert!(drafts.len() > 90, "only {} drafts", drafts.len());
    let mut seen = [0_usize; 4];
    for draft in &drafts {
        let (message, facts) = draft.parse();
        check_facts(draft, message.kind, &facts);
        seen[0] += facts.passages.iter().filter(|passage| passage.region != Region::Alt).count();
        seen[1] += facts.links.len();
        seen[2] += facts.tags.tags.len();
        seen[3] += facts.codes.len();
    }
    assert!(seen.iter().all(|count| *count >= 10), "hardly any facts were looked at: {seen:?}");
}

#[test]
fn every_place_leads_to_its_text_in_the_file() {
    for draft in drafts().iter().flat_map(Draft::with_both_line_ends) {
        let (message, facts) = draft.parse();
        for (what, span) in spans(&facts) {
            file::assert_leads_to(&draft, &message, what, &span);
        }
    }
}

#[test]
fn headers_lead_to_their_text_in_the_file() {
    for draft in drafts().iter().flat_map(Draft::with_both_line_ends) {
        let message = Message::parse(&draft.name, draft.bytes.clone()).expect("a draft");
        for header in &message.headers {
            file::assert_leads_to(&draft, &message, &header.name, &header.value);
        }
    }
}
