//! What rules look at, noticed once: passages of visible text, links, images, greetings, codes, amounts, dates.

mod based;
mod calendar;
mod characters;
mod codes;
mod collector;
mod greetings;
mod html;
mod images;
mod links;
mod markdown;
mod merge_tags;
mod offers;
mod pages;
mod passages;
mod pictures;
mod plain;
mod salutations;
mod shown;
mod sieve;
mod srcset;
mod stand_ins;
mod style;
mod words;

pub(crate) use characters::{Characters, TAG_SIGNS};
pub use codes::Code;
pub(crate) use greetings::is_first_name;
pub use greetings::{Greeting, Named};
pub use images::{Image, ImageKind};
pub use links::{Link, LinkKind};
pub(crate) use markdown::letters;
pub use merge_tags::{Block, MergeTag, MergeTags};
pub use offers::{Amount, Date};
pub(crate) use pages::Page;
pub use passages::{Passage, Region};
pub(crate) use salutations::is_salutation;
pub(crate) use sieve::Sieve;
pub use stand_ins::StandIn;
pub use words::Word;

use crate::message::html::Html;
use crate::message::{Body, Message};
use crate::offers::Language;
use crate::settings::Settings;
use crate::source::Span;
use crate::tags::{Dialects, scan_as};
use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, OnceLock};

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
    /// Words that were to be replaced by hand.
    pub stand_ins: Vec<StandIn>,
    /// Coupon codes that the text tells people to use.
    pub codes: Vec<Code>,
    /// Merge tags and their blocks.
    pub tags: MergeTags,
    /// The language of the mail as a whole; English where nothing tells.
    pub language: Option<Language>,
    /// The same, as far as the user, the markup or the words tell it.
    pub told_language: Option<Language>,
    /// Percentages and prices, in the order of the passages.
    pub amounts: Vec<Amount>,
    /// Dates and deadlines, in the order of the passages.
    pub dates: Vec<Date>,
    /// What many rules ask for, worked out once.
    memo: Memo,
}

#[derive(Debug, Default)]
struct Memo {
    by_address: OnceLock<Vec<(usize, usize)>>,
    literal_images: OnceLock<Vec<usize>>,
    main_site: OnceLock<Option<String>>,
    marked_copy: OnceLock<Vec<usize>>,
}

impl Facts {
    /// Notices everything in a draft. The settings may name the sending platform and the mail's language.
    pub fn notice(message: &Message, settings: &Settings) -> Self {
        Self::notice_beside(message, settings, &|_| None)
    }

    /// The same, with the pictures that lie beside the draft: `beside` gives the bytes behind a relative path.
    pub fn notice_beside(message: &Message, settings: &Settings, beside: &dyn Fn(&str) -> Option<Vec<u8>>) -> Self {
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
        message.amp.iter().for_each(|amp| facts.notice_amp(amp));
        facts.links.extend(message.invitations.iter().flat_map(calendar::notice));
        pictures::notice(message, beside, &mut facts);
        facts.greetings = facts.passages.iter().filter_map(greetings::notice).collect();
        facts.stand_ins = facts.passages.iter().flat_map(stand_ins::notice).collect();
        facts.tags = merge_tags::notice(message, settings.esp.as_deref());
        facts.mark_tagged();
        facts.codes = codes::notice(&facts.passages, &facts.links);
        facts.told_language = settings.language.or_else(|| offers::language(message, &facts.passages));
        let language = facts.told_language.unwrap_or(Language::English);
        (facts.amounts, facts.dates) = offers::notice(&facts.passages, settings.language, language);
        facts.language = Some(language);
        facts
    }

    /// What few programs show in place of the HTML part says the same: its links and pictures count, its text does not.
    fn notice_amp(&mut self, amp: &Html) {
        let mut found = Self::default();
        html::notice(amp, &mut found);
        let before = self.links.len();
        self.anchors.extend(found.anchors);
        self.links.extend(found.links);
        self.images.extend(found.images.into_iter().map(|image| Image { link: image.link.map(|link| link + before), ..image }));
    }

