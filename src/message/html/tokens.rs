//! html5gum's tokens, with their places, handed to html5ever's tree builder.

use super::sink::{Reading, Sink, WaitingText, bare};
use super::{AttributePlace, Places, TagPlace};
use ego_tree::NodeId;
use html5ever::LocalName;
use html5ever::interface::{Attribute, QualName};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, State, Tokenizer};
use scraper::{Html as Tree, HtmlTreeSink};
use std::borrow::Cow;
use std::collections::HashSet;
use std::convert::Infallible;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

type Builder = TreeBuilder<NodeId, Sink>;

/// How deep elements are nested before further ones are closed at once, as in browsers; the tree builder searches
/// its open elements for every tag, so without a bound a hostile mail would take minutes.
const DEEPEST: usize = 512;

/// Elements without an end tag, or whose end tag may be left out: they tell nothing about the depth.
#[rustfmt::skip]
fn is_uncounted(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param" | "source" | "track" | "wbr"
            | "p" | "li" | "dt" | "dd" | "option" | "optgroup" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "colgroup" | "caption"
    )
}

/// Parses a whole document.
pub(super) fn parse(source: &str) -> (Tree, Places) {
    let reading = Rc::new(Reading::default());
    let sink = Sink { inner: HtmlTreeSink::new(Tree::new_document()), reading: Rc::clone(&reading), places: Places::default().into() };
    let builder = TreeBuilder::new(sink, TreeBuilderOpts::default());
    let bridge = Bridge { builder: &builder, source, reading, tag: None, attributes: Vec::new(), next: None, depth: 0 };
    let Ok(()) = Tokenizer::new_with_emitter(source, Feed(CallbackEmitter::new(bridge))).finish();
    (html5ever::interface::TreeSink::finish(builder.sink.inner), builder.sink.places.into_inner())
}

/// Turns html5gum's events into html5ever's tokens.
struct Bridge<'a> {
    builder: &'a Builder,
    source: &'a str,
    reading: Rc<Reading>,
    /// The start tag that is being read.
    tag: Option<(Tag, Range<usize>)>,
    /// The places of its attributes.
    attributes: Vec<AttributePlace>,
    /// The state that the tree builder asks the tokenizer to go on in.
    next: Option<State>,
    /// About how many elements are open.
    depth: usize,
}

/// Bytes of the source as text; it is text already, so that looking is enough.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

fn tendril(bytes: &[u8]) -> StrTendril {
    StrTendril::from_slice(&text_of(bytes))
}

fn tag(kind: TagKind, name: &[u8]) -> Tag {
    let name = (&*text_of(name)).into();
    Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false }
}

/// Drops attributes that repeat an earlier one; says whether there were any.
fn drop_repeated(attributes: &mut Vec<Attribute>) -> bool {
    // Nearly every tag has a handful of attributes, and comparing them is quicker than hashing.
    if attributes.len() <= FEW {
        let repeats = (1..attributes.len()).any(|at| {
            attributes
                .get(..at)
                .unwrap_or_default()
                .iter()
                .any(|earlier| Some(&earlier.name.local) == attributes.get(at).map(|a| &a.name.local))
        });
        if !repeats {
            return false;
        }
    }
    let (mut seen, written) = (HashSet::new(), attributes.len());
    attributes.retain(|attribute| seen.insert(attribute.name.local.clone()));
    attributes.len() != written
}

/// How many attributes are compared with each other.
const FEW: usize = 12;

