//! The mailboxes that a header names, and whether a draft goes to a list.

use crate::message::Kind;
use crate::rule::Context;
use crate::settings::MessageType;
use crate::source::Span;

/// One mailbox of a header.
pub(in crate::rules) struct Mailbox {
    /// The address: `hello@shop.example`.
    pub(in crate::rules) address: Span,
    /// Its domain, lower case.
    pub(in crate::rules) domain: String,
}

impl Mailbox {
    /// The part before the `@`, lower case.
    pub(in crate::rules) fn local(&self) -> String {
        self.address.text().split('@').next().unwrap_or_default().to_lowercase()
    }

    /// The domain that somebody registered.
    pub(in crate::rules) fn site(&self) -> &str {
        psl::domain_str(&self.domain).unwrap_or(&self.domain)
    }
}

/// The mailboxes of a header in their order; merge tags are none.
pub(in crate::rules) fn mailboxes(value: &Span) -> Vec<Mailbox> {
    let mut found = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in value.text().char_indices().chain([(value.text().len(), ',')]) {
        match c {
            '"' => quoted = !quoted,
            ',' | ';' if !quoted || at == value.text().len() => {
                found.extend(mailbox(value, start, at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// The mailbox between two commas: what stands in angle brackets, or the word with an `@`.
fn mailbox(value: &Span, start: usize, end: usize) -> Option<Mailbox> {
    let piece = value.text().get(start..end)?;
    let (at, address) = if let Some(open) = piece.rfind('<') {
        let inside = piece.get(open + 1..)?;
        (open + 1, inside.split('>').next().unwrap_or(inside))
    } else {
        // Alone, or inside of the quotation marks and brackets of JSON.
        let sign = piece.find('@')?;
        let edge = |c: char| c.is_whitespace() || matches!(c, '"' | '[' | ']' | '{' | '}' | ':' | '(' | ')');
        let start = piece.get(..sign)?.rfind(edge).map_or(0, |at| at + 1);
        let end = piece.get(sign..)?.find(edge).map_or(piece.len(), |at| sign + at);
        (start, piece.get(start..end)?)
    };
    let (local, domain) = address.split_once('@')?;
    let plain = |c: char| !c.is_whitespace() && !matches!(c, '{' | '}' | '%' | '|' | '[' | ']' | '<' | '>' | '@');
    let is_address = !local.is_empty() && local.chars().all(plain) && domain.contains('.') && domain.chars().all(plain);
    let address = is_address.then(|| value.slice(start + at..start + at + address.len()))?;
    Some(Mailbox { domain: domain.trim_end_matches('.').to_lowercase(), address })
}

/// Headers that programs for mass mail write.
const BULK_HEADERS: [&str; 5] = ["List-Unsubscribe", "Feedback-ID", "X-Campaign", "X-CampaignID", "X-Mailer-RecptId"];

/// Whether a draft goes to a list, as far as the user or its own headers say. Discussions on a mailing list are none.
pub(in crate::rules) fn is_bulk(context: &Context<'_>) -> bool {
    if let Some(kind) = context.settings.kind {
        return kind != MessageType::Service;
    }
    let message = context.message;
    message.kind == Kind::Mail && message.header("List-Post").is_none() && BULK_HEADERS.iter().any(|name| message.header(name).is_some())
}

/// Whether a business sends it, as far as is known: it goes to a list, or the user said what kind of mail it is.
pub(in crate::rules) fn is_business(context: &Context<'_>) -> bool {
    context.settings.kind.is_some() || is_bulk(context)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn mailboxes_are_found_between_names_and_tags() {
        let found =
            |text: &str| mailboxes(&Source::file("a", text).whole()).iter().map(|one| one.address.text().to_owned()).collect::<Vec<_>>();
        assert_eq!(found("\"Lee, Ann\" <ann@a.example>, b@b.example; <c@c.example>"), ["ann@a.example", "b@b.example", "c@c.example"]);
        assert_eq!(found("*|EMAIL|*, {{ to }}, undisclosed-recipients:;"), [] as [&str; 0]);
        assert_eq!(found("\"open <x@y.example"), ["x@y.example"]);
        assert_eq!(found("[{\"email\": \"a@a.example\", \"name\": \"Ann\"}, \"b@b.example\"]"), ["a@a.example", "b@b.example"]);
    }
}
