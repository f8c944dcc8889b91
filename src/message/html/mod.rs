//! An HTML document in which every tag, attribute and run of text knows where it stood.
//!
//! html5ever says at most a line number for what it parses (servo/html5ever#492). So html5gum cuts
//! the source into tokens with exact positions, html5ever builds the tree from them, and a sink
//! around scraper's own notes which position became which node. The result is scraper's tree,
//! selectors and all, with spans beside it.

mod align;
pub(crate) mod filled;
mod sink;
mod tokens;

use crate::origin::OffsetMap;
use crate::source::{Source, Span};
use ego_tree::{NodeId, NodeRef};
use html5ever::LocalName;
use rustc_hash::FxHashMap;
use scraper::node::Element;
use scraper::{ElementRef, Html as Tree, Node, Selector};
use std::ops::Range;
use std::sync::Arc;

pub(crate) use align::align;

/// The value of an attribute in lower case. What scraper has for that looks the name up among all names first, for every element anew.
pub(crate) fn value_of<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attrs().find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// A parsed document and the places of its nodes.
#[derive(Debug)]
pub struct Html {
    source: Arc<Source>,
    tree: Tree,
    places: Places,
}

/// Where the nodes stood, as byte ranges of the source.
#[derive(Debug, Default)]
struct Places {
    elements: FxHashMap<NodeId, TagPlace>,
    comments: FxHashMap<NodeId, Range<usize>>,
    texts: FxHashMap<NodeId, OffsetMap>,
}

/// Where a start tag and its attributes stood.
#[derive(Debug, Clone, Default)]
struct TagPlace {
    tag: Range<usize>,
    attributes: Arc<[AttributePlace]>,
}

/// Where one attribute stood; the value without its quotes.
#[derive(Debug, Clone)]
struct AttributePlace {
    name: LocalName,
    value: Range<usize>,
}

impl Html {
    /// Parses a source. Like a browser, it never fails; MJML's self-closing tags are understood.
    pub fn parse(source: Arc<Source>) -> Self {
        let (tree, places) = tokens::parse(source.text());
        Self { source, tree, places }
    }

    /// The text that was parsed.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The document node.
    pub fn root(&self) -> NodeRef<'_, Node> {
        self.tree.tree.root()
    }

    /// The language that the document says it is in: `lang` of its `<html>`.
    pub fn language(&self) -> Option<String> {
        let root = self.root().children().find_map(ElementRef::wrap)?;
        root.value().attr("lang").or_else(|| root.value().attr("xml:lang")).map(str::to_owned)
    }

    /// Elements that match a selector, in document order.
    pub fn select<'a, 'b>(&'a self, selector: &'b Selector) -> impl Iterator<Item = ElementRef<'a>> + use<'a, 'b> {
        self.tree.select(selector)
    }

    /// The start tag of an element. For an element that the source leaves out (`<tbody>`), the tag that implied it.
    pub fn tag(&self, element: NodeId) -> Span {
        self.source.span(self.places.elements.get(&element).map_or(0..0, |place| place.tag.clone()))
    }

    /// The value of an attribute, as it stands in the source (entities not replaced).
    pub fn attribute(&self, element: NodeId, name: &str) -> Option<Span> {
        let place = self.places.elements.get(&element)?.attributes.iter().find(|attribute| *attribute.name == *name)?;
        Some(self.source.span(place.value.clone()))
    }

    /// A comment, with its marks.
    pub fn comment(&self, node: NodeId) -> Option<Span> {
        self.places.comments.get(&node).map(|range| self.source.span(range.clone()))
    }

    /// The way from a text node's text back to the source.
    pub fn text_map(&self, node: NodeId) -> Option<&OffsetMap> {
        self.places.texts.get(&node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str) {
        let dom = Html::parse(Source::file("a.html", html));
        assert_eq!(dom.tree.html(), Tree::parse_document(html).html(), "the tree is scraper's own for {html:?}");
        for node in dom.root().descendants() {
            if let Some(text) = node.value().as_text() {
                let map = dom.text_map(node.id()).expect("text has a place");
                for (at, c) in text.char_indices() {
                    let raw = &html[map.raw(at)..];
                    assert!(
                        raw.starts_with(c) || raw.starts_with('&') || (c == '\n' && raw.starts_with('\r')),
                        "{c:?} at {raw:?} in {html:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn text_leads_back_to_where_it_stood() {
        check("<p>Dear <b>Jessica</b>,</p>");
        check("<p>caf&eacute; &amp; bar &lt;x&gt; &nope; & so&nbsp;on &#8217;s</p>");
        check("a\r\nb\rc<br>\r\n&amp;\r\n");
        check("<table>foster<tr><td>x</td>parent</tr></table>tail &amp; end");
        check("<title>a &amp; b</title><style>p > a{}</style><script>if (a<b && c) {}</script><textarea>x</textarea>");
        check("<p>one<p>two<div>three</p></div>\u{fe0f}ü");
        check("&lt0");
        check("--></><;</></>x<style></></style>");
        check("<svg><p>x</p></svg><math><mi>y</mi></math><template><p>t</p></template>");
    }

    #[test]
    fn attributes_keep_their_place() {
        let html = "<a HREF='https://a.example/?x=1&amp;y=2' class=big>x</a>";
        let dom = Html::parse(Source::file("a.html", html));
        let link = dom.select(&Selector::parse("a").expect("selector")).next().expect("a link").id();
        assert_eq!(dom.attribute(link, "href").expect("href").text(), "https://a.example/?x=1&amp;y=2");
        assert_eq!(dom.attribute(link, "class").expect("class").text(), "big");
        assert_eq!(dom.tag(link).text(), &html[..html.len() - 5]);
    }

    #[test]
    fn self_closing_mjml_does_not_nest() {
        let dom = Html::parse(Source::file("a.mjml", "<mj-column><mj-image src=\"a.png\" /><mj-text>x</mj-text></mj-column>"));
        let image = dom.select(&Selector::parse("mj-image").expect("selector")).next().expect("image");
        assert_eq!(image.children().count(), 0);
    }

    #[test]
    fn nesting_is_bounded_and_loses_nothing() {
        let html = format!("{}<a href=x>deep</a>", "<div>".repeat(10_000));
        let dom = Html::parse(Source::file("a.html", html));
        assert_eq!(dom.select(&Selector::parse("a[href]").expect("selector")).count(), 1);
    }

    proptest::proptest! {
        #[test]
        fn any_text_parses_to_the_tree_of_scraper(html in "(<[/a-z!?-]{0,4}[a-z =\"'&;#]{0,8}>?|[ -~\\r\\n\u{e4}]{0,6}|&[a-z#0-9]{0,5};?|<!--|-->|<table>|<td>|<p>|</p>|<svg>){0,30}") {
            check(&html);
        }
    }
}
