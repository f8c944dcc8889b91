//! Links: where they lead and what the reader sees of them.

use super::characters::Characters;
use super::pages::{Page, Plain};
use super::sieve::Sieve;
use crate::letters::begins;
use crate::source::Span;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};
use url::Url;

/// Where a link was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `<a href>`, MJML's and Outlook's buttons, Markdown's links.
    Anchor,
    /// `<area href>`.
    Area,
    /// An address written out in a plain text, or in HTML without a link around it.
    Text,
    /// The `List-Unsubscribe` header.
    ListUnsubscribe,
    /// `<form action>`.
    Form,
    /// A film or a sound: `<video>`, `<audio>` and their sources.
    Media,
    /// An invitation inside the mail: `text/calendar`.
    Calendar,
    /// A QR code in a picture; its place is a text of its own that leads back to the picture.
    Qr,
}

/// A key, its value, and whether the two stand behind `#`; each as its place in the address.
pub(crate) type Parameter = (Range<usize>, Range<usize>, bool);

/// One link.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own; no two exclude each other")]
pub struct Link {
    /// Where it was found.
    pub kind: LinkKind,
    /// The address, trimmed, entities replaced.
    pub href: String,
    /// The place of the address.
    pub span: Span,
    /// The place of the whole tag; of the address where there is no tag.
    pub tag: Span,
    /// The text that a reader clicks; empty for a picture.
    pub text: String,
    /// Whether a picture stands inside.
    pub has_image: bool,
    /// What screen readers say in place of the text: `aria-label` or `title`.
    pub label: String,
    /// Whether styles hide it.
    pub hidden: bool,
    /// The index of the body that it stands in; nothing for headers and invitations.
    pub part: Option<usize>,
    /// Whether only Outlook for Windows sees it: it stands in a comment `<!--[if mso]>`. Mostly it repeats another link.
    pub outlook: bool,
    /// Whether a merge tag is part of the address.
    pub tagged: bool,
    /// The address as a browser reads it; read once.
    pub(super) url: OnceLock<Option<Url>>,
    /// Where its parts stand, if it is plain; read once.
    pub(super) plain_page: OnceLock<Option<Plain>>,
    /// The kinds of characters in the address; looked up once.
    pub(super) characters: OnceLock<Characters>,
    /// Whether its words say that it ends a subscription; looked up once.
    pub(super) opt_out: OnceLock<bool>,
    /// How long the registered domain at the end of the host is, in bytes; nought where there is none. Looked up once.
    pub(super) site: OnceLock<usize>,
    /// Whether the address shows no merge tag of any dialect; looked up once.
    pub(crate) plain: OnceLock<bool>,
    /// Why the address is no address yet, where it is none; looked up once.
    pub(crate) stand_in: OnceLock<Option<&'static str>>,
    /// Keys and values of its campaign parameters, and whether they stand behind `#`; found once.
    pub(crate) campaign: OnceLock<Vec<Parameter>>,
}

impl Link {
    /// A link of which no more is known than its address and place.
    pub(super) fn new(kind: LinkKind, href: &str, span: Span, tag: Span) -> Self {
        let href = href.trim().to_owned();
        let (text, label) = (String::new(), String::new());
        let (has_image, hidden, part, outlook, tagged) = (false, false, None, false, false);
        Self {
            kind,
            href,
            span,
            tag,
            text,
            has_image,
            label,
            hidden,
            part,
            outlook,
            tagged,
            url: OnceLock::new(),
            plain_page: OnceLock::new(),
            characters: OnceLock::new(),
            opt_out: OnceLock::new(),
            site: OnceLock::new(),
            plain: OnceLock::new(),
            stand_in: OnceLock::new(),
            campaign: OnceLock::new(),
        }
    }

    /// A link whose address is all there is to see.
    pub(super) fn bare(kind: LinkKind, span: &Span) -> Self {
        let link = Self::new(kind, span.text(), span.clone(), span.clone());
        Self { text: link.href.clone(), ..link }
    }

    /// Whether it is a web address.
    pub fn is_web(&self) -> bool {
        begins(&self.href, "http://") || begins(&self.href, "https://")
    }

