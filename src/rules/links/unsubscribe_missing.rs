//! A mail to a list without a way out.

use super::group::place;
use crate::facts::{Facts, Link};
use crate::finding::{Finding, Severity};
use crate::message::Kind;
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::MessageType;
use crate::tags::{Kind as TagKind, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unsubscribe-missing",
    severity: Severity::Block,
    summary: "A mail to a list has no unsubscribe link, or hides it",
    repair: Repair::StopSending,
    page: include_str!("unsubscribe_missing.md"),
    check: Check::Draft(check),
};

/// Words by which a mail says how to leave its list, in lower case.
const WAYS_OUT: [&str; 42] = [
    "unsubscrib",
    "opt out",
    "opt-out",
    "optout",
    "remove me",
    "be removed",
    "remove yourself",
    "no longer wish",
    "no longer want",
    "stop receiving",
    "email preferences",
    "manage your preferences",
    "update your preferences",
    "manage preferences",
    "mailing list",
    "signoff",
    "sign off",
    "cancel your subscription",
    "leave this list",
    "abmeld",
    "abbestell",
    "austragen",
    "newsletter kündigen",
    "désabonn",
    "désinscri",
    "ne plus recevoir",
    "darse de baja",
    "dar de baja",
    "cancelar suscripción",
    "dejar de recibir",
    "disiscri",
    "annulla iscrizione",
    "cancellarsi",
    "uitschrijv",
    "afmeld",
    "cancelar inscrição",
    "descadastr",
    "wypisz",
    "rezygn",
    "odhlás",
    "avprenumerera",
    "avregistrer",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !must_have_one(context) {
        return Vec::new();
    }
    let facts = context.facts;
    if let Some(link) = only_hidden(facts) {
        let finding = Finding::new(place(link), "the unsubscribe link is there, but styles hide it from the reader");
        return vec![finding.help("show it, in a size and colour that people can read")];
    }
    if has_way_out(facts) {
        return Vec::new();
    }
    let finding = Finding::new(context.headline(), "nothing in this mail says how to get off the list");
    vec![finding.help("add an unsubscribe link to the footer, as the law asks in most countries")]
}

/// Whether the mail goes to a list, as far as the user or its headers say, and is whole.
fn must_have_one(context: &Context<'_>) -> bool {
    let message = context.message;
    let is_bulk = context.is_finished()
        && message.kind == Kind::Mail
        && ["List-Id", "Feedback-ID", "X-Campaign", "X-CampaignID", "X-Mailer-RecptId"].iter().any(|name| message.header(name).is_some())
        && message.header("List-Post").is_none();
    match context.settings.kind {
        Some(MessageType::Newsletter | MessageType::Promotion) => context.is_whole(),
        Some(_) => false,
        None => is_bulk,
    }
}

fn has_way_out(facts: &Facts) -> bool {
    facts.links.iter().any(Link::is_opt_out)
        || facts.tags.tags.iter().any(|tag| matches!(tag.tag.kind, TagKind::System(Role::Unsubscribe | Role::Preferences)))
        || facts.passages.iter().any(|passage| {
            let text = passage.text.to_lowercase();
            WAYS_OUT.iter().any(|words| text.contains(words))
        })
        || facts.tags.tags.iter().any(|tag| tag.tag.inside.to_lowercase().contains("unsub"))
}

/// The unsubscribe link, if all of them are hidden.
fn only_hidden(facts: &Facts) -> Option<&Link> {
    let mut ways = facts.links.iter().filter(|link| link.part.is_some() && link.is_opt_out()).peekable();
    let first = *ways.peek()?;
    ways.all(|link| link.hidden).then_some(first)
}
