//! A deadline that has passed before anybody can read of it.

use super::{in_words, is_story};
use crate::facts::Region;
use crate::finding::{Finding, Severity};
use crate::offers::{Kind, days_between};
use crate::rule::{Check, Context, Repair, Rule};
use crate::rules::offers::scope::speaks_of_offer;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "deadline-past",
    severity: Severity::Block,
    summary: "A deadline in the copy is over when the mail goes out",
    repair: Repair::Nothing,
    page: include_str!("deadline_past.md"),
    check: Check::Draft(check),
};

/// How long ago a date without a year may lie to be called past; beyond it may be next year's.
const RECENT: i32 = 60;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for date in context.facts.dates.iter().filter(|date| date.told.kind != Kind::Plain && date.told.from_today.is_none()) {
        let Some(passage) = context.facts.passages.get(date.passage) else { continue };
        let (Some(day), Some(end)) = (date.told.day(context.send_at.date()), date.told.end(context.send_at)) else { continue };
        let ago = days_between(context.send_at.date(), day);
        let clear = date.told.year.is_some() || ago <= RECENT;
        if end >= *context.send_at || !clear {
            continue;
        }
        let sentence = passage.sentence(date.told.range.clone());
        let offered = matches!(passage.region, Region::Subject | Region::Preheader) || speaks_of_offer(sentence) || calls(sentence);
        if !offered || is_story(sentence) {
            continue;
        }
        let message = format!("\"{}\" is over: the mail goes out {}", date.words, in_words(context.send_at));
        findings.push(Finding::new(date.span.clone(), message).help("correct the deadline, or do not send this any more"));
    }
    findings
}

/// Whether a sentence asks the reader to do something in time.
fn calls(sentence: &str) -> bool {
    const WORDS: [&str; 16] = [
        "register",
        "sign up",
        "apply",
        "submit",
        "book",
        "rsvp",
        "reserve",
        "enter",
        "valid",
        "ends",
        "expires",
        "last chance",
        "anmelden",
        "gültig",
        "endet",
        "inscrivez",
    ];
    crate::rules::offers::scope::has_word(sentence, &WORDS)
}
