//! What rules look at, noticed once: passages of visible text, links, images, greetings, codes.

mod codes;
mod greetings;
mod html;
mod images;
mod links;
mod markdown;
mod merge_tags;
mod passages;
mod plain;

pub use codes::Code;
pub use greetings::{Greeting, Named};
pub use images::Image;
pub use links::{Link, LinkKind};
pub use merge_tags::{Block, MergeTag, MergeTags};
pub use passages::{Passage, Region};

use crate::message::{Body, Message};
use std::collections::BTreeSet;

/// Everything noticed in one draft, in the order of the draft.
#[derive(Debug, Default)]
pub struct Facts {
    /// The visible text, passage by passage, subject first.
    pub passages: Vec<Passage>,
    /// Links of every body and header.
    pub links: Vec<Link>,
    /// Images.
    pub images: Vec<Image>,
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
        for body in &message.bodies {
            match body {
                Body::Html(html) => html::notice(html, &mut facts),
                Body::Text(text) => plain::notice(text, &mut facts),
                Body::Markdown(text) => markdown::notice(text, &mut facts),
            }
        }
        facts.greetings = facts.passages.iter().filter_map(greetings::notice).collect();
        facts.tags = merge_tags::notice(message, esp);
        facts.codes = facts.passages.iter().flat_map(codes::notice).collect();
        facts
    }

    /// Every web address that a reader may open or a mail program fetches: links and pictures, each once, sorted.
    pub fn addresses(&self) -> BTreeSet<&str> {
        let links = self.links.iter().filter(|link| link.is_web()).map(|link| link.href.as_str());
        links.chain(self.images.iter().filter_map(Image::web_source)).collect()
    }

    /// The copy: every passage that some reader sees somewhere, which a web page's title is not.
    pub fn copy(&self) -> impl Iterator<Item = &Passage> {
        self.passages.iter().filter(|passage| passage.region != Region::Title)
    }
}
