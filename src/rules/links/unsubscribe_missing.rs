//! A mail to a list without a way out.

use super::dead_link::name_of;
use super::group::place;
use crate::facts::{Facts, Link, LinkKind, Sieve};
use crate::finding::{Finding, Severity};
use crate::message::Kind;
use crate::rule::{Check, Context, Need, Repair, Rule};
use crate::settings::MessageType;
use crate::tags::{Kind as TagKind, Role};
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unsubscribe-missing",
    severity: Severity::Block,
    summary: "A mail to a list has no unsubscribe link, or hides it",
    repair: Repair::StopSending,
    page: include_str!("unsubscribe_missing.md"),
    check: Check::Telling(check),
};

/// Words by which a mail says how to leave its list, in lower case.
#[rustfmt::skip]
const WAYS_OUT: [&str; 170] = [
    "unsubscrib", "opt out", "opt-out", "optout", "remove me", "be removed", "remove yourself", "no longer wish", "no longer want",
    "stop receiving", "email preferences", "manage your preferences", "update your preferences", "manage preferences", "mailing list",
    "signoff", "sign off", "cancel your subscription", "leave this list", "abmeld", "abbestell", "austragen", "newsletter kündigen",
    "désabonn", "désinscri", "darse de baja", "dar de baja", "cancelar suscripción", "dejar de recibir", "disiscri",
    "annulla iscrizione", "cancellarsi", "uitschrijv", "afmeld", "cancelar inscrição", "descadastr", "wypisz", "rezygn", "odhlás",
    "avprenumerera", "avregistrer", "do not wish to receive", "don't wish to receive", "don’t wish to receive",
    "do not want to receive", "don't want to receive", "don’t want to receive", "not want to hear", "stop getting", "reply stop",
    "reply with stop", "reply \"stop", "reply “stop", "take me off", "leave the list", "change your preferences",
    "subscription preferences", "communication preferences", "email settings", "notification settings", "manage subscription",
    "manage your subscription", "abzumeld", "abzubestell", "melde dich ab", "melde dich hier ab", "melden sie sich ab",
    "melden sie sich hier ab", "trage dich aus", "tragen sie sich aus", "nicht mehr erhalten", "keine e-mails mehr",
    "keine mails mehr", "keine newsletter mehr", "keinen newsletter mehr", "gérer vos préférences", "gérer mes préférences",
    "résilier", "date de baja", "dese de baja", "darte de baja", "darme de baja", "cancelar la suscripción", "cancelar tu suscripción",
    "cancelar su suscripción", "cancela tu suscripción", "anular la suscripción", "anular suscripción", "desuscrib",
    "no deseas recibir", "no desea recibir", "no quieres recibir", "no quiere recibir", "annulla l'iscrizione", "annulla l’iscrizione",
    "annullare l'iscrizione", "annullare l’iscrizione", "annulla la tua iscrizione", "cancella iscrizione", "cancella l'iscrizione",
    "cancella l’iscrizione", "cancella la tua iscrizione", "uit te schrijven", "schrijf je uit", "schrijf u uit",
    "schrijf je hier uit", "af te melden", "meld je af", "meld u af", "niet meer ontvangen", "geen e-mails meer", "cancelar subscri",
    "cancelar a subscri", "cancelar a sua subscri", "cancelar a inscri", "cancelar sua inscri", "anular a subscri", "anular subscri",
    "deixar de receber", "não deseja receber", "não quer receber", "não quiser receber", "sair da lista", "anuluj subskrypcj",
    "nie chcesz otrzymywać", "ne plus recevoir", "souhaitez plus recevoir", "souhaites plus recevoir", "voulez plus recevoir",
    "non ricevere più", "non desideri più ricevere", "non vuoi più ricevere", "cancele a sua inscri", "cancele a inscri",
    "cancele sua inscri", "cancele a sua subscri", "(un)subscri", "(un)-subscri", "peru tila", "peruuta", "poistu listalta", "lopeta tilau", "meld deg av", "avmeld",
    "frameld", "leiratkoz", "dezabon", "abonelik", "aboneliğ", "listeden çık", "διαγραφ", "απεγγραφ", "отпис", "відпис", "配信停止",
    "配信解除", "購読解除", "購読停止", "退订", "退訂", "取消订阅", "取消訂閱", "수신거부", "수신 거부", "구독 취소", "구독취소",
    "إلغاء الاشتراك", "הסרה מרשימת", "להסרה", "ביטול הרשמה",
];

