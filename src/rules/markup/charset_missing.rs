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
        if says_charset(text) || text.starts_with('\u{feff}') {
            continue;
        }
        // Whole pieces of plain letters are passed over at once.
        let from = text.as_bytes().chunks(PIECE).take_while(|piece| piece.is_ascii()).count() * PIECE;
        let odd = text.get(from..).and_then(|rest| rest.find(|c: char| !c.is_ascii() && c != '\u{feff}'));
        if let Some(at) = odd.map(|at| from + at) {
            let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            let message = "the HTML does not say its charset; letters such as this one may be shown as others";
            findings.push(Finding::new(html.source().span(at..at + length), message).help("write <meta charset=\"utf-8\"> into its head"));
        }
    }
    findings
}

/// Whether the head of an HTML says its charset.
fn says_charset(text: &str) -> bool {
    let said = |at: usize| text.as_bytes().get(at..at + WORD.len()).is_some_and(|word| word.eq_ignore_ascii_case(WORD));
    // Most often within the first few hundred characters.
    let first = memchr::memchr2_iter(b'c', b'C', text.as_bytes()).take_while(|at| *at < HEAD * 4).find(|at| said(*at));
    first.and_then(|at| text.get(..at + WORD.len())).is_some_and(|before| before.chars().count() <= HEAD)
}

const WORD: &[u8] = b"charset";

const PIECE: usize = 256;

/// How much of the HTML may stand before its charset, in characters.
const HEAD: usize = 4096;