impl Bridge<'_> {
    fn send(&mut self, token: Token) {
        self.next = match self.builder.process_token(token, 1) {
            TokenSinkResult::Script(_) => Some(State::Data),
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
            TokenSinkResult::RawData(_) => Some(State::ScriptData),
            _ => return,
        };
    }

    fn attribute_name(&mut self, name: &[u8], range: Range<usize>) {
        let Some((tag, _)) = &mut self.tag else { return };
        let name = LocalName::from(&*text_of(name));
        let qualified = QualName::new(None, html5ever::Namespace::default(), name.clone());
        tag.attrs.push(Attribute { name: qualified, value: StrTendril::default() });
        self.attributes.push(AttributePlace { name, value: range.end..range.end });
    }

    fn attribute_value(&mut self, value: &[u8], range: Range<usize>) {
        let Some((tag, _)) = &mut self.tag else { return };
        if let (Some(attribute), Some(place)) = (tag.attrs.last_mut(), self.attributes.last_mut()) {
            attribute.value = tendril(value);
            place.value = range;
        }
    }

    fn close_start_tag(&mut self, self_closing: bool, end: usize) {
        let Some((mut start, range)) = self.tag.take() else { return };
        start.self_closing = self_closing;
        let attributes = if self.attributes.is_empty() { Arc::default() } else { self.attributes.drain(..).collect() };
        let place = TagPlace { tag: range.start..end, attributes };
        start.had_duplicate_attributes = drop_repeated(&mut start.attrs);
        self.reading.tag.replace(place);
        // HTML knows no self-closing tags of its own; MJML does, and its elements would nest for ever.
        let counts = !is_uncounted(&start.name);
        let ends_here = (self_closing && start.name.starts_with("mj-")) || (counts && self.depth >= DEEPEST);
        let close = ends_here.then(|| tag(TagKind::EndTag, start.name.as_bytes()));
        self.send(Token::TagToken(start));
        match close {
            Some(close) => self.send(Token::TagToken(close)),
            None => self.depth += usize::from(counts && !self_closing),
        }
    }

    fn end_tag(&mut self, name: &[u8], range: Range<usize>) {
        let end = tag(TagKind::EndTag, name);
        if !is_uncounted(&end.name) {
            self.depth = self.depth.saturating_sub(1);
        }
        self.bare_token(range, Token::TagToken(end));
    }

    fn text(&mut self, value: &[u8], range: Range<usize>) {
        self.reading.tag.replace(bare(range.clone()));
        let text = text_of(value);
        let raw = self.source.get(range.clone()).unwrap_or_default();
        let whole = !text.contains('\0');
        for (index, part) in text.split('\0').enumerate() {
            if index > 0 {
                self.send(Token::NullCharacterToken);
            }
            if !part.is_empty() {
                let text = StrTendril::from_slice(part);
                let waiting = WaitingText::new(text.clone(), if whole { raw } else { part }, range.start);
                self.reading.texts.borrow_mut().push_back(waiting);
                self.send(Token::CharacterTokens(text));
            }
        }
    }

    fn bare_token(&mut self, range: Range<usize>, token: Token) {
        self.reading.tag.replace(bare(range));
        self.send(token);
    }
}

impl Callback<Infallible, usize> for Bridge<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Infallible> {
        let range = span.start..span.end;
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Some((tag(TagKind::StartTag, name), range));
                self.attributes.clear();
            }
            CallbackEvent::AttributeName { name } => self.attribute_name(name, range),
            CallbackEvent::AttributeValue { value } => self.attribute_value(value, range),
            CallbackEvent::CloseStartTag { self_closing } => self.close_start_tag(self_closing, range.end),
            CallbackEvent::EndTag { name } => self.end_tag(name, range),
            CallbackEvent::String { value } => self.text(value, range),
            CallbackEvent::Comment { value } => self.bare_token(range, Token::CommentToken(tendril(value))),
            CallbackEvent::Doctype { name, public_identifier, system_identifier, force_quirks } => {
                let name = Some(name).filter(|name| !name.is_empty()).map(tendril);
                let (public_id, system_id) = (public_identifier.map(tendril), system_identifier.map(tendril));
                self.send(Token::DoctypeToken(Doctype { name, public_id, system_id, force_quirks }));
            }
            CallbackEvent::Error(_) => {}
        }
        None
    }
}

/// Lets the tree builder steer the tokenizer, as the standard has it for `<title>`, `<style>` and `<svg>`.
struct Feed<'a>(CallbackEmitter<Bridge<'a>, Infallible, usize>);

impl ForwardingEmitter for Feed<'_> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.0
    }

    /// Nobody asks for them, and looking for them costs as much as reading.
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_eof(&mut self) {
        self.0.emit_eof();
        let builder = self.0.callback_mut().builder;
        let _ = builder.process_token(Token::EOFToken, 1);
        builder.end();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let _ = self.0.emit_current_tag();
        let next = self.0.callback_mut().next.take();
        if next.is_some() {
            self.0.init_string();
        }
        next
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.0.callback_mut().builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
