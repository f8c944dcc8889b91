//! Notes inside of HTML comments.

use super::comments::comments;
use super::words::shown;
use crate::facts::Sieve;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "telling-comment",
    severity: Severity::Note,
    summary: "A comment in the HTML holds a note that readers can open: TODO, an address, a remark",
    repair: Repair::Nothing,
    page: include_str!("telling_comment.md"),
    check: Check::Draft(check),
};

/// What shows that a comment is a note between people, and no label of a block.
const NOTES: &str = r"\b(?:TODO|FIXME|HACK|XXX)\b|(?i)\b(?:ask|tell) [A-Z][a-z]+ |\b(?:the )?client (?:wants|hates|says|asked|insists)|\bdon['’]t (?:show|tell|send)|\b(?:stupid|ugly hack|damn|crap|shit|wtf|fuck\w*|scheiß\w*|merde|mierda)\b|\bconfidential\b|\bvertraulich\b|\bconfidentiel\b|[\w.+-]+@[\w-]+\.[a-z]{2,}|\b(?:noch klären|bitte prüfen|à vérifier|pendiente de)\b";

/// Words of which every note has one, in lower case.
#[rustfmt::skip]
const SIGNS: [&str; 26] = [
    "todo", "fixme", "hack", "xxx", "ask ", "tell ", "client ", "don't", "don’t", "stupid", "damn", "crap", "shit", "wtf", "fuck", "scheiß", "merde", "mierda", "confiden", "vertraulich", "@",
    "klären", "prüfen", "vérifier", "pendiente", "sag ",
];

static SIEVE: LazyLock<Sieve> = LazyLock::new(|| Sieve::new(SIGNS.into_iter()));

static NOTE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NOTES).ok());

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for comment in comments(context) {
        let text = comment.text();
        let note = NOTE.as_ref().filter(|_| SIEVE.is_said(text));
        if let Some(found) = note.and_then(|note| note.find(text)) {
            let message = format!("a comment in the HTML says \"{}\"; everybody who opens the source can read it", shown(found.as_str()));
            findings.push(Finding::new(comment.slice(found.range()), message).help("remove the comment before the mail goes out"));
        }
    }
    findings
}
