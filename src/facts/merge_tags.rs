//! Merge tags in every text of a draft, read as its own platform reads them.

use crate::message::Message;
use crate::source::Span;
use crate::tags::{self, BlockFault, Decision, Place, Reading, Tag};

/// A merge tag with its place and what it is in this draft.
#[derive(Debug, Clone)]
pub struct MergeTag {
    /// The tag.
    pub tag: Tag,
    /// Where it stands.
    pub span: Span,
    /// Whose it is, what is wrong with it, what comes out.
    pub reading: Reading,
    /// The mail header that it stands in; nothing for the body.
    pub header: Option<&'static str>,
}

/// A block that is not closed as it should be, with its places.
#[derive(Debug, Clone)]
pub struct Block {
    /// What is wrong.
    pub fault: BlockFault,
    /// Where to look first.
    pub span: Span,
    /// The other end, if there is one.
    pub other: Option<Span>,
}

/// All merge tags of a draft.
#[derive(Debug, Default)]
pub struct MergeTags {
    /// The tags, in the order of the draft.
    pub tags: Vec<MergeTag>,
    /// Blocks that are not closed as they should be.
    pub blocks: Vec<Block>,
    /// Whose draft it is, as far as tags, headers or the user tell.
    pub decision: Option<Decision>,
}

impl MergeTag {
    /// The tag as it stands in the draft, cut short where it is long.
    pub fn shown(&self) -> String {
        let text = self.span.text();
        let short: String = text.chars().take(LONGEST_SHOWN).collect();
        if short.len() < text.len() { format!("{short}…") } else { short }
    }

    /// Whether a reader would see it: not a comment, a style sheet or a code sample.
    pub fn is_seen(&self) -> bool {
        matches!(self.tag.place, Place::Text | Place::Attribute)
    }

    /// Whether it names this column or pool, as a whole word.
    pub fn names(&self, name: &str) -> bool {
        let (text, name) = (self.span.text().to_lowercase(), name.to_lowercase());
        !name.is_empty()
            && text.match_indices(&name).any(|(at, _)| {
                let before = text.get(..at).unwrap_or_default();
                let after = text.get(at + name.len()..).unwrap_or_default();
                let joins = |c: char| c.is_alphanumeric() || c == '_';
                !before.ends_with(joins) && !after.starts_with(joins)
            })
    }

    /// The attribute that it stands in and what stands before it there: `href` and `https://shop.example/?u=`.
    pub fn attribute(&self) -> Option<(&str, &str)> {
        if self.tag.place != Place::Attribute {
            return None;
        }
        let before = self.before();
        let (equals, quote) = ["=\"", "='"].iter().filter_map(|sign| Some((before.rfind(sign)?, *sign))).max()?;
        let name = before.get(..equals)?;
        let start = name.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).map_or(0, |at| at + 1);
        Some((name.get(start..)?, before.get(equals + quote.len()..)?))
    }

    /// What stands before it in the web address that it is part of, if it is part of one.
    pub fn address_before(&self) -> Option<&str> {
        let before = match self.attribute() {
            Some((name, before)) => ["href", "src", "action"].iter().any(|part| name.eq_ignore_ascii_case(part)).then_some(before)?,
            None => self.before().rsplit([' ', '\n', '\t', '"', '<', '>', '(']).next()?,
        };
        let scheme = before.trim_start();
        (scheme.starts_with("https://") || scheme.starts_with("http://")).then_some(before)
    }

    /// The text before it, as far as one address or attribute can reach.
    fn before(&self) -> &str {
        let text = self.span.source.text().get(..self.span.start).unwrap_or_default();
        let mut start = text.len().saturating_sub(LONGEST_ATTRIBUTE);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        text.get(start..).unwrap_or_default()
    }
}

/// How far back the beginning of an attribute is looked for, in bytes.
const LONGEST_ATTRIBUTE: usize = 2000;

/// How much of a tag a message quotes, in characters.
const LONGEST_SHOWN: usize = 60;

/// Headers whose values are filled in for each person.
const FILLED_HEADERS: [&str; 6] = ["Subject", "From", "Reply-To", "To", "Preheader", "List-Unsubscribe"];

/// Notices the merge tags of a draft. `esp` is the platform that the user named.
pub(super) fn notice(message: &Message, esp: Option<&str>) -> MergeTags {
    let headers = FILLED_HEADERS.iter().filter_map(|name| Some((message.header(name)?, Some(*name))));
    let mut texts: Vec<(Span, bool, Option<&'static str>)> = headers.map(|(value, name)| (value.clone(), false, name)).collect();
    texts.extend(message.bodies.iter().map(|body| (body.whole(), body.is_html(), None)));
    let mut scanned: Vec<Vec<Tag>> = texts.iter().map(|(span, is_html, _)| tags::scan(span.text(), *is_html)).collect();
    if scanned.iter().all(Vec::is_empty) && esp.is_none() {
        return MergeTags::default();
    }
    let headers: Vec<(String, String)> =
        message.headers.iter().map(|header| (header.name.clone(), header.value.text().to_owned())).collect();
    let decision = tags::decide(scanned.iter().flatten(), Some(&headers), esp);
    if tags::has_short_brackets(decision.dialects) {
        // Short brackets such as [..] are tags only in the draft of a platform that uses them.
        scanned = texts.iter().map(|(span, is_html, _)| tags::scan_as(span.text(), *is_html, decision.dialects)).collect();
    }
    let mut found = MergeTags::default();
    for ((span, _, header), tags) in texts.into_iter().zip(scanned) {
        found.blocks.extend(tags::blocks(&tags, &decision).into_iter().map(|fault| place_block(fault, &span)));
        let placed = tags.into_iter().map(|tag| {
            let (reading, span) = (decision.read(&tag), span.slice(tag.range.clone()));
            MergeTag { tag, span, reading, header }
        });
        found.tags.extend(placed);
    }
    found.decision = Some(decision);
    found
}

fn place_block(fault: BlockFault, span: &Span) -> Block {
    let places: Vec<Span> = [&fault.opener, &fault.closer].into_iter().flatten().map(|range| span.slice(range.clone())).collect();
    Block { span: places.first().cloned().unwrap_or_else(|| span.clone()), other: places.get(1).cloned(), fault }
}
