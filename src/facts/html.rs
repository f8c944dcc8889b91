//! Facts of an HTML body: one walk over the tree in the order of the document.

use super::collector::Collector;
use super::passages::Region;
use super::shown::Shown;
use super::{Facts, Image, ImageKind, Link, LinkKind, based, plain, srcset, style};
use crate::message::html::{Html, align, filled, value_of};
use crate::origin::OffsetMap;
use crate::source::{Source, Span};
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};
use url::Url;

/// Whether an element stands inside a line of text; every other element begins and ends a passage.
#[rustfmt::skip]
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "br" | "cite" | "code" | "data" | "del" | "dfn" | "em" | "font" | "i"
            | "img" | "ins" | "kbd" | "label" | "mark" | "q" | "s" | "samp" | "small" | "span" | "strike" | "strong" | "sub" | "sup"
            | "u" | "var" | "wbr"
    )
}

/// How many of the first passages may be the hidden preheader.
const PREHEADER_WITHIN: usize = 3;

/// Elements with an `href` that nobody clicks.
const NO_LINKS: [&str; 6] = ["link", "base", "mj-font", "mj-all", "mj-class", "mj-include"];

/// Notices passages, links and images of an HTML body.
pub(super) fn notice(html: &Html, facts: &mut Facts) {
    read(html, facts, false);
}

