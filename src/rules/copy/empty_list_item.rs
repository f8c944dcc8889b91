//! A list with a bullet and no words.

use crate::finding::{Finding, Severity};
use crate::message::Body;
use crate::rule::{Check, Context, Repair, Rule};
use scraper::ElementRef;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "empty-list-item",
    severity: Severity::Warn,
    summary: "A bullet of a list has nothing behind it",
    repair: Repair::Nothing,
    page: include_str!("empty_list_item.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for body in &context.message.bodies {
        let Body::Html(html) = body else { continue };
        for node in html.root().descendants() {
            let Some(item) = ElementRef::wrap(node).filter(|element| element.value().name() == "li") else { continue };
            let says = item.text().any(|text| !text.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}').is_empty());
            let shows = item.descendants().filter_map(ElementRef::wrap).any(|element| SEEN.contains(&element.value().name()));
            let style = item.value().attr("style").unwrap_or_default();
            if !says && !shows && !style.contains("none") && item.value().attr("class").is_none() {
                let finding = Finding::new(html.tag(item.id()), "a bullet of this list has nothing behind it");
                findings.push(finding.help("write what belongs there, or remove the bullet"));
            }
        }
    }
    findings
}

/// Elements that are seen without words.
const SEEN: [&str; 6] = ["img", "svg", "hr", "input", "video", "i"];
