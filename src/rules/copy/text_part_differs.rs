//! A text part that was left from another mail.

use crate::facts::{Amount, Date, Link, Region, letters};
use crate::finding::{Finding, Severity};
use crate::message::Body;
use crate::offers::Worth;
use crate::rule::{Check, Context, Repair, Rule};
use crate::source::Span;
use rustc_hash::FxHashSet;
use std::sync::Arc;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "text-part-differs",
    severity: Severity::Warn,
    summary: "The plain-text part names other prices or dates, or speaks of something else than the HTML part",
    repair: Repair::Nothing,
    page: include_str!("text_part_differs.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let bodies = &context.message.bodies;
    let (Some(html), Some(text)) = (bodies.iter().position(Body::is_html), bodies.iter().position(|body| matches!(body, Body::Text(_))))
    else {
        return Vec::new();
    };
    let prices = |part: usize| {
        in_part(context, part, context.facts.amounts.iter().map(|amount| (&amount.span, &amount.words, amount.passage, price(amount))))
    };
    let dates =
        |part: usize| in_part(context, part, context.facts.dates.iter().map(|date| (&date.span, &date.words, date.passage, day(date))));
    let mut findings = Vec::new();
    // Of codes, `two-codes` speaks.
    for (what, html, text) in [("price", prices(html), prices(text)), ("date", dates(html), dates(text))] {
        findings.extend(strangers(what, &html, &text));
    }
    findings.extend(other_site(context, html, text));
    if findings.is_empty() {
        findings.extend(other_words(context, html, text));
    }
    findings
}

/// Fewest letters of a word that tells what a mail is about.
const TELLING: usize = 5;

/// Fewest such words of a text part that can be compared.
const FEWEST: usize = 40;

/// None of the headings of the HTML part, and few of its words: it is the text of another mail.
fn other_words(context: &Context<'_>, html: usize, text: usize) -> Option<Finding> {
    let passages = |part: usize| {
        let source = context.message.bodies.get(part).map(Body::source);
        let here = move |span: &Span| source.is_some_and(|source| Arc::ptr_eq(&span.source, source));
        context
            .facts
            .copy()
            .filter(|passage| !passage.hidden && passage.region != Region::Alt)
            .filter(move |passage| here(&passage.whole()))
    };
    let telling = |part: usize| -> FxHashSet<String> {
        let all = passages(part).flat_map(|passage| passage.words().map(|word| word.text.to_lowercase()).collect::<Vec<_>>());
        all.filter(|word| word.chars().count() >= TELLING).collect()
    };
    let (known, told) = (telling(html), telling(text));
    let shared = told.iter().filter(|word| known.contains(*word)).count();
    let all: String = passages(text).map(|passage| letters(&passage.text)).collect();
    let mut headings = passages(html).filter(|passage| passage.heading).map(|passage| letters(&passage.text)).filter(|text| text.len() > 8);
    let repeats = headings.any(|heading| all.contains(&heading));
    if repeats || told.len() < FEWEST || known.len() < FEWEST || shared * 4 > told.len() {
        return None;
    }
    let first = passages(text).next()?;
    let message = format!("the plain-text part has {shared} of its {} longer words in common with the HTML part", told.len());
    Some(Finding::new(first.whole(), message).help("check whether it is the text of another mail; make both parts say the same"))
}

/// Something named in one part: where, in which words, and what it is.
type Named<'a> = (&'a Span, &'a String, String);

/// What a part names.
fn in_part<'a>(
    context: &Context<'a>,
    part: usize,
    all: impl Iterator<Item = (&'a Span, &'a String, usize, Option<String>)>,
) -> Vec<Named<'a>> {
    let source = context.message.bodies.get(part).map(Body::source);
    let is_body =
        |passage: usize| context.facts.passages.get(passage).is_some_and(|passage| matches!(passage.region, Region::Body | Region::Alt));
    all.filter(|(span, _, passage, _)| is_body(*passage) && source.is_some_and(|source| Arc::ptr_eq(&span.source, source)))
        .filter_map(|(span, words, _, key)| Some((span, words, key?)))
        .collect()
}

/// Both parts name something, and each has what the other lacks: then one of them is old.
fn strangers(what: &str, html: &[Named<'_>], text: &[Named<'_>]) -> Option<Finding> {
    let lacks = |one: &Named<'_>, others: &[Named<'_>]| !others.iter().any(|other| other.2 == one.2);
    let in_text = text.iter().find(|one| lacks(one, html))?;
    let in_html = html.iter().find(|one| lacks(one, text))?;
    let message = format!("the plain-text part says \"{}\", a {what} that the HTML part does not name", in_text.1);
    let finding =
        Finding::new(in_text.0.clone(), message).related(in_html.0.clone(), "the HTML part says this, which the text part does not");
    Some(finding.help("make both parts say the same; readers see one or the other"))
}

fn price(amount: &Amount) -> Option<String> {
    match &amount.told.worth {
        Worth::Money(money) => Some(money.amount.to_string()),
        Worth::Percent(_) => None,
    }
}

fn day(date: &Date) -> Option<String> {
    Some(format!("{} {}", date.told.day?, date.told.month?))
}

/// A site that most links of the text part lead to, and none of the HTML part.
fn other_site(context: &Context<'_>, html: usize, text: usize) -> Option<Finding> {
    let links = |part: usize| context.facts.links.iter().filter(move |link| link.part == Some(part) && !link.tagged);
    let sites = |part: usize| links(part).filter_map(Link::site).collect::<Vec<_>>();
    let (html, known) = (sites(html), sites(text));
    // Click counters lead through hosts of their own, and may in one part alone.
    if context.is_finished() || html.is_empty() || known.iter().any(|site| html.contains(site)) {
        return None;
    }
    let first = links(text).find(|link| link.site().is_some())?;
    let message = format!("the plain-text part leads to {}, and no link of the HTML part does", first.site().unwrap_or_default());
    Some(Finding::new(first.span.clone(), message).help("make both parts lead to the same pages"))
}
