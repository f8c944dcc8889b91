//! A heading with nothing below it.

use super::blank::is_seen;
use super::words::shown;
use crate::finding::{Finding, Severity};
use crate::message::Body;
use crate::message::html::Html;
use crate::rule::{Check, Context, Repair, Rule};
use crate::source::Span;
use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "heading-alone",
    severity: Severity::Warn,
    summary: "A heading has nothing below it, where the others of its kind have",
    repair: Repair::Nothing,
    page: include_str!("heading_alone.md"),
    check: Check::Draft(check),
};

/// Elements whose text nobody sees.
const UNSEEN: [&str; 6] = ["style", "script", "title", "head", "template", "noscript"];

/// Most headings of a part that are told.
const MOST: usize = 20;

/// How far above a heading the row of its table is looked for.
const DEEPEST: usize = 40;

/// What a reader meets, in order: headings, and whatever else there is.
struct Heading {
    level: u8,
    text: String,
    place: Span,
    /// The row of a table that it stands in: headings beside each other have their texts in the row below.
    row: Option<ego_tree::NodeId>,
    /// Whether something follows before the next heading.
    followed: bool,
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for body in &context.message.bodies {
        let headings = match body {
            Body::Html(html) => of_html(html),
            Body::Markdown(text) => of_markdown(text),
            Body::Text(_) => Vec::new(),
        };
        findings.extend(alone(&headings).take(MOST).map(|heading| {
            let message = format!("nothing stands below the heading \"{}\"", shown(&heading.text));
            Finding::new(heading.place.clone(), message).help("write what belongs there, or remove the heading")
        }));
    }
    findings
}

/// The headings without anything below, where two others of their level have something.
fn alone(headings: &[Heading]) -> impl Iterator<Item = &Heading> {
    let mut followed = [0_usize; 7];
    for heading in headings.iter().filter(|heading| heading.followed) {
        followed.iter_mut().skip(usize::from(heading.level)).take(1).for_each(|count| *count += 1);
    }
    let is_custom = move |level: u8| followed.get(usize::from(level)).is_some_and(|count| *count >= 2);
    headings
        .iter()
        .enumerate()
        .filter(move |(at, heading)| {
            let next = headings.get(at + 1);
            let before = at.checked_sub(1).and_then(|at| headings.get(at));
            let same_row = |other: Option<&Heading>| other.is_some_and(|other| other.row.is_some() && other.row == heading.row);
            // A deeper heading begins what stands below; a higher one may be the second line of a title.
            let ends = next.is_none_or(|next| next.level == heading.level);
            !heading.followed && ends && !same_row(next) && !same_row(before) && is_custom(heading.level)
        })
        .map(|(_, heading)| heading)
}

fn of_html(html: &Html) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let (mut inside, mut unseen) = (0_usize, 0_usize);
    for edge in html.root().traverse() {
        match edge {
            Edge::Open(node) => {
                let element = ElementRef::wrap(node);
                if let Some(element) = element {
                    unseen += usize::from(UNSEEN.contains(&element.value().name()));
                    if level(element.value().name()).is_some() {
                        inside += 1;
                        headings.extend(heading(html, element).filter(|_| unseen == 0));
                    }
                }
                let says = || match element.map(|element| element.value().name()) {
                    Some(name) => is_seen(name) && name != "hr",
                    None => node.value().as_text().is_some_and(|text| text.chars().any(char::is_alphanumeric)),
                };
                if inside == 0
                    && unseen == 0
                    && let Some(last) = headings.last_mut().filter(|last| !last.followed)
                {
                    last.followed = says();
                }
            }
            Edge::Close(node) => {
                if let Some(element) = ElementRef::wrap(node) {
                    let name = element.value().name();
                    unseen = unseen.saturating_sub(usize::from(UNSEEN.contains(&name)));
                    inside = inside.saturating_sub(usize::from(level(name).is_some()));
                }
            }
        }
    }
    headings
}

fn heading(html: &Html, element: ElementRef<'_>) -> Option<Heading> {
    let text: String = element.text().collect();
    let is_said = text.chars().any(char::is_alphanumeric);
    let row = |node: &NodeRef<'_, Node>| ElementRef::wrap(*node).is_some_and(|element| element.value().name() == "tr");
    // A merge tag may be a heading and all that belongs to it.
    let level = level(element.value().name()).filter(|_| is_said && !text.contains(['{', '}', '[', '|', '%']))?;
    let row = element.ancestors().take(DEEPEST).find(row).map(|node| node.id());
    Some(Heading { level, text, place: html.tag(element.id()), row, followed: false })
}

/// The level of a heading, by its element.
fn level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Markdown's headings are lines; every other line that is not blank follows one.
fn of_markdown(body: &Span) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let (mut at, mut fenced) = (0, false);
    for line in body.text().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let text = line.trim();
        fenced ^= text.starts_with("```") || text.starts_with("~~~");
        let marks = text.bytes().take_while(|byte| *byte == b'#').count();
        let rest = text.get(marks..).unwrap_or_default();
        let level = u8::try_from(marks).ok().filter(|level| !fenced && (1..=6).contains(level) && rest.starts_with(' '));
        if let Some(level) = level {
            let place = body.slice(start..start + line.trim_end().len());
            headings.push(Heading { level, text: rest.trim().to_owned(), place, row: None, followed: false });
        } else if let Some(last) = headings.last_mut().filter(|_| !text.is_empty()) {
            last.followed = true;
        }
    }
    headings
}
