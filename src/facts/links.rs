//! Links: where they lead and what the reader sees of them.

use crate::source::Span;

/// Where a link was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `<a href>`, MJML's buttons, Markdown's links.
    Anchor,
    /// `<area href>`.
    Area,
    /// An address written out in a plain text.
    Text,
    /// The `List-Unsubscribe` header.
    ListUnsubscribe,
}

/// One link.
#[derive(Debug, Clone)]
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
    /// Whether styles hide it.
    pub hidden: bool,
}

impl Link {
    /// A link whose address is all there is to see.
    pub(super) fn bare(kind: LinkKind, span: Span) -> Self {
        let href = span.text().trim().to_owned();
        Self { kind, text: href.clone(), href, tag: span.clone(), span, hidden: false }
    }

    /// Whether it is a web address.
    pub fn is_web(&self) -> bool {
        self.href.starts_with("http://") || self.href.starts_with("https://")
    }

    /// Whether a machine may not follow it because that acts for the reader: its words or header say so.
    pub fn is_opt_out(&self) -> bool {
        let words = format!("{} {}", self.text, self.href).to_lowercase();
        self.kind == LinkKind::ListUnsubscribe || OPT_OUT_WORDS.iter().any(|word| words.contains(word))
    }
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
        links.push(Link::bare(LinkKind::ListUnsubscribe, value.slice(start..end)));
        at = end;
    }
    links
}
