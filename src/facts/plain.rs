//! Facts of a plain-text body: paragraphs and addresses.

use super::collector::Collector;
use super::{Facts, Link, LinkKind};
use crate::source::Span;
use linkify::{LinkFinder, LinkKind as Found};
use std::ops::Range;

/// Notices paragraphs and addresses of a plain text.
pub(super) fn notice(body: &Span, facts: &mut Facts) {
    let mut collector = Collector::new(&body.source);
    let mut at = body.start;
    for line in body.text().split_inclusive('\n') {
        let content = line.trim_end();
        if content.is_empty() {
            collector.flush();
        }
        collector.add(content, |offset| at + offset);
        collector.line_break(at + content.len());
        at += line.len();
    }
    facts.passages.append(&mut collector.finish());
    facts.links.extend(addresses(body));
}

/// Web addresses written out in a text, as links.
pub(super) fn addresses(span: &Span) -> Vec<Link> {
    found(span.text()).map(|range| Link::bare(LinkKind::Text, &span.slice(range))).collect()
}

/// Where web addresses are written out in a text.
pub(super) fn found(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[Found::Url]).url_must_have_scheme(true);
    let ranges = finder.links(text).filter(|link| link.as_str().starts_with("http")).map(|link| link.start()..link.end());
    // `http://http://shop.example`: the second address is part of the first.
    let whole = |range: Range<usize>| {
        let head = text.get(range.clone()).unwrap_or_default();
        let scheme = ["//https", "//http"]
            .iter()
            .find(|end| head.ends_with(*end) && text.get(range.end..).is_some_and(|rest| rest.starts_with("://")));
        let Some(second) = scheme.map(|scheme| range.end + 2 - scheme.len()) else { return range };
        let end = text.get(second..).and_then(|rest| finder.links(rest).next()).map_or(range.end, |link| second + link.end());
        range.start..end
    };
    let ranges: Vec<Range<usize>> = ranges.map(whole).collect();
    ranges.into_iter()
}
