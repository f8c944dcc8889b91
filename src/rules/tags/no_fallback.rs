//! What looks like a fallback and is none.

use super::{is_persons_name, outcome, waiting};
use crate::facts::MergeTag;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::{Fallback, Form, Place, Standing};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "no-fallback",
    severity: Severity::Warn,
    summary: "A merge tag has a fallback that is empty, or that is no fallback at all",
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
                    || tag.tag.field.as_deref().is_some_and(|field| is_persons_name(context, tag, field) && is_loud(tag)) =>
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
    findings
}

/// Whether a fallback is there to be read: `$!{name}` is a way to say that nothing is meant to stand there.
fn is_loud(tag: &MergeTag) -> bool {
    tag.tag.form != Form::DollarBrace && tag.tag.place == Place::Text
}