    /// Adds the addresses in the QR codes of hosted pictures, which only their bytes could tell; `codes` gives what stands
    /// in the codes of the picture at an address.
    pub fn add_codes<'a>(&mut self, codes: impl Fn(&str) -> Option<&'a [String]>) {
        let found: Vec<Link> = pictures::distinct(&self.images)
            .filter_map(|image| Some((image, codes(image.web_source()?)?)))
            .flat_map(|(image, codes)| pictures::links(image, codes))
            .collect();
        self.links.extend(found);
        self.memo = Memo::default();
        self.mark_tagged();
    }

    /// The links with the same address, in the order of the draft; those that only Outlook sees behind the others. Each as the number
    /// of the address and its own.
    pub(crate) fn links_by_address(&self) -> impl Iterator<Item = &[(usize, usize)]> {
        self.memo.by_address.get_or_init(|| links::by_address(&self.links)).chunk_by(|(one, _), (other, _)| one == other)
    }

    /// The numbers of pictures that stand in the draft as readers will get them, each address once; `find` finds them where they
    /// are asked for the first time.
    pub(crate) fn literal_images(&self, find: impl FnOnce() -> Vec<usize>) -> &[usize] {
        self.memo.literal_images.get_or_init(find)
    }

    /// The registered domain that most of the links lead to, which `find` finds in them where it is asked for the first time.
    pub(crate) fn main_site(&self, find: impl FnOnce(&[Link]) -> Option<String>) -> Option<&str> {
        self.memo.main_site.get_or_init(|| find(&self.links)).as_deref()
    }

    /// The passages of the copy that are `marked`, of which there are few; who asks later gets what was found first.
    pub(crate) fn marked_copy(&self, marked: impl Fn(&Passage) -> bool) -> impl Iterator<Item = &Passage> {
        let is_copy = |passage: &Passage| passage.region != Region::Title;
        let find = || (0..self.passages.len()).filter(|at| self.passages.get(*at).is_some_and(|one| is_copy(one) && marked(one))).collect();
        self.memo.marked_copy.get_or_init(find).iter().filter_map(|at| self.passages.get(*at))
    }

    /// Every web address that a reader may open or a mail program fetches: links and pictures, each once, sorted.
    pub fn addresses(&self) -> BTreeSet<&str> {
        let links = self.links.iter().filter(|link| link.is_web()).map(|link| link.href.as_str());
        links.chain(self.images.iter().filter_map(Image::web_source)).collect()
    }

    /// Whether words stand inside the words of a link in Markdown, as the title of what it leads to.
    pub(crate) fn is_in_title(&self, words: &Span) -> bool {
        let is_around = |link: &Link| {
            let tag = &link.tag;
            Arc::ptr_eq(&tag.source, &words.source) && tag.start < words.start && words.end <= tag.end && tag.text().starts_with('[')
        };
        self.links.iter().any(|link| is_around(link) && link.text.len() > words.text().len())
    }

    /// Whether there is any such address.
    pub fn has_addresses(&self) -> bool {
        self.links.iter().any(Link::is_web) || self.images.iter().any(|image| image.web_source().is_some())
    }

    /// Notes which addresses hold a merge tag.
    fn mark_tagged(&mut self) {
        let dialects = self.tags.decision.as_ref().map_or(Dialects::NONE, |decision| decision.dialects);
        let is_tagged = |address: &str| !scan_as(address, false, dialects).is_empty();
        self.links.iter_mut().for_each(|link| link.tagged = link.characters().has(TAG_SIGNS) && is_tagged(&link.href));
        for image in &mut self.images {
            let source = image.source.as_deref().filter(|source| !source.starts_with("data:") && Characters::of(source).has(TAG_SIGNS));
            image.tagged = source.is_some_and(is_tagged);
        }
    }

    /// The copy: every passage that some reader sees somewhere, which a web page's title is not.
    pub fn copy(&self) -> impl DoubleEndedIterator<Item = &Passage> {
        self.passages.iter().filter(|passage| passage.region != Region::Title)
    }
}
