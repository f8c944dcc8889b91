//! Images: what they show, what stands for them, how large they are meant to be.

use super::characters::Characters;
use super::pages::{Page, Plain, plain_host};
use super::sieve::Sieve;
use crate::letters::begins;
use crate::pictures::ImageFacts;
use crate::source::Span;
use std::sync::{Arc, LazyLock, OnceLock};
use url::Url;

/// What an image is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImageKind {
    /// A picture of its own: `<img src>`, MJML's and Markdown's pictures.
    Picture,
    /// The same picture in another size: `srcset`.
    Candidate,
    /// Behind or beside other content: `background`, `url()` in styles, Outlook's fills, MJML's social icons.
    Background,
    /// What a film shows before it plays.
    Poster,
}

/// One image of an HTML or Markdown body.
#[derive(Debug, Clone)]
pub struct Image {
    /// What it is for.
    pub kind: ImageKind,
    /// Where it is fetched from, trimmed; nothing if the tag has no source.
    pub source: Option<String>,
    /// The place of the source, or of the tag if there is none.
    pub span: Span,
    /// The whole tag.
    pub tag: Span,
    /// The text that stands for it.
    pub alt: Option<String>,
    /// Width and height in pixels, as written in attributes or in its own style.
    pub size: (Option<u32>, Option<u32>),
    /// The index of the link around it.
    pub link: Option<usize>,
    /// Whether styles hide it.
    pub hidden: bool,
    /// The index of the body that it stands in.
    pub part: Option<usize>,
    /// Whether only Outlook for Windows sees it: it stands in a comment `<!--[if mso]>`.
    pub outlook: bool,
    /// Whether a merge tag is part of its address.
    pub tagged: bool,
    /// What its bytes say, where they are at hand: it stands in the mail, in the draft's archive or beside the draft.
    pub file: Option<Arc<ImageFacts>>,
    /// Looked up once.
    pub(super) spacer: OnceLock<bool>,
    /// Read once.
    pub(super) url: OnceLock<Option<Url>>,
}

/// Parts of file names of pictures that hold nothing to see.
const EMPTY_NAMES: [&str; 15] = [
    "spacer",
    "pixel",
    "blank.",
    "blank_",
    "clear.gif",
    "transparent",
    "1x1",
    "shim",
    "trans.gif",
    "dot.gif",
    "dot_clear",
    "space.gif",
    "divider",
    "shadow",
    "border",
];

static EMPTY: LazyLock<Sieve> = LazyLock::new(|| Sieve::new(EMPTY_NAMES.into_iter()));

/// A picture with a side no longer than this, in pixels, is a line or a gap.
const THINNEST: u32 = 5;

impl Image {
    /// An image of which no more is known than its source and place.
    pub(super) fn new(kind: ImageKind, source: Option<&str>, span: Span, tag: Span) -> Self {
        let source = source.map(|source| source.trim().to_owned());
        let (alt, size, link, hidden, part, outlook, tagged, file) = (None, (None, None), None, false, None, false, false, None);
        let (spacer, url) = (OnceLock::new(), OnceLock::new());
        Self { kind, source, span, tag, alt, size, link, hidden, part, outlook, tagged, file, spacer, url }
    }

    /// Whether it holds its place only: counting pixels, gaps, lines.
    pub fn is_spacer(&self) -> bool {
        *self.spacer.get_or_init(|| self.holds_a_place())
    }

    fn holds_a_place(&self) -> bool {
        let thin = |side: Option<u32>| side.is_some_and(|side| side <= THINNEST);
        let name = || {
            self.source.as_deref().filter(|source| !source.starts_with("data:")).map(|source| {
                let path = source.split(['?', '#']).next().unwrap_or(source);
                path.rsplit('/').next().unwrap_or(path)
            })
        };
        thin(self.size.0) || thin(self.size.1) || name().is_some_and(|name| EMPTY.is_met(name))
    }

    /// Whether its bytes stand in the mail itself: `cid:` or `data:`. Nothing about it can be changed after the send.
    pub fn is_inside(&self) -> bool {
        self.source.as_deref().is_some_and(|source| source.starts_with("cid:") || source.starts_with("data:"))
    }
}

impl Image {
    /// The name of the site that it is fetched from, in lower case.
    pub(crate) fn domain(&self) -> Option<&str> {
        self.source.as_deref().and_then(plain_host).or_else(|| self.url()?.domain())
    }

    /// The parts of its web address.
    pub(crate) fn page(&self) -> Option<Page<'_>> {
        let source = self.source.as_deref()?;
        let plain = Plain::read(source, Characters::of(source));
        plain.map(|plain| plain.page(source)).or_else(|| self.url().filter(|url| matches!(url.scheme(), "http" | "https")).map(Page::of))
    }

    /// Its web address as a browser reads it.
    pub fn url(&self) -> Option<&Url> {
        let source = self.source.as_deref().filter(|source| !source.starts_with("data:"));
        self.url.get_or_init(|| source.and_then(|source| Url::parse(source).ok())).as_ref()
    }

    /// The address from which it is fetched, if it is one on the web.
    pub fn web_source(&self) -> Option<&str> {
        self.source.as_deref().filter(|source| begins(source, "http://") || begins(source, "https://"))
    }
}
