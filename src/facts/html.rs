//! Facts of an HTML body: one walk over the tree in the order of the document.

use super::passages::{Collector, Region};
use super::{Facts, Image, Link, LinkKind};
use crate::message::html::{Html, align};
use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

/// Elements inside a line of text; every other element begins and ends a passage.
const INLINE: [&str; 30] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "u", "var",
];

/// Elements whose content is never shown as text.
const UNSEEN: [&str; 8] = ["script", "style", "template", "noscript", "object", "mj-style", "mj-attributes", "mj-html-attributes"];

/// How many of the first passages may be the hidden preheader.
const PREHEADER_WITHIN: usize = 3;

/// Notices passages, links and images of an HTML body.
pub(super) fn notice(html: &Html, facts: &mut Facts) {
    let mut walk = Walk {
        html,
        collector: Collector::new(html.source()),
        facts,
        unseen: 0,
        hidden: 0,
        headings: 0,
        samples: 0,
        open_links: Vec::new(),
    };
    for edge in html.root().traverse() {
        match edge {
            Edge::Open(node) => walk.open(node),
            Edge::Close(node) => walk.close(node),
        }
    }
    let mut passages = walk.collector.finish();
    let first = passages.iter().take(PREHEADER_WITHIN).position(|passage| passage.region == Region::Body && passage.hidden);
    if let Some(passage) = first.and_then(|index| passages.get_mut(index)) {
        passage.region = Region::Preheader;
        passage.hidden = false;
    }
    facts.passages.append(&mut passages);
}

struct Walk<'a> {
    html: &'a Html,
    collector: Collector,
    facts: &'a mut Facts,
    /// How many open elements are never shown.
    unseen: usize,
    /// How many open elements are hidden by style.
    hidden: usize,
    /// How many open elements are headings.
    headings: usize,
    /// How many open elements hold code.
    samples: usize,
    /// Links that are open: their index and where their text begins.
    open_links: Vec<(usize, (usize, usize))>,
}

impl Walk<'_> {
    fn open(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) if self.unseen == 0 => {
                if let Some(map) = self.html.text_map(node.id()) {
                    self.collector.add(text, |at| map.raw(at));
                }
            }
            Node::Element(_) => {
                if let Some(element) = ElementRef::wrap(node) {
                    self.open_element(element);
                }
            }
            _ => {}
        }
    }

    fn open_element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        if !INLINE.contains(&name) && !matches!(name, "br" | "img" | "wbr") {
            self.collector.flush();
        }
        self.unseen += usize::from(UNSEEN.contains(&name));
        self.hidden += usize::from(is_hidden(element));
        self.headings += usize::from(is_heading(name));
        self.samples += usize::from(is_sample(name));
        self.collector.sample = self.samples > 0;
        self.collector.hidden = self.hidden > 0;
        self.collector.heading = self.headings > 0;
        match name {
            "title" | "mj-title" => self.collector.set_region(Region::Title),
            "mj-preview" => self.collector.set_region(Region::Preheader),
            "br" => self.collector.line_break(self.html.tag(element.id()).start),
            "img" | "mj-image" | "amp-img" => self.open_image(element),
            _ => {}
        }
        if element.value().attr("href").is_some() && !matches!(name, "link" | "base") {
            self.open_link(element, if name == "area" { LinkKind::Area } else { LinkKind::Anchor });
        }
    }

    fn open_link(&mut self, element: ElementRef<'_>, kind: LinkKind) {
        let (Some(value), Some(span)) = (element.value().attr("href"), self.html.attribute(element.id(), "href")) else { return };
        let link = Link {
            kind,
            href: value.trim().to_owned(),
            span,
            tag: self.html.tag(element.id()),
            text: String::new(),
            hidden: self.hidden > 0,
        };
        self.facts.links.push(link);
        self.open_links.push((self.facts.links.len() - 1, self.collector.position()));
    }

    fn open_image(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        let attribute = |name: &str| self.html.attribute(element.id(), name);
        let tag = self.html.tag(element.id());
        if let (Some(alt), Some(span)) = (value.attr("alt"), attribute("alt")) {
            self.collector.push_mapped(Region::Alt, alt, align(alt, span.text(), span.start));
        }
        let image = Image {
            source: value.attr("src").map(|source| source.trim().to_owned()),
            span: attribute("src").unwrap_or_else(|| tag.clone()),
            tag,
            alt: value.attr("alt").map(str::to_owned),
            size: (pixels(value.attr("width")), pixels(value.attr("height"))),
            link: self.open_links.last().map(|(index, _)| *index),
        };
        self.facts.images.push(image);
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = ElementRef::wrap(node) else { return };
        let name = element.value().name();
        if element.value().attr("href").is_some() && !matches!(name, "link" | "base") {
            self.close_link();
        }
        if !INLINE.contains(&name) && !matches!(name, "br" | "img" | "wbr") {
            self.collector.flush();
        }
        if matches!(name, "title" | "mj-title" | "mj-preview") {
            self.collector.set_region(Region::Body);
        }
        self.unseen -= usize::from(UNSEEN.contains(&name));
        self.hidden -= usize::from(is_hidden(element));
        self.headings -= usize::from(is_heading(name));
        self.samples -= usize::from(is_sample(name));
        self.collector.sample = self.samples > 0;
        self.collector.hidden = self.hidden > 0;
        self.collector.heading = self.headings > 0;
    }

    fn close_link(&mut self) {
        let Some((index, start)) = self.open_links.pop() else { return };
        if let Some(link) = self.facts.links.get_mut(index) {
            link.text = self.collector.since(start);
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_sample(name: &str) -> bool {
    matches!(name, "code" | "pre" | "kbd" | "samp" | "tt")
}

/// Whether an element's own style hides it from the reader, as preheaders are hidden.
fn is_hidden(element: ElementRef<'_>) -> bool {
    const HIDING: [&str; 6] = ["display:none", "mso-hide:all", "visibility:hidden", "max-height:0", "max-height:0px", "opacity:0"];
    let Some(style) = element.value().attr("style") else { return element.value().attr("hidden").is_some() };
    // Asked of every element, and nearly every element of a mail has a style.
    let mut parts = style.split(';').map(|part| part.split('!').next().unwrap_or(part));
    parts.any(|part| {
        HIDING.iter().any(|hiding| part.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).eq(hiding.chars()))
    })
}

/// A size in pixels as HTML and MJML write it: `600`, `600px`; nothing for `100%`.
fn pixels(value: Option<&str>) -> Option<u32> {
    value?.trim().trim_end_matches("px").parse().ok()
}
