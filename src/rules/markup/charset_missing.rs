//! Letters whose charset is left to the reader's program.

use crate::finding::{Finding, Severity};
use crate::message::{Body, Kind};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "charset-missing",
    severity: Severity::Note,
    summary: "The HTML has letters beyond ASCII and does not say its charset",
    repair: Repair::Nothing,
    page: include_str!("charset_missing.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    // In a mail the charset stands in the MIME header, in the JSON of a platform it is settled.
    if context.message.kind != Kind::Html || !context.is_whole() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for body in &context.message.bodies {
        let Body::Html(html) = body else { continue };
        let text = html.source().text();
        let odd = text
            .bytes()
            .position(|b| !b.is_ascii())
            .and_then(|from| Some(from + text.get(from..)?.find(|c: char| !c.is_ascii() && c != '\u{feff}')?));
        let Some(at) = odd else { continue };
        let head = text.get(..text.char_indices().nth(HEAD).map_or(text.len(), |(end, _)| end)).unwrap_or_default().to_ascii_lowercase();
        if !head.contains("charset") && !text.starts_with('\u{feff}') {
            let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            let message = "the HTML does not say its charset; letters such as this one may be shown as others";
            findings.push(Finding::new(html.source().span(at..at + length), message).help("write <meta charset=\"utf-8\"> into its head"));
        }
    }
    findings
}

/// How much of the HTML may stand before its charset, in characters.
const HEAD: usize = 4096;
