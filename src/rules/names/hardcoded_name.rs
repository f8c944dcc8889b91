//! One person's name in a greeting that everybody gets.

use crate::facts::{Characters, Greeting, Named, Passage};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::source::Span;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "hardcoded-name",
    severity: Severity::Block,
    summary: "A greeting names one person, and everybody will be called that",
    repair: Repair::Nothing,
    page: include_str!("hardcoded_name.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    // A mail that has travelled was filled in for the one person who got it.
    if context.is_finished() {
        return Vec::new();
    }
    let greeted = context.facts.greetings.iter().filter(|greeting| is_person(greeting, context));
    let greeted = greeted.map(|greeting| (greeting.name_span.clone(), greeting.name.as_str()));
    let addressed = context.facts.copy().filter_map(|passage| addressed(passage, &context.settings.staff));
    let findings = greeted.chain(addressed).map(|(span, name)| {
        Finding::new(span, format!("everybody who gets this mail is called \"{name}\""))
            .help("put the merge tag of your platform in place of the name, with a fallback for people without one")
    });
    findings.collect()
}

fn is_person(greeting: &Greeting, context: &Context<'_>) -> bool {
    let staff = || {
        let name = greeting.name.as_str();
        context.settings.staff.iter().any(|person| first_name(person).eq_ignore_ascii_case(name) || person.eq_ignore_ascii_case(name))
    };
    let is_quoted = || context.facts.is_in_title(&greeting.name_span) || is_in_quote(&greeting.name_span);
    (greeting.named == Named::Person || (greeting.named == Named::Everybody && staff())) && !is_quoted()
}

/// How far back the beginning of a quotation is looked for, in bytes.
const NEAR: usize = 4000;

/// Whether a name stands in words of somebody else: a quotation that is no mail handed on.
fn is_in_quote(name: &Span) -> bool {
    let text = name.source.text();
    let before = text.get(text.ceil_char_boundary(name.start.saturating_sub(NEAR))..name.start).unwrap_or_default();
    // Texts and Markdown quote by the line; in HTML a tag may end there.
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let (earlier, line) = before.split_at_checked(line).unwrap_or_default();
    if line.trim_start().starts_with("> ") && earlier.rfind('<').is_none_or(|open| earlier.rfind('>').is_some_and(|close| close > open)) {
        return true;
    }
    let open = before.rfind("<blockquote").filter(|open| before.rfind("</blockquote").is_none_or(|close| close < *open));
    let tag = open.and_then(|open| before.get(open..)?.split('>').next());
    tag.is_some_and(|tag| !["cite", "gmail", "quote\"", "style="].iter().any(|sign| tag.contains(sign)))
}

fn first_name(person: &str) -> &str {
    person.split(' ').next().unwrap_or(person)
}

/// A colleague spoken to without a salutation: "Jessica, your order is waiting".
fn addressed<'a>(passage: &'a Passage, staff: &[String]) -> Option<(Span, &'a str)> {
    const COMMA: Characters = Characters::any(b",");
    let (name, rest) = Some(passage)
        .filter(|passage| passage.characters().has(COMMA))?
        .text
        .split_once(',')
        .filter(|(name, _)| name.len() < LONGEST_NAME)?;
    let known = staff.iter().any(|person| person.eq_ignore_ascii_case(name) || first_name(person).eq_ignore_ascii_case(name));
    let next = rest.strip_prefix([' ', '\n'])?.split([' ', ',', '.', '!']).next()?.to_lowercase();
    (known && YOU.contains(&next.as_str())).then(|| (passage.span(0..name.len()), name))
}

/// How long a full name can be, in bytes.
const LONGEST_NAME: usize = 60;

/// Words that speak to the reader.
#[rustfmt::skip]
const YOU: [&str; 32] = [
    "you", "your", "you're", "you’re", "you've", "you’ve", "du", "dein", "deine", "dich", "dir", "sie", "ihr", "ihre", "vous", "votre", "vos",
    "ton", "ta", "tes", "tu", "su", "tus", "tua", "tuo", "je", "jouw", "uw", "você", "seu", "sua", "twoje",
];
