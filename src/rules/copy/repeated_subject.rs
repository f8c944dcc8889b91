//! A preheader that says what the subject line has said.

use crate::facts::Region;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "repeated-subject",
    severity: Severity::Note,
    summary: "The preheader repeats the subject line",
    repair: Repair::Nothing,
    page: include_str!("repeated_subject.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(subject) = context.message.subject() else { return Vec::new() };
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let said = plain(subject.text());
    let preheaders = context.facts.copy().filter(|passage| passage.region == Region::Preheader);
    let repeats = preheaders.filter(|passage| said.len() >= SHORTEST && plain(&passage.text).starts_with(&said));
    let finding = |passage: &crate::facts::Passage| {
        let finding = Finding::new(passage.whole(), "the preheader repeats the subject line").related(subject.clone(), "the subject line");
        finding.help("say the next thing; inboxes show both side by side")
    };
    repeats.map(finding).collect()
}

/// Shortest subject line, in bytes without signs, whose repetition is no chance.
const SHORTEST: usize = 8;
