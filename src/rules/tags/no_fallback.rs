//! A name without a fallback, and what looks like a fallback and is none.

use super::{PERSON, fields, outcome, waiting};
use crate::facts::MergeTag;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::{Decision, Dialect, Fallback, Form, Kind, Outcome, Place, Standing, is_personal, scan_as};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "no-fallback",
    severity: Severity::Warn,
    summary: "A merge tag has a fallback that is empty or none at all, or a name has no fallback",
    repair: Repair::Nothing,
    page: include_str!("no_fallback.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tag in waiting(context).filter(|tag| tag.reading.standing == Standing::Own) {
        let message = match &tag.tag.fallback {
            Fallback::Empty
                if tag.tag.form == Form::Square
                    || tag.tag.field.as_deref().is_some_and(|field| is_name(context, tag, field) && is_loud(tag)) =>
            {
                format!("the fallback of {} is empty: people without a value read nothing", tag.shown())
            }
            // In an address, Mautic's `|true` is what it should be: the sign for encoding.
            Fallback::NotAFallback(word) if tag.tag.place == Place::Text => {
                format!("\"{word}\" in {} is not a fallback{}", tag.shown(), outcome(tag))
            }
            _ => continue,
        };
        findings.push(Finding::new(tag.span.clone(), message).help("write the words that people without a value should read"));
    }
    findings.extend(bare_names(context));
    findings
}

/// Names of people in running text without a fallback, on a platform that has a way to write one.
fn bare_names(context: &Context<'_>) -> Vec<Finding> {
    let Some(decision) = &context.facts.tags.decision else { return Vec::new() };
    let mut findings = Vec::new();
    for (tag, field) in fields(context).filter(|(tag, _)| tag.reading.standing == Standing::Own && tag.reading.fault.is_none()) {
        let bare = tag.tag.fallback == Fallback::None && tag.tag.place == Place::Text && !tag.tag.inside.contains('@');
        if !bare || !is_name(context, tag, field) || is_guarded(context, tag, field) {
            continue;
        }
        if let Some(example) = way_to_write(decision, tag) {
            findings.push(
                Finding::new(tag.span.clone(), format!("{} has no fallback{}", tag.shown(), outcome(tag)))
                    .help(format!("write one as {example}, or send only to people with a name")),
            );
        }
    }
    findings
}

/// How the draft's platform writes a fallback into a tag like this one, where nothing else stands in for a missing value:
/// no default of the account, no condition around the tag, no program that hands the values over.
fn way_to_write<'a>(decision: &'a Decision, tag: &MergeTag) -> Option<&'a str> {
    let in_tag = |dialect: &'static Dialect| {
        let known = matches!(dialect.missing.outcome, Outcome::Nothing | Outcome::Stops) && !dialect.id.starts_with("generic_");
        let example = dialect.fallback.as_deref().filter(|_| known)?;
        let mut tags = scan_as(example, false, decision.dialects).into_iter();
        let alone = tags.next().is_some_and(|first| first.form == tag.tag.form && matches!(first.kind, Kind::Print | Kind::System(_)));
        (alone && tags.next().is_none()).then_some(example)
    };
    let example = in_tag(decision.dialects.iter().next()?)?;
    decision.dialects.iter().all(|dialect| in_tag(dialect).is_some()).then_some(example)
}

/// Whether a fallback is there to be read: `$!{name}` is a way to say that nothing is meant to stand there.
fn is_loud(tag: &MergeTag) -> bool {
    tag.tag.form != Form::DollarBrace && tag.tag.place == Place::Text
}

/// Whether a field is a person's name, which stands in greetings: `contact.FIRSTNAME`, `first_name`. A bare `name` may
/// be an order's; it is a person's below a word for one, in a greeting, and in a short tag such as `[Name]`.
fn is_name(context: &Context<'_>, tag: &MergeTag, field: &str) -> bool {
    const BARE: [&str; 4] = ["name", "nom", "nome", "nombre"];
    let (root, last) = field.rsplit_once('.').unwrap_or(("", field));
    let lower = last.to_lowercase();
    if BARE.contains(&lower.as_str()) {
        let greeted = || context.facts.greetings.iter().any(|greeting| greeting.name_span.overlaps(&tag.span));
        return PERSON.contains(&root.to_lowercase().as_str()) || tag.tag.form == Form::Square || greeted();
    }
    is_personal(last) && !["mail", "phone", "country", "city", "company", "birthday"].iter().any(|other| lower.contains(other))
}

/// Whether a condition or a section before the tag asks for its field.
fn is_guarded(context: &Context<'_>, tag: &MergeTag, field: &str) -> bool {
    let name = field.rsplit('.').next().unwrap_or(field);
    let before = context.facts.tags.tags.iter().take_while(|other| other.span != tag.span);
    before.filter(|other| matches!(other.tag.kind, Kind::Open(_) | Kind::Middle | Kind::Code)).any(|other| other.tag.inside.contains(name))
}
