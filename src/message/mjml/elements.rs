//! MJML's own elements, opened and closed. HTML inside of them need not be well-formed, and is only measured.

use std::ops::Range;

/// What keeps MJML from being MJML, with the place of the tag.
pub(super) enum Fault {
    /// An element without an end.
    NeverClosed { name: String, tag: Range<usize> },
    /// An end of another element than the one that is open.
    Mismatched { name: String, tag: Range<usize>, open: (String, Range<usize>) },
    /// An end without an element.
    NeverOpened { name: String, tag: Range<usize> },
    /// A tag without its `>`.
    TagNeverEnds { name: String, tag: Range<usize> },
}

impl Fault {
    /// Where to look.
    pub(super) fn tag(&self) -> Range<usize> {
        match self {
            Self::NeverClosed { tag, .. }
            | Self::Mismatched { tag, .. }
            | Self::NeverOpened { tag, .. }
            | Self::TagNeverEnds { tag, .. } => tag.clone(),
        }
    }

    /// Whether what follows is lost: it is read as part of a tag, or as a text that never ends.
    pub(super) fn swallows(&self) -> bool {
        match self {
            Self::TagNeverEnds { .. } => true,
            Self::NeverClosed { name, .. } => ENDING.contains(&name.as_str()),
            Self::Mismatched { .. } | Self::NeverOpened { .. } => false,
        }
    }
}

/// Elements whose content is HTML or text and is not looked into for other elements of MJML.
/// <https://documentation.mjml.io/#ending-tags>
const ENDING: [&str; 11] = [
    "mj-text",
    "mj-button",
    "mj-raw",
    "mj-table",
    "mj-style",
    "mj-title",
    "mj-preview",
    "mj-navbar-link",
    "mj-accordion-text",
    "mj-accordion-title",
    "mj-social-element",
];

/// HTML's elements that have no content, and therefore no end.
const VOID: [&str; 14] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// The first fault, and how deep elements lie inside of each other (HTML counted too, as it stands).
pub(super) fn check(text: &str) -> (Option<Fault>, usize) {
    let mut open: Vec<(String, Range<usize>)> = Vec::new();
    let (mut html, mut deepest) = (0_usize, 0_usize);
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('<')).map(|offset| at + offset) {
        let rest = text.get(start..).unwrap_or_default();
        if let Some(length) = skipped(rest) {
            at = start + length;
            continue;
        }
        let is_end = rest.starts_with("</");
        let name = name(rest.get(1 + usize::from(is_end)..).unwrap_or_default());
        let lower = name.to_ascii_lowercase();
        let in_html = open.last().is_some_and(|(open, _)| ENDING.contains(&open.as_str()));
        let is_own = (lower == "mjml" || lower.starts_with("mj-")) && (!in_html || is_end && open.last().is_some_and(|(o, _)| *o == lower));
        if !is_own {
            let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !VOID.contains(&lower.as_str());
            html = if is_end { html.saturating_sub(1) } else { html + usize::from(is_tag) };
            deepest = deepest.max(open.len() + html);
            at = start + 1;
            continue;
        }
        let Some(end) = tag_end(rest) else {
            return (Some(Fault::TagNeverEnds { name: name.to_owned(), tag: start..start + 1 + name.len() }), deepest);
        };
        at = start + end;
        if is_end {
            html = 0;
            match open.pop() {
                Some((opened, _)) if opened == lower => {}
                Some(open) => return (Some(Fault::Mismatched { name: lower, tag: start..at, open }), deepest),
                None => return (Some(Fault::NeverOpened { name: lower, tag: start..at }), deepest),
            }
        } else if !rest.get(..end).is_some_and(|tag| tag.ends_with("/>")) {
            open.push((lower, start..at));
            deepest = deepest.max(open.len());
        }
    }
    let never_closed = open.pop().map(|(name, tag)| Fault::NeverClosed { name, tag });
    (never_closed, deepest)
}

/// The length of a comment, a CDATA section, a declaration or a template's own tag at the beginning.
fn skipped(rest: &str) -> Option<usize> {
    const MARKS: [(&str, &str); 5] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<%", "%>"), ("<!", ">")];
    let (mark, end) = MARKS.iter().find(|(mark, _)| rest.starts_with(mark))?;
    Some(rest.get(mark.len()..).and_then(|inside| inside.find(end)).map_or(rest.len(), |at| mark.len() + at + end.len()))
}

fn name(rest: &str) -> &str {
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
    rest.get(..length).unwrap_or_default()
}

/// Where the tag at the beginning ends, `>` included; one inside of quotes does not end it.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}
