//! The team's own rules.

use crate::facts::{LinkKind, Passage, Region};
use crate::finding::{Finding, Severity};
use crate::message::Kind;
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::{HouseRule, Part, bare};
use crate::source::Span;
use regex::Regex;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "house-rule",
    severity: Severity::Warn,
    summary: "The mail breaks a rule that your team wrote into presend.toml",
    repair: Repair::Nothing,
    page: include_str!("house_rule.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let settings = context.settings;
    let mut findings = Vec::new();
    for rule in settings.house.iter().filter(|rule| holds(rule, context)) {
        let finding = |place: Span, what: &str| {
            let finding = Finding::new(place, format!("{} ({what})", rule.message)).severity(rule.severity);
            match &rule.help {
                Some(help) => finding.help(help.clone()),
                None => finding,
            }
        };
        let passages = || context.facts.copy().filter(|passage| rule.part.is_none_or(|part| is_in(passage, part)));
        if let Some(forbidden) = &rule.forbidden {
            let found = passages().filter_map(|passage| Some((passage, forbidden.find(&passage.text)?)));
            findings.extend(found.map(|(passage, found)| finding(passage.span(found.range()), &format!("\"{}\"", shown(found.as_str())))));
        }
        // A part of a template need not have what the whole must have.
        let is_lacking = |required: &Regex| is_whole(context) && !passages().any(|passage| required.is_match(&passage.text));
        if rule.required.as_ref().is_some_and(is_lacking) {
            findings.push(finding(context.headline(), "it is missing"));
        }
        let links = || context.facts.links.iter().filter(|link| link.kind != LinkKind::ListUnsubscribe);
        if let Some(forbidden) = &rule.forbidden_link {
            let found = links().filter(|link| bare(&link.href).starts_with(forbidden.as_str()));
            findings.extend(found.map(|link| finding(link.span.clone(), &shown(&link.href))));
        }
        let leads = |required: &String| links().any(|link| bare(&link.href).starts_with(required.as_str()));
        if rule.required_link.as_ref().is_some_and(|required| is_whole(context) && !leads(required)) {
            findings.push(finding(context.headline(), "the link is missing"));
        }
    }
    findings
}

/// Whether the draft is all that the reader gets: a whole page or mail, a text, a Markdown file.
fn is_whole(context: &Context<'_>) -> bool {
    context.is_complete() || matches!(context.message.kind, Kind::Mail | Kind::Markdown | Kind::Text)
}

/// Whether a rule is for this kind of mail, this market and this language.
fn holds(rule: &HouseRule, context: &Context<'_>) -> bool {
    let is_for = |kind: bool, none: bool| none || kind;
    is_for(context.kind().is_some_and(|kind| rule.types.contains(&kind)), rule.types.is_empty())
        && is_for(context.settings.market.as_ref().is_some_and(|market| rule.markets.contains(market)), rule.markets.is_empty())
        && is_for(context.facts.language.is_some_and(|language| rule.languages.contains(&language)), rule.languages.is_empty())
}

fn is_in(passage: &Passage, part: Part) -> bool {
    passage.region
        == match part {
            Part::Subject => Region::Subject,
            Part::Preheader => Region::Preheader,
            Part::Body => Region::Body,
            Part::Alt => Region::Alt,
        }
}

/// How much of what was found a message quotes, in characters.
const LONGEST_SHOWN: usize = 60;

fn shown(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_SHOWN).collect()
}
