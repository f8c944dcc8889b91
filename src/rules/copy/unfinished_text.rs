//! Marks that somebody left for later.

use crate::facts::Passage;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use memchr::memmem::Finder;
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unfinished-text",
    severity: Severity::Block,
    summary: "A note to self was left in: TODO, \"insert text here\", \"your headline goes here\"",
    repair: Repair::Nothing,
    page: include_str!("unfinished_text.md"),
    check: Check::Draft(check),
};

/// Marks that are notes wherever they stand. Each is written so that prose does not contain it.
const MARKS: [&str; 9] = [
    r"\bTODO\b(?:\s*[:!\]\)]|\s+[a-z])",
    r"\bFIXME\b",
    r"\[(?:TODO|TK|TKTK|TBC|TBD|XXX+|(?i:placeholder|insert[^\]\[]{0,40}|add [^\]\[]{0,40} here)|link|image|text|copy)\]",
    r"\bTKTK?\b\s*[:\]]",
    r"(?i)\binsert (?:your |the )?(?:text|copy|headline|title|link|url|image|content|subject|name|date|body) here\b",
    r"(?i)\byour (?:\w+ )?(?:headline|title|subject line|subheading|tagline|text|copy|content|preheader(?: text)?) (?:goes )?here\b",
    r"(?i)\b(?:headline|subject line|preheader text|preview text) goes here\b",
    r"(?i)\bthis is (?:a )?(?:placeholder|dummy|sample) (?:text|copy|content)\b",
    r"(?i)\b(?:hier (?:text|überschrift) einfügen|platzhaltertext einfügen|texto de relleno)\b",
];

/// Words of which every mark has one, in lower case: a passage without any is not searched further.
#[rustfmt::skip]
const SIGNS: [&str; 33] = [
    "todo", "fixme", "[tk", "[tb", "[xxx", "tk:", "tk]", "[placeholder", "[insert", "[add", "[link]", "[image]", "[text]", "[copy]", "insert ",
    "goes here", "headline here", "title here", "line here", "heading here", "text here", "copy here", "content here", "preheader here",
    "placeholder", "is a dummy", "is dummy", "is a sample", "is sample", "text einfügen", "überschrift einfügen", "platzhaltertext", "relleno",
];

static NOTES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&MARKS.join("|")).ok());

fn check(context: &Context<'_>) -> Vec<Finding> {
    let signs: Vec<Finder<'_>> = SIGNS.iter().map(Finder::new).collect();
    let has_sign = |passage: &&Passage| {
        let lower = passage.text.to_lowercase();
        signs.iter().any(|sign| sign.find(lower.as_bytes()).is_some())
    };
    let mut findings = Vec::new();
    for passage in context.facts.copy().filter(has_sign) {
        if let Some(found) = NOTES.as_ref().and_then(|notes| notes.find(&passage.text)).filter(|found| !passage.is_sample(&found.range())) {
            let message = format!("\"{}\" is a note for whoever writes the mail, not for its readers", found.as_str().trim());
            findings.push(Finding::new(passage.span(found.range()), message).help("write what belongs here, or remove it"));
        }
    }
    findings
}
