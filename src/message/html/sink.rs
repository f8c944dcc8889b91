//! The sink between html5ever and scraper: passes everything on, and notes which place became which node.

use super::align::align;
use super::{Places, TagPlace};
use crate::origin::OffsetMap;
use ego_tree::NodeId;
use html5ever::interface::{Attribute, ElementFlags, NodeOrText, QualName, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use scraper::HtmlTreeSink;
use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::collections::VecDeque;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// What the tokenizer has read and the tree builder has not yet used.
///
/// html5ever holds text inside tables back and hands it over later, so texts wait in a queue.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The token that is being handled.
    pub(super) tag: RefCell<TagPlace>,
    /// Texts with the places of their characters.
    pub(super) texts: RefCell<VecDeque<WaitingText>>,
}

/// Text on its way into the tree.
#[derive(Debug)]
pub(super) struct WaitingText {
    text: StrTendril,
    /// How much of `text` is used already.
    used: usize,
    map: OffsetMap,
}

impl WaitingText {
    /// Text decoded from `raw`, which stands at `at`.
    pub(super) fn new(text: StrTendril, raw: &str, at: usize) -> Self {
        let map = align(&text, raw, at);
        Self { text, used: 0, map }
    }

    /// Where a text stands in what is left; nearly always at its beginning.
    fn place(&self, text: &str) -> Option<usize> {
        let left = self.text.get(self.used..)?;
        if left.starts_with(text) { Some(self.used) } else { left.find(text).map(|at| self.used + at) }
    }
}

impl Reading {
    /// Finds the next use of `text` and where its characters stood.
    fn take(&self, text: &str) -> OffsetMap {
        let mut waiting = self.texts.borrow_mut();
        let found = waiting.iter().enumerate().find_map(|(index, entry)| Some((index, entry.place(text)?)));
        let Some((index, from)) = found else {
            let start = self.tag.borrow().tag.start;
            return OffsetMap::coarse(text.len(), start..start);
        };
        waiting.drain(..index);
        let Some(entry) = waiting.front_mut() else { return OffsetMap::default() };
        entry.used = from + text.len();
        if entry.used < entry.text.len() {
            return entry.map.part(from..entry.used);
        }
        let Some(entry) = waiting.pop_front() else { return OffsetMap::default() };
        // Nearly every text goes into the tree in one piece.
        if from == 0 { entry.map } else { entry.map.part(from..entry.used) }
    }
}

/// scraper's sink with a memory for places.
pub(super) struct Sink {
    pub(super) inner: HtmlTreeSink,
    pub(super) reading: Rc<Reading>,
    pub(super) places: RefCell<Places>,
}

/// A text node and its length in bytes.
type TextEnd = Option<(NodeId, usize)>;

impl Sink {
    fn text_end(&self, node: Option<NodeId>) -> TextEnd {
        let html = self.inner.0.borrow();
        let node = html.tree.get(node?)?;
        node.value().as_text().map(|text| (node.id(), text.text.len()))
    }

    fn last_child(&self, parent: NodeId) -> Option<NodeId> {
        self.inner.0.borrow().tree.get(parent)?.last_child().map(|node| node.id())
    }

    fn previous(&self, node: NodeId) -> Option<NodeId> {
        self.inner.0.borrow().tree.get(node)?.prev_sibling().map(|node| node.id())
    }

    /// Puts text into the tree through `put` and notes the places of the characters in the node that took it.
    fn insert(&self, child: NodeOrText<NodeId>, neighbour: impl Fn() -> Option<NodeId>, put: impl FnOnce(NodeOrText<NodeId>)) {
        let NodeOrText::AppendText(text) = &child else { return put(child) };
        let taken = self.reading.take(text);
        let before = self.text_end(neighbour());
        put(child);
        let Some((node, end)) = self.text_end(neighbour()) else { return };
        let grown = before.filter(|(same, _)| *same == node).map_or(0, |(_, length)| length);
        let mut places = self.places.borrow_mut();
        match places.texts.entry(node) {
            Entry::Vacant(place) if grown == 0 && taken.len() == end => _ = place.insert(taken),
            place => place.or_default().append(grown, &taken, end),
        }
    }
}

impl TreeSink for Sink {
    type Output = Self;
    type Handle = NodeId;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        self.inner.parse_error(message);
    }

    fn get_document(&self) -> NodeId {
        self.inner.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.inner.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let id = self.inner.create_element(name, attributes, flags);
        self.places.borrow_mut().elements.insert(id, self.reading.tag.borrow().clone());
        id
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        let id = self.inner.create_comment(text);
        self.places.borrow_mut().comments.insert(id, self.reading.tag.borrow().tag.clone());
        id
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.inner.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert(child, || self.last_child(*parent), |child| self.inner.append(parent, child));
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.inner.0.borrow().tree.get(*element).is_some_and(|node| node.parent().is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.inner.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.inner.get_template_contents(target)
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, node: NodeOrText<NodeId>) {
        self.insert(node, || self.previous(*sibling), |node| self.inner.append_before_sibling(sibling, node));
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.inner.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        self.inner.reparent_children(node, parent);
    }

    fn mark_script_already_started(&self, node: &NodeId) {
        self.inner.mark_script_already_started(node);
    }
}

/// The place of a token without attributes.
pub(super) fn bare(range: Range<usize>) -> TagPlace {
    TagPlace { tag: range, attributes: Arc::default() }
}
