//! A title that nobody wrote.

use super::words::shown;
use crate::facts::{Passage, Region};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unwritten-title",
    severity: Severity::Note,
    summary: "The title of the HTML, which browsers and screen readers show, is the template's",
    repair: Repair::Nothing,
    page: include_str!("unwritten_title.md"),
    check: Check::Draft(check),
};

/// Titles that editors and templates give, in lower case.
const GIVEN: [&str; 22] = [
    "untitled",
    "untitled document",
    "document",
    "title",
    "page title",
    "email template",
    "email",
    "new template",
    "new email",
    "newsletter template",
    "simple transactional email",
    "html email template",
    "responsive email template",
    "your title here",
    "my email",
    "template",
    "unbenanntes dokument",
    "unbenannt",
    "titel",
    "sans titre",
    "document sans titre",
    "documento sin título",
];

/// How titles of copies begin, in lower case.
const COPIES: [&str; 7] = ["copy of ", "kopie von ", "copie de ", "copia de ", "copia di ", "kopie van ", "cópia de "];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let titles = context.facts.passages.iter().filter(|passage| passage.region == Region::Title);
    let is_given = |passage: &&Passage| {
        let lower = passage.lower().trim();
        GIVEN.contains(&lower) || COPIES.iter().any(|copy| lower.starts_with(copy))
    };
    let finding = |passage: &Passage| {
        let message = format!("the title of the HTML is \"{}\"", shown(&passage.text));
        Finding::new(passage.whole(), message).help("write the mail's subject into <title>; browsers and screen readers show it")
    };
    titles.filter(is_given).map(finding).collect()
}
