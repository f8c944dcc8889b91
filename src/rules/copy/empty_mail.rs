//! A mail without a text.

use crate::facts::Region;
use crate::finding::{Finding, Severity};
use crate::message::html::filled;
use crate::message::{Body, Kind};
use crate::rule::{Check, Context, Repair, Rule};
use scraper::ElementRef;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "empty-mail",
    severity: Severity::Block,
    summary: "The mail has next to nothing in it",
    repair: Repair::Nothing,
    page: include_str!("empty_mail.md"),
    check: Check::Draft(check),
};

/// Fewest letters and figures of a mail, in all its parts; "See you at 8!" has nine.
const FEWEST: usize = 8;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let message = context.message;
    let facts = context.facts;
    // A part of a template, or one whose body could not be read, says nothing about the whole.
    let is_mail = matches!(message.kind, Kind::Mail | Kind::Outlook) && message.header("From").is_some();
    if !(is_mail || context.is_whole())
        || !message.unread.is_empty()
        || !facts.images.is_empty()
        || !facts.tags.tags.is_empty()
        || !message.attachments.is_empty()
        || message.bodies.iter().any(is_put_together)
    {
        return Vec::new();
    }
    let seen = facts.copy().filter(|passage| !passage.hidden && passage.region == Region::Body);
    let letters: usize = seen.map(|passage| passage.text.chars().filter(|c| c.is_alphanumeric()).count()).sum();
    if letters >= FEWEST {
        return Vec::new();
    }
    let said = if letters == 0 { "the mail is empty" } else { "the mail has next to nothing in it" };
    vec![Finding::new(context.headline(), said).help("check that the right version was exported, with its content")]
}

/// Whether other pieces take the place of elements of a page.
fn is_put_together(body: &Body) -> bool {
    let Body::Html(html) = body else { return false };
    filled::has_any(html.source().text())
        && html.root().descendants().filter_map(ElementRef::wrap).any(|element| filled::will_say(element.value()))
}
