//! A mail that Gmail cuts off.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "clipped-by-gmail",
    severity: Severity::Warn,
    summary: "The HTML is so long that Gmail cuts it off",
    repair: Repair::Nothing,
    page: include_str!("clipped_by_gmail.md"),
    check: Check::Draft(check),
};

/// The length at which Gmail cuts the HTML, in bytes: 102 KB, as senders have found by trying.
const LONGEST: usize = 102 * 1024;

/// What a platform adds to each link to count clicks, in bytes; the counters in use add 100 to 250.
const PER_LINK: usize = 150;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let message = context.message;
    let mut findings = Vec::new();
    for (part, body) in message.bodies.iter().enumerate().filter(|(_, body)| body.is_html()) {
        let source = body.source();
        let length = message.compiled.unwrap_or_else(|| source.text().len() - memchr::memchr_iter(b'\r', source.text().as_bytes()).count());
        let links = context.facts.links.iter().filter(|link| link.part == Some(part) && link.is_web()).count();
        let rewritten = if context.is_finished() { length } else { length + links * PER_LINK };
        if rewritten <= LONGEST {
            continue;
        }
        // Of MJML nobody knows where in the source its HTML is cut.
        let all = source.text().len();
        let start = if message.compiled.is_some() { all } else { place_of(LONGEST, source.text()) };
        let way_out = context.facts.links.iter().filter(|link| link.part == Some(part) && link.is_opt_out());
        let lost = length > LONGEST && way_out.clone().count() > 0 && way_out.clone().all(|link| link.span.start >= start);
        let size = if length > LONGEST {
            format!("the HTML has {} KB; Gmail cuts it off here, at 102 KB", length / 1024)
        } else {
            format!(
                "the HTML has {} KB, and about {} KB once the platform counts clicks; Gmail cuts it off at 102 KB",
                length / 1024,
                rewritten / 1024
            )
        };
        let behind = if lost { ", and the unsubscribe link stands behind the cut" } else { "" };
        let finding = Finding::new(source.span(start..start), format!("{size}{behind}"));
        let finding = match way_out.clone().next().filter(|_| lost) {
            Some(link) => finding.related(link.tag.clone(), "the unsubscribe link"),
            None => finding,
        };
        findings.push(finding.help("shorten the mail or its markup: comments, repeated styles, blanks"));
    }
    findings
}

/// Where the given byte of a text stands, line ends counted once whatever they are.
fn place_of(byte: usize, text: &str) -> usize {
    if !text.as_bytes().contains(&b'\r') {
        return (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    }
    let plain = text.char_indices().filter(|(_, c)| *c != '\r');
    let mut seen = 0;
    for (at, c) in plain {
        seen += c.len_utf8();
        if seen > byte {
            return at;
        }
    }
    text.len()
}
