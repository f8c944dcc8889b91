//! A subject line that says it is a test or a copy.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "test-subject",
    severity: Severity::Block,
    summary: "The subject line says that it is a test, a draft or a copy",
    repair: Repair::Nothing,
    page: include_str!("test_subject.md"),
    check: Check::Draft(check),
};

/// Subjects of tests. An honest "Test drive" or "Test your knowledge" is none of them.
const MARKS: [&str; 7] = [
    r"(?i)^\s*[\[(<]\s*(?:test|tests|testing|draft|entwurf|preview|staging|dev|qa|uat|brouillon|prueba|bozza)\b[^\])>]{0,20}[\])>]",
    r"(?i)^\s*(?:test|testing|test ?(?:mail|e-?mail|send|nachricht|campaign|newsletter)|integration test(?: e?-?mail)?(?: ?#?\d+)?|draft|entwurf|asdf\w*|qwerty|xxx+|foo|foobar|blah|abc|hello world)[\s\d!.#:]*$",
    r"(?i)^\s*(?:test|testing|draft)\s*[:–—-]\s",
    r"(?i)^\s*(?:copy of|kopie von|copie de|copia de|copia di|kopie van|cópia de|kopia)\s",
    r"(?i)\b(?:subject line (?:goes )?here|your subject(?: line)? here|enter (?:your )?subject|insert subject|email subject|betreff einfügen)\b",
    r"(?i)^\s*(?:no subject|untitled|\(no subject\)|ohne betreff|kein betreff|sans objet|new campaign|untitled campaign)\s*$",
    r"(?i)\b(?:please ignore|do not send|nicht senden)\b",
];

/// Words of which every mark has one, in lower case: a subject without any is not searched further.
#[rustfmt::skip]
const SIGNS: [&str; 32] = [
    "test", "draft", "entwurf", "preview", "staging", "[dev", "[qa", "(qa", "uat", "brouillon", "prueba", "bozza", "asdf", "qwerty", "xxx", "foo", "blah", "abc",
    "hello world", "copy of", "kopi", "copie de", "copia d", "cópia", "subject", "betreff", "objet", "untitled", "campaign", "ignore", "send", "<dev",
];

static TESTS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&MARKS.join("|")).ok());

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(subject) = context.message.subject() else { return Vec::new() };
    let lower = subject.text().to_lowercase();
    if !SIGNS.iter().any(|sign| lower.contains(sign)) {
        return Vec::new();
    }
    let Some(found) = TESTS.as_ref().and_then(|tests| tests.find(subject.text())) else { return Vec::new() };
    let message = format!("the subject line says \"{}\"", found.as_str().trim());
    vec![Finding::new(subject.slice(found.range()), message).help("write the subject line that readers should see")]
}
