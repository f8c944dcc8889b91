//! A promise of the subject line that the mail does not keep.

use crate::facts::{Amount, Image, ImageKind, Region};
use crate::finding::{Finding, Severity};
use crate::offers::Worth;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "subject-promise-missing",
    severity: Severity::Warn,
    summary: "The subject line promises a number, a price or free delivery that the mail does not mention",
    repair: Repair::Nothing,
    page: include_str!("subject_promise_missing.md"),
    check: Check::Draft(check),
};

/// What counts as a mention of what it costs to send something, in lower case; and how free sending is promised.
const DELIVERY: [&str; 14] = [
    "shipping",
    "delivery",
    "postage",
    "versand",
    "lieferung",
    "porto",
    "livraison",
    "envío",
    "envio",
    "spedizione",
    "consegna",
    "verzend",
    "bezorg",
    "entrega",
];

/// Words that make sending free, in lower case.
const FREE: [&str; 9] = ["free", "kostenlos", "gratis", "gratuit", "frei", "offert", "grátis", "gratuita", "portes"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let facts = context.facts;
    if context.message.subject().is_none() || is_unreadable(context) {
        return Vec::new();
    }
    let is_top = |passage: usize| facts.passages.get(passage).is_some_and(|passage| passage.region == Region::Subject);
    let body: String = facts
        .copy()
        .filter(|passage| matches!(passage.region, Region::Body | Region::Alt))
        .map(|passage| passage.text.to_lowercase() + "\n")
        .collect();
    if body.trim().is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    // Of another percentage in the body, `two-discounts` speaks.
    let is_percent = |amount: &Amount| matches!(amount.told.worth, Worth::Percent(_));
    let has_other = facts.amounts.iter().any(|amount| !is_top(amount.passage) && is_percent(amount));
    for amount in facts.amounts.iter().filter(|amount| is_top(amount.passage) && !(has_other && is_percent(amount))) {
        let digits: String = amount.words.chars().filter(char::is_ascii_digit).collect();
        let body_digits = || body.chars().filter(|c| c.is_ascii_digit() || c.is_whitespace());
        if !digits.is_empty() && !body_digits().collect::<String>().contains(&digits) && !is_in_words(&digits, &body) {
            let message = format!("the subject line says \"{}\", and the mail does not say it anywhere", amount.words);
            findings.push(Finding::new(amount.span.clone(), message).help("say it in the mail, too, or take it out of the subject line"));
        }
    }
    let subject = context.message.subject();
    let lower = subject.map(|subject| subject.text().to_lowercase()).unwrap_or_default();
    let is_promised = |text: &str| DELIVERY.iter().any(|word| text.contains(word)) && FREE.iter().any(|word| text.contains(word));
    if let Some(subject) = subject.filter(|_| is_promised(&lower) && !DELIVERY.iter().any(|word| body.contains(word))) {
        let finding =
            Finding::new(subject.clone(), "the subject line promises free delivery, and the mail does not say a word about delivery");
        findings.push(finding.help("say it in the mail, too, or take it out of the subject line"));
    }
    findings
}

/// Whether part of the mail cannot be seen from here: pictures without words, merge tags that bring content, unread parts.
fn is_unreadable(context: &Context<'_>) -> bool {
    let silent = |image: &&Image| {
        image.alt.as_deref().is_none_or(|alt| alt.trim().is_empty()) && !image.is_spacer() && image.kind == ImageKind::Picture
    };
    context.facts.images.iter().any(|image| silent(&image)) || !context.message.unread.is_empty() || !context.facts.tags.tags.is_empty()
}

/// "Half price" says 50 %, "two for one" says 2.
fn is_in_words(digits: &str, body: &str) -> bool {
    let words: &[&str] = match digits {
        "50" => &["half", "halb", "hälfte", "moitié", "mitad", "metà", "helft", "metade", "fifty", "fünfzig"],
        "10" => &["ten", "zehn", "dix", "diez", "dieci", "tien", "dez"],
        "20" => &["twenty", "zwanzig", "vingt", "veinte", "venti", "twintig", "vinte"],
        "5" => &["five", "fünf", "cinq", "cinco", "cinque", "vijf"],
        "25" => &["quarter", "viertel", "quart", "cuarto", "twenty-five"],
        _ => &[],
    };
    words.iter().any(|word| body.contains(word))
}
