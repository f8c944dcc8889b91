//! Markup that is shown as it is written.

use super::words::shown;
use crate::facts::{Characters, Passage};
use crate::finding::{Finding, Severity};
use crate::message::Kind;
use crate::rule::{Check, Context, Repair, Rule};
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "markup-shown",
    severity: Severity::Warn,
    summary: "Readers see markup: \"<br>\", \"</strong>\", \"**new**\"",
    repair: Repair::Nothing,
    page: include_str!("markup_shown.md"),
    check: Check::Draft(check),
};

static TAGS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)<br ?/?>|</(?:p|div|span|strong|em|b|i|a|td|tr|table|font|li|ul|h[1-6])>|<(?:a|span|font|img|td|p|div|table) [a-z-]+=")
        .ok()
});

static MARKS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\*\*\w[^*\n]{1,60}\w\*\*|\[[^\]\n]{1,80}\]\(https?://[^)\s]+\)").ok());

/// Signs of which all markup has one.
const SIGNS: Characters = Characters::any(b"<*]");

fn check(context: &Context<'_>) -> Vec<Finding> {
    let message = context.message;
    let is_text = message.bodies.iter().all(|body| !body.is_html());
    let mut findings = Vec::new();
    for passage in context.facts.copy().filter(|passage| passage.characters().has(SIGNS) && may_show_markup(&passage.text)) {
        // Markdown in a plain text is how plain texts emphasise.
        let marks = MARKS.as_ref().filter(|_| !is_text && is_html(context, passage));
        let tags = TAGS.as_ref().filter(|_| message.kind != Kind::Markdown);
        let found = [tags, marks].into_iter().flatten().find_map(|one| one.find(&passage.text));
        if let Some(found) = found.filter(|found| !passage.is_sample(&found.range())) {
            let message = format!("readers see \"{}\"", shown(found.as_str()));
            findings.push(Finding::new(passage.span(found.range()), message).help("let it be markup, or remove it"));
        }
    }
    findings
}

/// Whether a text has `<`, `**` or `](`.
fn may_show_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b'<', b'*', b']', bytes).any(|at| match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'*'), next) => next == Some(&b'*'),
        (Some(b']'), next) => next == Some(&b'('),
        _ => true,
    })
}

fn is_html(context: &Context<'_>, passage: &Passage) -> bool {
    context.message.bodies.iter().any(|body| body.is_html() && std::sync::Arc::ptr_eq(body.source(), passage.source()))
}
