//! Facts of a Markdown body, taken from the Markdown itself, so that places are those of the file.

use super::collector::Collector;
use super::{Facts, Image, ImageKind, Link, LinkKind, html};
use crate::message::html::Html;
use crate::origin::OffsetMap;
use crate::source::{Source, Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Notices passages, links and images of a Markdown text; HTML inside it is read as HTML.
pub(super) fn notice(body: &Span, facts: &mut Facts) {
    let mut walk = Walk { body, collector: Collector::new(&body.source), facts, open: Vec::new(), html: None };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(body.text(), options).into_offset_iter() {
        walk.event(event, range.start + body.start..range.end + body.start);
    }
    let passages = walk.collector.finish();
    facts.anchors.extend(passages.iter().filter(|passage| passage.heading).map(|passage| letters(&passage.text)));
    facts.passages.extend(passages);
}

/// The letters and digits of a heading or an anchor, in lower case: site generators differ only in what they put between.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

struct Walk<'a> {
    body: &'a Span,
    collector: Collector,
    facts: &'a mut Facts,
    /// Open links and images, with where their text begins.
    open: Vec<(Opened, (usize, usize))>,
    /// The HTML block that is being read.
    html: Option<Range<usize>>,
}

enum Opened {
    Link(usize),
    Image(usize),
    /// A link that is written as an HTML tag.
    Inline(usize),
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                let in_block = std::mem::replace(&mut self.collector.sample, true);
                self.text(&text, range);
                self.collector.sample = in_block;
            }
            Event::SoftBreak => self.collector.add_char(' ', range),
            Event::HardBreak => self.collector.line_break(range.start),
            Event::Html(_) => match &mut self.html {
                Some(block) => block.end = range.end,
                None => self.html = Some(range),
            },
            Event::InlineHtml(_) => self.inline_html(range),
            Event::Rule => self.collector.flush(),
            _ => {}
        }
    }

    /// Text as it stands in the source, or, where Markdown changed it (an escape, an entity), placed as a whole.
    fn text(&mut self, text: &str, range: Range<usize>) {
        let written = self.body.source.text().get(range.clone()).unwrap_or_default();
        match written.find(text) {
            Some(offset) => self.collector.add(text, |at| range.start + offset + at),
            None => self.collector.add(text, |at| if at == 0 { range.start } else { range.end }),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Link { dest_url, .. } => {
                let (href, span) = self.destination(&dest_url, &range);
                self.facts.links.push(Link::new(LinkKind::Anchor, &href, span, self.body.source.span(range)));
                self.open.push((Opened::Link(self.facts.links.len() - 1), self.collector.position()));
            }
            Tag::Image { dest_url, .. } => {
                let (source, span) = self.destination(&dest_url, &range);
                let link = self.open_link();
                let tag = self.body.source.span(range);
                self.facts.images.push(Image { link, ..Image::new(ImageKind::Picture, Some(&source), span, tag) });
                self.open.push((Opened::Image(self.facts.images.len() - 1), self.collector.position()));
            }
            Tag::Strikethrough => self.collector.strike = true,
            Tag::Emphasis | Tag::Strong => {}
            Tag::HtmlBlock => self.collector.flush(),
            _ => {
                self.collector.flush();
                self.collector.heading = matches!(tag, Tag::Heading { .. });
                self.collector.sample = matches!(tag, Tag::CodeBlock(_));
            }
        }
    }

    /// The place of a link's destination, searched from the end of its range, where Markdown puts it.
    fn destination(&self, url: &str, range: &Range<usize>) -> (String, Span) {
        let written = self.body.source.text().get(range.clone()).unwrap_or_default();
        let found = if url.is_empty() { None } else { written.rfind(url) };
        let place = found.map_or(range.clone(), |at| range.start + at..range.start + at + url.len());
        (url.trim().to_owned(), self.body.source.span(place))
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link | TagEnd::Image => {
                // Inside of a link an HTML tag may have been left open.
                while matches!(self.open.last(), Some((Opened::Inline(_), _))) {
                    self.close_last();
                }
                self.close_last();
            }
            TagEnd::Strikethrough => self.collector.strike = false,
            TagEnd::Emphasis | TagEnd::Strong => {}
            TagEnd::HtmlBlock => self.html_block(),
            _ => {
                self.collector.flush();
                self.collector.heading = false;
                self.collector.sample = false;
            }
        }
    }

    /// Ends what was opened last, and notes the text inside.
    fn close_last(&mut self) {
        let Some((opened, start)) = self.open.pop() else { return };
        let text = self.collector.since(start);
        match opened {
            Opened::Link(index) | Opened::Inline(index) => {
                if let Some(link) = self.facts.links.get_mut(index) {
                    link.text = text;
                }
            }
            Opened::Image(index) => {
                if let Some(image) = self.facts.images.get_mut(index) {
                    image.alt = Some(text);
                }
            }
        }
    }

    /// The link around what comes next.
    fn open_link(&self) -> Option<usize> {
        self.open.iter().rev().find_map(|(opened, _)| match opened {
            Opened::Link(index) | Opened::Inline(index) => Some(*index),
            Opened::Image(_) => None,
        })
    }

    fn html_block(&mut self) {
        let Some(range) = self.html.take() else { return };
        let text = self.body.source.text().get(range.clone()).unwrap_or_default();
        let map = OffsetMap::shifted(text.len(), range.start);
        html::notice(&Html::parse(Source::decoded(&self.body.source, "HTML block", text, map)), self.facts);
    }

    /// `<br>` breaks the line; the links and images of other inline tags are noticed.
    fn inline_html(&mut self, range: Range<usize>) {
        let tag = self.body.source.text().get(range.clone()).unwrap_or_default();
        if tag.starts_with("<br") {
            self.collector.line_break(range.start);
        } else if tag.starts_with("</a") && matches!(self.open.last(), Some((Opened::Inline(_), _))) {
            self.close_last();
        } else if tag.starts_with("<a ") || tag.starts_with("<img") {
            let map = OffsetMap::shifted(tag.len(), range.start);
            let mut inner = Facts::default();
            html::notice(&Html::parse(Source::decoded(&self.body.source, "HTML block", tag, map)), &mut inner);
            let link = self.open_link();
            self.facts.images.extend(inner.images.into_iter().map(|image| Image { link, ..image }));
            self.facts.anchors.extend(inner.anchors);
            for link in inner.links.into_iter().filter(|link| link.kind == LinkKind::Anchor) {
                self.facts.links.push(link);
                self.open.push((Opened::Inline(self.facts.links.len() - 1), self.collector.position()));
            }
        }
    }
}
