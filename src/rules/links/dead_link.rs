//! A link that no reader can open.

use crate::facts::{Link, LinkKind};
use crate::finding::{Finding, Severity};
use crate::links::{Answer, Links, Mender, Standing, masked};
use crate::rule::{Check, Context, Repair, Rule};
use std::collections::HashMap;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "dead-link",
    severity: Severity::Block,
    summary: "A link leads to a page that does not exist or cannot be reached by anybody",
    repair: Repair::Redirect,
    page: include_str!("dead_link.md"),
    check: Check::Links(check),
};

fn check(context: &Context<'_>, links: &Links) -> Vec<Finding> {
    with_standing(context, links, Standing::Dead, |link, answer| {
        Finding::new(link.span.clone(), format!("{} is dead: {}", name_of(link), told(answer)))
            .help(cure(answer, "open the address in a browser, and put the right one in its place"))
    })
}

/// A finding for each address with a standing: at its first link, with the others beside it.
pub(super) fn with_standing(
    context: &Context<'_>,
    links: &Links,
    standing: Standing,
    word: impl Fn(&Link, &Answer) -> Finding,
) -> Vec<Finding> {
    answered(context, links, |link, answer| (answer.standing == standing).then(|| word(link, answer)))
}

/// A finding for each address of whose answer there is something to say: at its first link, with the others beside it.
pub(super) fn answered(context: &Context<'_>, links: &Links, word: impl Fn(&Link, &Answer) -> Option<Finding>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    for link in &context.facts.links {
        let Some(answer) = links.get(&link.href) else { continue };
        if let Some(first) = known.get(link.href.as_str()) {
            if let Some(finding) = first.and_then(|at| findings.get_mut(at)) {
                finding.related.push((link.span.clone(), name_of(link)));
            }
            continue;
        }
        let finding = word(link, answer);
        known.insert(&link.href, finding.is_some().then_some(findings.len()));
        findings.extend(finding);
    }
    findings
}

/// What a reader calls the link: its words, or that it is a picture or in one.
pub(super) fn name_of(link: &Link) -> String {
    match link.kind {
        LinkKind::Qr => return String::from("the address in the QR code"),
        LinkKind::Form => return String::from("the form"),
        LinkKind::Media => return String::from("the film or sound"),
        LinkKind::Area if link.text.is_empty() => return String::from("the link on a part of a picture"),
        _ => {}
    }
    let text: String = link.text.chars().take(60).collect();
    match text.trim() {
        "" if !link.label.trim().is_empty() => format!("the link \"{}\"", link.label.trim().chars().take(60).collect::<String>()),
        "" if link.has_image => String::from("the link of a picture"),
        "" if link.outlook => String::from("the link that only Outlook shows"),
        "" => String::from("a link without words"),
        _ if link.text == link.href => format!("the link {}", shortened(&masked(&link.href))),
        text => format!("the link \"{text}\""),
    }
}

/// An address that leaves room for what is said of it.
fn shortened(address: &str) -> String {
    let mut letters = address.chars();
    let head: String = letters.by_ref().take(60).collect();
    if letters.next().is_some() { head + "…" } else { head }
}

/// Why an address stands as it does and, if it led elsewhere, the way.
pub(super) fn told(answer: &Answer) -> String {
    if answer.hops.len() > 1 { format!("{}; the way: {}", answer.shown_reason(), answer.way()) } else { answer.shown_reason() }
}

/// What to do, by who can do it; `author` is what whoever writes the mail can do.
pub(super) fn cure(answer: &Answer, author: &str) -> String {
    match answer.mender {
        Some(Mender::Site) => {
            let host = url::Url::parse(answer.final_url.as_deref().unwrap_or(&answer.url)).ok();
            let host = host.as_ref().and_then(url::Url::host_str).unwrap_or("the site").to_owned();
            format!("tell whoever runs {host}, or link to a page that works")
        }
        Some(Mender::Network) => String::from("look after this computer's network and run again"),
        Some(Mender::Reader) => String::from("open it by hand"),
        Some(Mender::Author) | None => author.to_owned(),
    }
}
