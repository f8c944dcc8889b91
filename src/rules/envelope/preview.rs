//! What inboxes show behind the subject line where there is no preheader.

use super::mailboxes::is_bulk;
use crate::facts::{Passage, Region};
use crate::message::Kind;
use crate::rule::Context;

/// Words with which headers of mails lead to the web version or out of the list, in lower case.
const HEADER_TALK: [&str; 27] = [
    "view in browser",
    "view in your browser",
    "view this email",
    "view this e-mail",
    "view online",
    "view it in your browser",
    "view as a web",
    "read online",
    "trouble viewing",
    "can't see this",
    "web version",
    "webversion",
    "im browser",
    "online ansehen",
    "online-version",
    "onlineversion",
    "nicht richtig angezeigt",
    "nicht korrekt angezeigt",
    "dans votre navigateur",
    "version en ligne",
    "en el navegador",
    "versión online",
    "nel browser",
    "versione online",
    "bekijk online",
    "no navegador",
    "unsubscribe",
];

/// The first words that a reader sees of a mail to a list that has HTML and no preheader.
pub(super) fn first_words<'a>(context: &'a Context<'_>) -> Option<&'a Passage> {
    let message = context.message;
    let is_mail = matches!(message.kind, Kind::Mail | Kind::Outlook) && message.bodies.iter().any(crate::message::Body::is_html);
    let passages = || context.facts.copy();
    // A platform may add the preheader when it sends.
    if !is_mail || !context.is_finished() || !is_bulk(context) || passages().any(|passage| passage.region == Region::Preheader) {
        return None;
    }
    let html = message.bodies.iter().find(|body| body.is_html())?.source();
    let is_seen = |passage: &&Passage| {
        matches!(passage.region, Region::Body | Region::Alt)
            && !passage.hidden
            && passage.text.chars().any(char::is_alphabetic)
            && std::sync::Arc::ptr_eq(passage.source(), html)
    };
    passages().find(is_seen)
}

/// Whether the words of a header were meant to lead somewhere, and not to be read.
pub(super) fn is_header_talk(text: &str) -> bool {
    let lower = text.to_lowercase().replace('’', "'");
    let start: String = lower.chars().take(120).collect();
    start.starts_with("http") || start.starts_with("www.") || HEADER_TALK.iter().any(|words| start.contains(words))
}