/// One walk over a body. `outlook` says that it stands in a comment that Outlook reads; its text is the reader's no more than once.
fn read(html: &Html, facts: &mut Facts, outlook: bool) {
    let mut walk = Walk {
        html,
        collector: Collector::new(html.source()),
        facts,
        shown: Shown::default(),
        around: Vec::new(),
        open_links: Vec::new(),
        outlook,
        fills: filled::has_any(html.source().text()),
        base: None,
    };
    let before = (walk.facts.links.len(), walk.facts.images.len());
    for edge in html.root().traverse() {
        match edge {
            Edge::Open(node) => walk.open(node),
            Edge::Close(node) => walk.close(node),
        }
    }
    if let (Some(base), Some(links), Some(images)) =
        (&walk.base, walk.facts.links.get_mut(before.0..), walk.facts.images.get_mut(before.1..))
    {
        based::settle(base, links, images);
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
    /// How text is shown here.
    shown: Shown,
    /// How text was shown around each open element.
    around: Vec<Shown>,
    /// Links that are open: their element, their index and where their text begins.
    open_links: Vec<(NodeId, usize, (usize, usize))>,
    /// Whether this is the inside of a comment that Outlook reads.
    outlook: bool,
    /// Whether attributes take the place of content.
    fills: bool,
    /// Where relative addresses begin.
    base: Option<Url>,
}

impl Walk<'_> {
    fn open(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) => self.text(node, text),
            Node::Comment(_) if !self.outlook => self.comment(node.id()),
            Node::Element(_) => {
                if let Some(element) = ElementRef::wrap(node) {
                    self.open_element(element);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, node: NodeRef<'_, Node>, text: &str) {
        let Some(map) = self.html.text_map(node.id()) else { return };
        let parent = node.parent().and_then(ElementRef::wrap).map_or("", |element| element.value().name());
        if matches!(parent, "style" | "mj-style") {
            self.style(text, map);
        } else if !self.shown.unseen {
            if self.open_links.is_empty() && !self.shown.sample && text.contains("http") {
                for range in plain::found(text) {
                    let span = self.html.source().span(map.raw_range(range.clone()));
                    let link = Link::new(LinkKind::Text, text.get(range).unwrap_or_default(), span.clone(), span);
                    let shown = link.href.clone();
                    self.facts.links.push(Link { text: shown, hidden: self.shown.hidden, outlook: self.outlook, ..link });
                }
            }
            self.collector.add_mapped(text, map);
        }
    }

    /// Pictures that a style fetches.
    fn style(&mut self, css: &str, map: &OffsetMap) {
        for range in style::addresses(css) {
            let span = self.html.source().span(map.raw_range(range.clone()));
            let source = css.get(range).map(style::unescaped);
            self.push_image(Image::new(ImageKind::Background, source.as_deref(), span.clone(), span));
        }
    }

    /// What stands in `<!--[if mso]>…<![endif]-->` is HTML to Outlook: links and images in it count, its text does not.
    fn comment(&mut self, node: NodeId) {
        let Some(span) = self.html.comment(node) else { return };
        let Some(inside) = for_outlook(&span) else { return };
        let map = OffsetMap::shifted(inside.text().len(), inside.start);
        let source = Source::decoded(&inside.source, "part for Outlook", inside.text(), map);
        let mut found = Facts::default();
        read(&Html::parse(source), &mut found, true);
        let before = self.facts.links.len();
        self.facts.anchors.extend(found.anchors);
        self.facts.links.append(&mut found.links);
        self.facts.images.extend(found.images.into_iter().map(|image| Image { link: image.link.map(|link| link + before), ..image }));
    }

    fn open_element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        if !is_inline(name) {
            self.collector.flush();
        }
        self.around.push(self.shown);
        self.show(self.shown.inside(element));
        if self.fills {
            self.fill(element);
        }
        match name {
            "title" | "mj-title" => self.collector.set_region(Region::Title),
            "mj-preview" => self.collector.set_region(Region::Preheader),
            "br" => self.collector.line_break(self.html.tag(element.id()).start),
            "img" | "mj-image" | "amp-img" | "mj-carousel-image" => self.open_image(element),
            "mj-social-element" => self.image_in(element, "src", ImageKind::Background),
            "video" | "audio" | "source" => self.open_media(element),
            "form" => {
                self.link_in(element, "action", LinkKind::Form);
            }
            "base" => {
                let href = value_of(element.value(), "href");
                self.facts.has_base |= href.is_some();
                let is_web = |url: &Url| matches!(url.scheme(), "http" | "https");
                self.base = self.base.take().or_else(|| href.and_then(|href| Url::parse(href.trim()).ok()).filter(is_web));
            }
            _ if name.starts_with("v:") => self.image_in(element, "src", ImageKind::Background),
            _ => {}
        }
        self.attributes(element);
        if is_link(element) {
            self.open_link(element, if name == "area" { LinkKind::Area } else { LinkKind::Anchor });
            // MJML's pictures are their own links.
            if name.starts_with("mj-")
                && let (Some(image), Some((_, index, _))) = (self.facts.images.last_mut(), self.open_links.last())
                && image.tag == self.html.tag(element.id())
            {
                image.link = Some(*index);
            }
        }
    }

    /// What stands in an element as a sample is not shown, but the value that takes its place; a message's key says nothing.
    fn fill(&mut self, element: ElementRef<'_>) {
        let value = filled::text_of(element.value()).and_then(|name| {
            let value = value_of(element.value(), name).filter(|value| !value.trim_start().starts_with("#{"))?;
            Some((value, self.html.attribute(element.id(), name)?))
        });
        if let Some((value, span)) = value.filter(|_| !self.shown.unseen) {
            self.collector.add_mapped(value, &align(value, span.text(), span.start));
        }
        self.shown.unseen |= filled::will_say(element.value());
    }

    /// Whether another value takes the place of that of an attribute.
    fn is_filled(&self, element: ElementRef<'_>, attribute: &str) -> bool {
        self.fills && filled::is_filled(element.value(), attribute)
    }

    /// What any element may have: a name to jump to, a picture behind it, a style.
    fn attributes(&mut self, element: ElementRef<'_>) {
        // They are sorted by name.
        for (name, value) in element.value().attrs() {
            match name {
                "id" => _ = self.facts.anchors.insert(value.to_owned()),
                "name" if matches!(element.value().name(), "a" | "map") => _ = self.facts.anchors.insert(value.to_owned()),
                "background" | "background-url" => self.image_in(element, name, ImageKind::Background),
                "style" if value.contains('(') => {
                    if let Some(span) = self.html.attribute(element.id(), "style") {
                        self.style(value, &align(value, span.text(), span.start));
                    }
                }
                _ => {}
            }
        }
    }

    fn link_in(&mut self, element: ElementRef<'_>, attribute: &str, kind: LinkKind) -> Option<usize> {
        if self.is_filled(element, attribute) {
            return None;
        }
        let (value, span) = (value_of(element.value(), attribute)?, self.html.attribute(element.id(), attribute)?);
        let label =
            value_of(element.value(), "aria-label").or_else(|| value_of(element.value(), "title")).unwrap_or_default().trim().to_owned();
        let link = Link::new(kind, value, span, self.html.tag(element.id()));
        self.facts.links.push(Link { label, hidden: self.shown.hidden, outlook: self.outlook, ..link });
        Some(self.facts.links.len() - 1)
    }

    fn open_link(&mut self, element: ElementRef<'_>, kind: LinkKind) {
        if let Some(index) = self.link_in(element, "href", kind) {
            self.open_links.push((element.id(), index, self.collector.position()));
        }
    }

    fn open_media(&mut self, element: ElementRef<'_>) {
        self.link_in(element, "src", LinkKind::Media);
        self.image_in(element, "poster", ImageKind::Poster);
        self.candidates(element);
    }

    /// The pictures of a `srcset`.
    fn candidates(&mut self, element: ElementRef<'_>) {
        let (Some(value), Some(span)) = (value_of(element.value(), "srcset"), self.html.attribute(element.id(), "srcset")) else { return };
        let map = align(value, span.text(), span.start);
        for range in srcset::addresses(value) {
            let span = self.html.source().span(map.raw_range(range.clone()));
            self.push_image(Image::new(ImageKind::Candidate, value.get(range), span, self.html.tag(element.id())));
        }
    }

    fn image_in(&mut self, element: ElementRef<'_>, attribute: &str, kind: ImageKind) {
        let (Some(value), Some(span)) = (value_of(element.value(), attribute), self.html.attribute(element.id(), attribute)) else {
            return;
        };
        if !value.trim().is_empty() && !self.is_filled(element, attribute) {
            self.push_image(Image::new(kind, Some(value), span, self.html.tag(element.id())));
        }
    }

    fn push_image(&mut self, image: Image) {
        let link = self.open_links.last().map(|(_, index, _)| *index);
        self.facts.images.push(Image { link, hidden: self.shown.hidden, outlook: self.outlook, ..image });
    }

    fn open_image(&mut self, element: ElementRef<'_>) {
        let value = |name: &str| value_of(element.value(), name);
        let attribute = |name: &str| self.html.attribute(element.id(), name);
        let tag = self.html.tag(element.id());
        if let (Some(alt), Some(span), false) = (value("alt"), attribute("alt"), self.is_filled(element, "alt")) {
            self.collector.push_mapped(Region::Alt, alt, align(alt, span.text(), span.start));
        }
        if self.is_filled(element, "src") {
            return;
        }
        let span = attribute("src").unwrap_or_else(|| tag.clone());
        let length =
            |name: &str| style::pixels(value(name)).or_else(|| style::pixels(value("style").and_then(|style| style::styled(style, name))));
        let size = (length("width"), length("height"));
        let image = Image::new(ImageKind::Picture, value("src"), span, tag);
        self.push_image(Image { alt: value("alt").map(str::to_owned), size, ..image });
        self.candidates(element);
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = ElementRef::wrap(node) else { return };
        let name = element.value().name();
        if self.open_links.last().is_some_and(|(open, ..)| *open == node.id()) {
            self.close_link();
        }
        if !is_inline(name) {
            self.collector.flush();
        }
        if matches!(name, "title" | "mj-title" | "mj-preview") {
            self.collector.set_region(Region::Body);
        }
        let around = self.around.pop().unwrap_or_default();
        self.show(around);
    }

    fn show(&mut self, shown: Shown) {
        self.shown = shown;
        self.collector.sample = shown.sample;
        self.collector.strike = shown.strike;
        self.collector.hidden = shown.hidden;
        self.collector.heading = shown.heading;
    }

    fn close_link(&mut self) {
        let Some((_, index, start)) = self.open_links.pop() else { return };
        if let Some(link) = self.facts.links.get_mut(index) {
            link.text = self.collector.since(start);
        }
    }
}

