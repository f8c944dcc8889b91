//! A person's name that is printed without a fallback.

use super::{fields, is_persons_name, outcome};
use crate::facts::MergeTag;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::{Decision, Dialect, Fallback, Kind, Outcome, Place, Standing, scan_as};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unguarded-name",
    severity: Severity::Warn,
    summary: "A name has neither a fallback nor a condition around it, and no send list shows who has one",
    repair: Repair::Nothing,
    page: include_str!("unguarded_name.md"),
    check: Check::Unlisted(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(decision) = &context.facts.tags.decision else { return Vec::new() };
    let mut findings = Vec::new();
    for (tag, field) in fields(context).filter(|(tag, _)| tag.reading.standing == Standing::Own && tag.reading.fault.is_none()) {
        let bare = tag.tag.fallback == Fallback::None && tag.tag.place == Place::Text && !tag.tag.inside.contains('@');
        if !bare || !is_persons_name(context, tag, field) || is_guarded(context, tag, field) {
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

/// Whether a condition or a section before the tag asks for its field.
fn is_guarded(context: &Context<'_>, tag: &MergeTag, field: &str) -> bool {
    let name = field.rsplit('.').next().unwrap_or(field);
    let before = context.facts.tags.tags.iter().take_while(|other| other.span != tag.span);
    before.filter(|other| matches!(other.tag.kind, Kind::Open(_) | Kind::Middle | Kind::Code)).any(|other| other.tag.inside.contains(name))
}