    /// The kinds of characters in its address.
    pub(crate) fn characters(&self) -> Characters {
        *self.characters.get_or_init(|| Characters::of(&self.href))
    }

    /// The address as a browser reads it, if it is a web address whose host is written out in full.
    pub fn url(&self) -> Option<&Url> {
        self.url.get_or_init(|| web_address(&self.href)).as_ref()
    }

    /// The parts of the same.
    pub(crate) fn page(&self) -> Option<Page<'_>> {
        self.plain_page().map(|plain| plain.page(&self.href)).or_else(|| self.url().map(Page::of))
    }

    fn plain_page(&self) -> Option<&Plain> {
        self.plain_page.get_or_init(|| Plain::read(&self.href, self.characters())).as_ref()
    }

    /// The host, lower case, without a dot at its end; names only, no numbers.
    pub fn host(&self) -> Option<&str> {
        match self.plain_page() {
            Some(plain) => plain.host(&self.href),
            None => self.url()?.domain().map(|host| host.trim_end_matches('.')),
        }
    }

    /// The domain that somebody registered: `shop.example.co.uk` gives `example.co.uk`.
    pub fn site(&self) -> Option<&str> {
        let host = self.host()?;
        let length = *self.site.get_or_init(|| psl::domain_str(host).map_or(0, str::len));
        host.get(host.len() - length..).filter(|site| !site.is_empty())
    }

    /// Whether one of these words, in lower case, is in what a reader may see of it: in its text, or in the address behind that.
    pub(crate) fn says(&self, words: &Sieve) -> bool {
        // No word goes on from a text into an address of the web.
        if self.text.is_ascii() && self.href.is_ascii() && self.is_web() {
            return words.is_met(&self.text) || words.is_met(&self.href);
        }
        words.is_said(&format!("{} {}", self.text, self.href))
    }

    /// Whether a machine may not follow it because that acts for the reader: its words or header say so.
    pub fn is_opt_out(&self) -> bool {
        *self.opt_out.get_or_init(|| self.kind == LinkKind::ListUnsubscribe || self.says(&OPT_OUT))
    }
}

static OPT_OUT: LazyLock<Sieve> = LazyLock::new(|| Sieve::new(OPT_OUT_WORDS.into_iter()));

/// The address as a browser reads it, if its host is a name or number and no merge tag.
fn web_address(href: &str) -> Option<Url> {
    let url = Url::parse(href).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':' | b'[' | b']')).then_some(url)
}

/// The numbers of all links behind that of their address: together those with the same one, in the order of the draft; those
/// that only Outlook sees behind the others.
pub(super) fn by_address(links: &[Link]) -> Vec<(usize, usize)> {
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    known.reserve(links.len());
    let mut address = |link| {
        let next = known.len();
        *known.entry(link).or_insert(next)
    };
    let mut numbers: Vec<(usize, usize)> = links.iter().enumerate().map(|(number, link)| (address(link.href.as_str()), number)).collect();
    numbers.sort_by_key(|(address, number)| (*address, links.get(*number).is_some_and(|link| link.outlook)));
    numbers
}

/// Words of links that end a subscription or change preferences, in the languages of the sender's world.
const OPT_OUT_WORDS: [&str; 24] = [
    "unsubscribe",
    "unsub",
    "opt-out",
    "optout",
    "opt out",
    "preferences",
    "list-manage",
    "abmelde",
    "abbestell",
    "austragen",
    "désabonn",
    "desabonn",
    "désinscri",
    "desinscri",
    "darse de baja",
    "cancelar suscripción",
    "baja",
    "disiscri",
    "annulla iscrizione",
    "cancellati",
    "uitschrijv",
    "afmelden",
    "cancelar inscrição",
    "wypisz",
];

/// The addresses of a `List-Unsubscribe` header: each in its angle brackets.
pub(super) fn in_list_unsubscribe(value: &Span) -> Vec<Link> {
    let text = value.text();
    let mut links = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|offset| at + offset + 1) {
        let Some(end) = text[start..].find('>').map(|offset| start + offset) else { break };
        links.push(Link::bare(LinkKind::ListUnsubscribe, &value.slice(start..end)));
        at = end;
    }
    links
}