static WAY_OUT: LazyLock<Sieve> = LazyLock::new(|| Sieve::new(WAYS_OUT.into_iter()));

fn check(context: &Context<'_>) -> Result<Vec<Finding>, Need> {
    let facts = context.facts;
    if let Some(link) = facts.links.iter().find(|link| is_behind_login(link)) {
        let finding = Finding::new(place(link), format!("{} asks for a login before it lets people off the list", name_of(link)));
        return Ok(vec![finding.help("link to a page that takes people off without a login, as the law asks in most countries")]);
    }
    let hidden = only_hidden(facts);
    if let Some(link) = hidden.filter(|_| must_have_one(context) && context.is_complete() || context.is_whole()) {
        let finding = Finding::new(place(link), "the unsubscribe link is there, but styles hide it from the reader");
        return Ok(vec![finding.help("show it, in a size and colour that people can read")]);
    }
    if !must_have_one(context) || hidden.is_none() && has_way_out(facts) {
        return Ok(Vec::new());
    }
    if context.is_foreign() {
        return Err(Need::Language);
    }
    if !context.is_complete() {
        return Err(Need::Footer);
    }
    let finding = Finding::new(context.headline(), "nothing in this mail says how to get off the list");
    Ok(vec![finding.help("add an unsubscribe link to the footer, as the law asks in most countries")])
}

/// Whether the mail goes to a list, as far as the user or its headers say.
fn must_have_one(context: &Context<'_>) -> bool {
    let message = context.message;
    let is_bulk = context.is_finished()
        && message.kind == Kind::Mail
        && ["List-Id", "Feedback-ID", "X-Campaign", "X-CampaignID", "X-Mailer-RecptId"].iter().any(|name| message.header(name).is_some())
        && !["List-Post", "X-BeenThere", "X-Mailman-Version"].iter().any(|name| message.header(name).is_some());
    match context.settings.kind {
        Some(MessageType::Newsletter | MessageType::Promotion) => true,
        Some(_) => false,
        None => is_bulk,
    }
}

fn has_way_out(facts: &Facts) -> bool {
    facts.links.iter().any(Link::is_opt_out)
        || facts.tags.tags.iter().any(|tag| matches!(tag.tag.kind, TagKind::System(Role::Unsubscribe | Role::Preferences)))
        || facts.passages.iter().any(|passage| WAY_OUT.is_said(&passage.text))
        || facts.tags.tags.iter().any(|tag| tag.tag.inside.to_lowercase().contains("unsub"))
}

/// `/login?next=/unsubscribe`: whoever has forgotten the password stays on the list, or reports spam. In the United States
/// nothing but an address may be asked for (<https://www.ecfr.gov/current/title-16/section-316.5>).
fn is_behind_login(link: &Link) -> bool {
    let Some(page) = Some(link).filter(|link| link.is_opt_out()).and_then(Link::page) else { return false };
    let mut parts = page.segments().map(str::to_ascii_lowercase);
    parts.any(|part| matches!(part.as_str(), "login" | "log-in" | "signin" | "sign-in" | "wp-login.php" | "anmelden" | "connexion"))
}

/// The unsubscribe link, if all of them are hidden.
fn only_hidden(facts: &Facts) -> Option<&Link> {
    let is_way = |link: &&Link| link.part.is_some() && link.kind != LinkKind::Form && link.is_opt_out();
    let mut ways = facts.links.iter().filter(is_way).peekable();
    let first = *ways.peek()?;
    ways.all(|link| link.hidden).then_some(first)
}
