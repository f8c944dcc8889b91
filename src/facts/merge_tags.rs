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
}

/// How much of a tag a message quotes, in characters.
const LONGEST_SHOWN: usize = 60;

/// Headers whose values are filled in for each person.
const FILLED_HEADERS: [&str; 6] = ["Subject", "From", "Reply-To", "To", "Preheader", "List-Unsubscribe"];

/// Notices the merge tags of a draft. `esp` is the platform that the user named.
pub(super) fn notice(message: &Message, esp: Option<&str>) -> MergeTags {
    let mut texts: Vec<(Span, bool)> =
        FILLED_HEADERS.iter().filter_map(|name| message.header(name)).map(|value| (value.clone(), false)).collect();
    texts.extend(message.bodies.iter().map(|body| (body.whole(), body.is_html())));
    let all: Vec<Tag> = texts.iter().flat_map(|(span, is_html)| tags::scan(span.text(), *is_html)).collect();
    if all.is_empty() && esp.is_none() {
        return MergeTags::default();
    }
    let headers: Vec<(String, String)> =
        message.headers.iter().map(|header| (header.name.clone(), header.value.text().to_owned())).collect();
    let decision = tags::decide(&all, Some(&headers), esp);
    let mut found = MergeTags::default();
    for (span, is_html) in texts {
        // Short brackets such as [..] are tags only in the draft of a platform that uses them.
        let tags = tags::scan_as(span.text(), is_html, decision.dialects);
        found.blocks.extend(tags::blocks(&tags, &decision).into_iter().map(|fault| place_block(fault, &span)));
        found.tags.extend(tags.into_iter().map(|tag| MergeTag { reading: decision.read(&tag), span: span.slice(tag.range.clone()), tag }));
    }
    found.decision = Some(decision);
    found
}

fn place_block(fault: BlockFault, span: &Span) -> Block {
    let places: Vec<Span> = [&fault.opener, &fault.closer].into_iter().flatten().map(|range| span.slice(range.clone())).collect();
    Block { span: places.first().cloned().unwrap_or_else(|| span.clone()), other: places.get(1).cloned(), fault }
}
