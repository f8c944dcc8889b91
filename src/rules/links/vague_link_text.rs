//! A link whose words say nothing about where it leads.

use super::group::{counted, further, is_literal, place};
use crate::facts::{Link, LinkKind};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use std::collections::HashSet;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "vague-link-text",
    severity: Severity::Note,
    summary: "A link says \"click here\", or has no words at all",
    repair: Repair::Nothing,
    page: include_str!("vague_link_text.md"),
    check: Check::Draft(check),
};

/// Words that say only that there is a link, in lower case.
const VAGUE: [&str; 40] = [
    "here",
    "click here",
    "click",
    "click this",
    "click this link",
    "this link",
    "link",
    "this",
    "tap here",
    "press here",
    "just click here",
    "please click here",
    "clicking here",
    "hier",
    "hier klicken",
    "klick hier",
    "klicken sie hier",
    "klicke hier",
    "ici",
    "cliquez ici",
    "clique ici",
    "cliquer ici",
    "aquí",
    "aqui",
    "haz clic aquí",
    "haga clic aquí",
    "clic aquí",
    "clique aqui",
    "qui",
    "clicca qui",
    "klik hier",
    "klik her",
    "klicka här",
    "här",
    "kliknij tutaj",
    "tutaj",
    "zde",
    "klikněte zde",
    "buraya tıklayın",
    "нажмите здесь",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let seen = |link: &&Link| matches!(link.kind, LinkKind::Anchor) && !link.hidden && !link.outlook && link.label.is_empty();
    let links = || context.facts.links.iter().filter(seen);
    let vague: Vec<&Link> = links().filter(|link| is_vague(&link.text)).collect();
    let mut empty: Vec<&Link> = links().filter(|link| is_empty(link)).collect();
    if !empty.is_empty() {
        // What an editor left behind a link costs nobody anything.
        let said: HashSet<&str> = links().filter(|link| !link.text.is_empty() || link.has_image).map(|link| link.href.as_str()).collect();
        empty.retain(|link| !said.contains(link.href.as_str()));
    }
    let mut findings = Vec::new();
    if let Some((first, others)) = vague.split_first() {
        let message = format!("{} only \"{}\"", counted(vague.len(), "link says", "links say"), first.text);
        findings.push(further(Finding::new(place(first), message).help("let the words say what the reader finds there"), others));
    }
    if let Some((first, others)) = empty.split_first() {
        let message = format!("{} no words and no picture, so nobody can click", counted(empty.len(), "link has", "links have"));
        findings.push(further(Finding::new(place(first), message).help("give the link words, or remove it"), others));
    }
    findings
}

fn is_vague(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_ascii() {
        return VAGUE.iter().any(|vague| vague.eq_ignore_ascii_case(bare));
    }
    VAGUE.contains(&bare.to_lowercase().as_str())
}

/// A link to a real address that shows nothing. MJML's icons show a picture of their own; of buttons, `empty-block` speaks.
fn is_empty(link: &Link) -> bool {
    if !link.text.is_empty() || link.has_image || link.page().is_none() || !is_literal(link) {
        return false;
    }
    let tag = link.tag.text();
    let is_button = tag.contains("padding") && tag.contains("background") || tag.contains("button") || tag.contains("btn");
    !is_button && !tag.starts_with("<mj-")
}
