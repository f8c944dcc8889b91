//! A link to a place inside the mail that is not there.

use super::group::{is_literal, one_each};
use crate::facts::{Link, LinkKind, letters};
use crate::finding::{Finding, Severity};
use crate::message::Body;
use crate::rule::{Check, Context, Repair, Rule};
use std::collections::BTreeSet;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-anchor",
    severity: Severity::Warn,
    summary: "A link jumps to a place inside the mail that does not exist",
    repair: Repair::Nothing,
    page: include_str!("missing_anchor.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let said = said_in_text(context);
    if said.len() >= FEWEST_SAID {
        return Vec::new();
    }
    let findings = one_each(context, |link| {
        let name = link.href.strip_prefix('#').filter(|name| !name.is_empty() && is_literal(link) && link.kind == LinkKind::Anchor)?;
        let is_lost = !exists(name, link, context) && !said.contains(name);
        is_lost.then(|| format!("jumps to \"{name}\", and nothing in the mail has that name"))
    });
    findings.into_iter().map(|finding| finding.help("give the place that id, correct the name, or remove the link")).collect()
}

/// The names in Markdown to which only words of the text answer: generators of sites give places to more than headings, and where
/// one does that, nobody can say which places there are.
fn said_in_text<'a>(context: &Context<'a>) -> BTreeSet<&'a str> {
    let in_markdown = context.facts.links.iter().filter(|link| link.kind == LinkKind::Anchor && is_in_markdown(link, context));
    let names = in_markdown.filter_map(|link| Some((link.href.strip_prefix('#')?, link)));
    let mut lost = names.filter(|(name, link)| !name.is_empty() && is_literal(link) && !exists(name, link, context)).peekable();
    if lost.peek().is_none() {
        return BTreeSet::new();
    }
    let said: Vec<String> = context.facts.copy().map(|passage| letters(&passage.text)).collect();
    let is_said = |name: &str| {
        let name = letters(&percent_decoded(name));
        // The words of links that jump there are no place.
        let jumps = context.facts.links.iter().filter(|link| link.href.starts_with('#') && letters(&link.text).contains(&name)).count();
        name.len() >= SHORTEST && said.iter().map(|said| said.matches(&name).count()).sum::<usize>() > jumps
    };
    lost.take(MOST_LOST).map(|(name, _)| name).filter(|name| is_said(name)).collect()
}

/// Fewest such links: the words of one may stand in any text.
const FEWEST_SAID: usize = 2;

/// How many links without a place are looked at.
const MOST_LOST: usize = 40;

/// Shorter names stand in any text, in letters.
const SHORTEST: usize = 6;

fn is_in_markdown(link: &Link, context: &Context<'_>) -> bool {
    link.part.and_then(|part| context.message.bodies.get(part)).is_some_and(|body| matches!(body, Body::Markdown(_)))
}

fn exists(name: &str, link: &Link, context: &Context<'_>) -> bool {
    let anchors = &context.facts.anchors;
    let decoded = percent_decoded(name);
    if name.eq_ignore_ascii_case("top") || anchors.contains(name) || anchors.contains(&decoded) || name.starts_with('!') {
        return true;
    }
    // A heading said twice gets a number behind its name.
    is_in_markdown(link, context)
        && (anchors.contains(&letters(&decoded)) || anchors.contains(letters(&decoded).trim_end_matches(|c: char| c.is_ascii_digit())))
}

fn percent_decoded(name: &str) -> String {
    let pair = format!("={}", name.replace('+', "%2B").replace('&', "%26"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map_or_else(String::new, |(_, value)| value.into_owned())
}
