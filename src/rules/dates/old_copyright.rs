//! A copyright line that nobody has renewed.

use crate::facts::{Characters, Passage, Sieve};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "old-copyright",
    severity: Severity::Note,
    summary: "The copyright line carries a past year",
    repair: Repair::Nothing,
    page: include_str!("old_copyright.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let this = i32::from(context.send_at.year());
    let mut lines = context.facts.copy().rev().filter(|passage| !passage.hidden).filter_map(|passage| Some((passage, latest(passage)?)));
    // Credits of pictures and quotations stand above the mail's own line.
    let Some((passage, (at, year))) = lines.next().filter(|(_, (_, year))| *year < this) else { return Vec::new() };
    let message = format!("the copyright line says {year}, and the mail goes out in {this}");
    vec![Finding::new(passage.span(at..at + 4), message).help("put the year of the send there, or leave the year out")]
}

/// How the copyright mark is written out.
const WRITTEN: [&str; 4] = ["(c) ", "(C) ", "Copyright ", "copyright "];

static MARKS: LazyLock<Sieve> = LazyLock::new(|| Sieve::new(WRITTEN.into_iter()));

/// The latest year of a passage with a copyright mark in front of it, and where it stands.
fn latest(passage: &Passage) -> Option<(usize, i32)> {
    let text = passage.text.as_str();
    let characters = passage.characters();
    let has_sign = || !characters.is_ascii() && text.contains('©');
    if !(characters.has(const { Characters::any(b"0") }) && (has_sign() || MARKS.is_met(text))) {
        return None;
    }
    let mark = WRITTEN.iter().chain(&["©"]).filter_map(|mark| text.rfind(mark)).max()?;
    let close = text.get(mark..)?.char_indices().nth(WITHIN).map_or(text.len(), |(at, _)| mark + at);
    let line = text.get(mark..close)?.split('\n').next()?;
    let years = line.char_indices().filter_map(|(at, _)| {
        let digits = line.get(at..at + 4).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
        let alone =
            !line.get(..at)?.ends_with(|c: char| c.is_ascii_digit()) && !line.get(at + 4..)?.starts_with(|c: char| c.is_ascii_digit());
        let year: i32 = digits.parse().ok().filter(|year| alone && (1990..2100).contains(year))?;
        Some((mark + at, year))
    });
    years.max_by_key(|(_, year)| *year)
}

/// How many characters behind its mark the years of a copyright line are looked for.
const WITHIN: usize = 60;
