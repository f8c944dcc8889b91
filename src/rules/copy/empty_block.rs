//! A heading, a button or a block of text with nothing in it.

use super::blank::is_blank;
use crate::finding::{Finding, Severity};
use crate::message::Body;
use crate::message::html::{Html, filled, value_of};
use crate::rule::{Check, Context, Repair, Rule};
use scraper::ElementRef;
use scraper::node::Element;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "empty-block",
    severity: Severity::Warn,
    summary: "A heading, a button or a block of text has nothing in it",
    repair: Repair::Nothing,
    page: include_str!("empty_block.md"),
    check: Check::Draft(check),
};

/// Classes that editors give to the blocks in which somebody writes, in lower case.
const WRITTEN: [&str; 5] = ["mcntextcontent", "kl-text", "hse-body-wrapper-td", "bee-paragraph", "bee-heading"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for body in &context.message.bodies {
        let Body::Html(html) = body else { continue };
        for element in html.root().descendants().filter_map(ElementRef::wrap) {
            // What stands in MJML's head says how all others look, and a hero's picture needs no words.
            let is_spared =
                || element.ancestors().take(DEEPEST).filter_map(ElementRef::wrap).any(|above| SPARED.contains(&above.value().name()));
            let is_gap = |_: &&str| is_blank(element) && is_closed_blank(html, element) && !is_meant_so(element.value()) && !is_spared();
            if findings.len() == MOST {
                return findings;
            }
            // Nearly every link has words, and its style is long.
            let says = element.value().name() == "a" && !is_blank(element);
            let Some(what) = Some(element.value()).filter(|_| !says).and_then(kind).filter(is_gap) else { continue };
            let finding = Finding::new(html.tag(element.id()), format!("{what} has nothing in it"));
            findings.push(finding.help("write what belongs there, or remove it"));
        }
    }
    findings
}

/// Most places that are told.
const MOST: usize = 20;

/// Elements of MJML whose blocks may be blank.
const SPARED: [&str; 2] = ["mj-attributes", "mj-hero"];

/// How far above a block such an element is looked for.
const DEEPEST: usize = 40;

/// How far behind a tag its closing tag is looked for, in bytes; a blank block is short.
const NEAR: usize = 600;

/// Whether nothing stands before the closing tag in the source either: a paragraph that was left open tears a block apart.
fn is_closed_blank(html: &Html, element: ElementRef<'_>) -> bool {
    let (tag, text) = (html.tag(element.id()), html.source().text());
    let end = (tag.end..=text.len().min(tag.end + NEAR)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(tag.end);
    let near = text.get(tag.end..end).unwrap_or_default().to_ascii_lowercase();
    let inside = near.find(&format!("</{}", element.value().name())).and_then(|at| near.get(..at));
    // Every second piece is the inside of a tag.
    let is_blank = |inside: &str| inside.replace("&nbsp;", "").split(['<', '>']).step_by(2).all(|piece| piece.trim().is_empty());
    tag.text().ends_with("/>") || inside.is_some_and(is_blank)
}

/// What an element is, if it is there to hold words.
fn kind(element: &Element) -> Option<&'static str> {
    let class = || value_of(element, "class").map(str::to_lowercase).unwrap_or_default();
    match element.name() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some("a heading"),
        "button" | "mj-button" => Some("a button"),
        "a" if is_button(element, &class()) => Some("a button"),
        "mj-text" => Some("a block of text"),
        _ if class().split_whitespace().any(|class| WRITTEN.contains(&class)) => Some("a block of text"),
        _ => None,
    }
}

/// Whether a link is made to look like a button.
fn is_button(element: &Element, class: &str) -> bool {
    let style = value_of(element, "style").unwrap_or_default().to_lowercase();
    let has_shape = style.contains("padding") && style.contains("background") && !style.contains("url(");
    let is_called = class.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "button" | "btn"));
    element.attr("href").is_some() && (has_shape || is_called)
}

/// Whether somebody leaves it blank on purpose: it is hidden, it keeps a distance, or the platform fills it.
fn is_meant_so(element: &Element) -> bool {
    let style: String = element.attr("style").unwrap_or_default().to_lowercase().split_whitespace().collect();
    let hidden = ["display:none", "font-size:0", "line-height:0", "mso-hide", "max-height:0"].iter().any(|sign| style.contains(sign));
    let is_filled =
        element.attrs().any(|(name, _)| name.starts_with("mc:") || name.starts_with("data-") || matches!(name, "id" | "height"));
    let labelled = element.attr("aria-label").is_some() || element.attr("aria-hidden").is_some() || element.attr("title").is_some();
    // Distances are kept with heights.
    let keeps_distance = style.starts_with("height:") || style.contains(";height:");
    hidden || is_filled || labelled || keeps_distance || filled::will_say(element)
}
