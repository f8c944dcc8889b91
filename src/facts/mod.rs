//! What rules look at, noticed once: passages of visible text, links, images, greetings, codes.

mod calendar;
mod codes;
mod greetings;
mod html;
mod images;
mod links;
mod markdown;
mod merge_tags;
mod passages;
mod plain;
mod style;

pub use codes::Code;
pub use greetings::{Greeting, Named};
pub use images::{Image, ImageKind};
pub use links::{Link, LinkKind};
pub(crate) use markdown::letters;
pub use merge_tags::{Block, MergeTag, MergeTags};
pub use passages::{Passage, Region};

use crate::message::{Body, Message};
use crate::tags::{Dialects, scan_as};
use std::collections::HashSet;

/// Everything noticed in one draft, in the order of the draft.
#[derive(Debug, Default)]
pub struct Facts {
    /// The visible text, passage by passage, subject first.
    pub passages: Vec<Passage>,
    /// Links of every body and header.
    pub links: Vec<Link>,
    /// Images.
    pub images: Vec<Image>,
    /// Names inside the mail that a link can jump to: `id`, `<a name>`; Markdown's headings as their letters and digits.
    pub anchors: HashSet<String>,
    /// Whether `<base>` says where relative addresses begin.
    pub has_base: bool,
    /// Salutations and whom they name.
    pub greetings: Vec<Greeting>,
    /// Coupon codes that the text tells people to use.
    pub codes: Vec<Code>,
    /// Merge tags and their blocks.
    pub tags: MergeTags,
}

impl Facts {
    /// Notices everything in a draft. `esp` is the sending platform, where the user named it.
    pub fn notice(message: &Message, esp: Option<&str>) -> Self {
        let mut facts = Self::default();
        for (name, region) in [("Subject", Region::Subject), ("Preheader", Region::Preheader)] {
            facts.passages.extend(message.header(name).map(|value| Passage::plain(region, value)));
        }
        facts.links.extend(message.header("List-Unsubscribe").into_iter().flat_map(links::in_list_unsubscribe));
        for (index, body) in message.bodies.iter().enumerate() {
            let before = (facts.links.len(), facts.images.len());
            match body {
                Body::Html(html) => html::notice(html, &mut facts),
                Body::Text(text) => plain::notice(text, &mut facts),
                Body::Markdown(text) => markdown::notice(text, &mut facts),
            }
            facts.links.iter_mut().skip(before.0).for_each(|link| link.part = Some(index));
            facts.images.iter_mut().skip(before.1).for_each(|image| image.part = Some(index));
        }
        for image in &facts.images {
            if let Some(link) = image.link.and_then(|index| facts.links.get_mut(index)) {
                link.has_image = true;
            }
        }
        facts.links.extend(message.invitations.iter().flat_map(calendar::notice));
        facts.greetings = facts.passages.iter().filter_map(greetings::notice).collect();
        facts.tags = merge_tags::notice(message, esp);
        facts.mark_tagged();
        facts.codes = facts.passages.iter().flat_map(codes::notice).collect();
        facts
    }

    /// Notes which addresses hold a merge tag.
    fn mark_tagged(&mut self) {
        let dialects = self.tags.decision.as_ref().map_or(Dialects::NONE, |decision| decision.dialects);
        let is_tagged =
            |address: &str| address.contains(['{', '[', '%', '*', '$', '<', '#']) && !scan_as(address, false, dialects).is_empty();
        self.links.iter_mut().for_each(|link| link.tagged = is_tagged(&link.href));
        for image in &mut self.images {
            image.tagged = image.source.as_deref().is_some_and(|source| !source.starts_with("data:") && is_tagged(source));
        }
    }

    /// The copy: every passage that some reader sees somewhere, which a web page's title is not.
    pub fn copy(&self) -> impl Iterator<Item = &Passage> {
        self.passages.iter().filter(|passage| passage.region != Region::Title)
    }
}
