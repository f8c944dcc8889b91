//! A plain-text part without a way out.

use crate::finding::{Finding, Severity};
use crate::message::Body;
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::MessageType;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unsubscribe-missing-in-text",
    severity: Severity::Warn,
    summary: "The HTML part has an unsubscribe link and the plain-text part has none",
    repair: Repair::StopSending,
    page: include_str!("unsubscribe_missing_in_text.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let bodies = &context.message.bodies;
    let has = |part: usize| context.facts.links.iter().find(|link| link.part == Some(part) && link.is_opt_out());
    let html = (0..bodies.len()).filter(|at| bodies.get(*at).is_some_and(Body::is_html)).find_map(has);
    let Some(html) = html.filter(|_| context.settings.kind != Some(MessageType::Service)) else { return Vec::new() };
    let texts = bodies.iter().enumerate().filter_map(|(at, body)| match body {
        Body::Text(span) => Some((at, span)),
        _ => None,
    });
    let mut findings = Vec::new();
    for (at, text) in texts {
        let lower = text.text().to_lowercase();
        if has(at).is_none() && !WORDS.iter().any(|word| lower.contains(word)) && lower.trim().len() > SHORTEST {
            let finding = Finding::new(
                text.slice(0..text.text().find('\n').unwrap_or(text.text().len())),
                "the plain-text part says nowhere how to get off the list, and the HTML part does",
            );
            findings
                .push(finding.related(html.tag.clone(), "the link in the HTML part").help("put the same link at the end of the text part"));
        }
    }
    findings
}

/// A text part no longer than this, in bytes, only says that there is an HTML part.
const SHORTEST: usize = 200;

/// Words of ways out that are no links, in lower case.
const WORDS: [&str; 14] = [
    "unsub",
    "opt out",
    "opt-out",
    "preferences",
    "remove",
    "abmeld",
    "abbestell",
    "désabonn",
    "désinscri",
    "baja",
    "disiscri",
    "cancell",
    "afmeld",
    "uitschrijv",
];