/// Whether an element is a link that a reader can click. Defaults of MJML's head are none.
fn is_link(element: ElementRef<'_>) -> bool {
    let parent = || element.parent().and_then(ElementRef::wrap).map(|parent| parent.value().name());
    let is_led = element.value().attrs().any(|(name, _)| name == "href");
    is_led && !NO_LINKS.contains(&element.value().name()) && parent() != Some("mj-attributes")
}

/// The inside of a comment that Outlook for Windows reads as HTML, if it holds anything that is fetched or clicked.
fn for_outlook(comment: &Span) -> Option<Span> {
    let text = comment.text();
    let condition_end = text.get(..text.len().min(LONGEST_CONDITION)).or(Some(text))?.find("]>")?;
    let condition = text.get(..condition_end)?.to_ascii_lowercase();
    let is_condition = condition.strip_prefix("<!--")?.trim_start().starts_with("[if");
    if !is_condition || !condition.contains("mso") || condition.contains("!mso") || condition.contains("!(mso") {
        return None;
    }
    let start = condition_end + 2;
    let end = text.rfind("<![endif]").filter(|end| *end > start).unwrap_or(text.len());
    let inside = comment.slice(start..end);
    ["href", "src", "url(", "background"].iter().any(|word| inside.text().contains(word)).then_some(inside)
}

/// The longest condition of a comment for Outlook, in bytes.
const LONGEST_CONDITION: usize = 200;
