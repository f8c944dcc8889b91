//! A list with a bullet and no words.

use super::blank::is_blank;
use crate::finding::{Finding, Severity};
use crate::message::Body;
use crate::message::html::filled;
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

/// Most places that are told.
const MOST: usize = 20;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for body in &context.message.bodies {
        let Body::Html(html) = body else { continue };
        for node in html.root().descendants() {
            if findings.len() == MOST {
                return findings;
            }
            let Some(item) = ElementRef::wrap(node).filter(|element| element.value().name() == "li") else { continue };
            let style = item.value().attr("style").unwrap_or_default();
            // Outside of a list, a bullet is an ornament before a text that stands elsewhere.
            let in_list =
                item.parent().and_then(ElementRef::wrap).is_some_and(|list| matches!(list.value().name(), "ul" | "ol" | "menu" | "dir"));
            if in_list
                && is_blank(item)
                && !filled::will_say(item.value())
                && !style.contains("none")
                && item.value().attr("class").is_none()
            {
                let finding = Finding::new(html.tag(item.id()), "a bullet of this list has nothing behind it");
                findings.push(finding.help("write what belongs there, or remove the bullet"));
            }
        }
    }
    findings
}
