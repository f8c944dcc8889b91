//! The mail as the page shows it: with a numbered pin at each finding, and nothing in it that could lead away.

use std::fmt::Write as _;

/// A pin: a byte offset in the mail's HTML, and the number that stands there.
pub(super) type Pin = (usize, usize);

/// Elements whose content is no markup and nothing to be read.
const RAW: [&str; 5] = ["style", "script", "title", "textarea", "noscript"];

/// How a pin looks, whatever the styles of the mail.
const STYLE: &str = "all:initial;display:inline-block;font:bold 12px/18px sans-serif;min-width:18px;text-align:center;\
border-radius:9px;background:#b00020;color:#fff;padding:0 3px;margin:0 2px";

/// The mail with its pins. A pin inside a tag is set before the tag; one in what nobody sees, such as a style, is left out.
/// Pages that would load themselves anew (`http-equiv="refresh"`) do not.
pub(super) fn pinned(html: &str, pins: &[Pin]) -> String {
    let mut pins: Vec<Pin> = pins.to_vec();
    pins.sort_unstable();
    let mut pins = pins.into_iter().peekable();
    let mut out = String::with_capacity(html.len() + 256);
    let pieces = Pieces { html, at: 0, raw: None };
    for (kind, start, end) in pieces {
        let mut at = start;
        while let Some((offset, number)) = pins.next_if(|(offset, _)| *offset < end || (end == html.len() && *offset == end)) {
            match kind {
                Kind::Text => {
                    let upto = (at..=offset).rev().find(|offset| html.is_char_boundary(*offset)).unwrap_or(at);
                    out.push_str(html.get(at..upto).unwrap_or_default());
                    at = upto;
                    push_pin(&mut out, number);
                }
                Kind::Tag => push_pin(&mut out, number),
                Kind::Unseen => {}
            }
        }
        let rest = html.get(at..end).unwrap_or_default();
        if kind == Kind::Tag && rest.to_ascii_lowercase().contains("http-equiv") {
            out.push_str("<!-- a directive to the browser was left out -->");
        } else {
            // Whoever prints the page in a terminal is not reached by it either.
            out.extend(rest.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\r' | '\t') { '\u{fffd}' } else { c }));
        }
    }
    out
}

fn push_pin(out: &mut String, number: usize) {
    let _ = write!(out, "<sup style=\"{STYLE}\">{number}</sup>");
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Tag,
    Unseen,
}

/// The pieces of a page: texts, tags, and what nobody sees.
struct Pieces<'a> {
    html: &'a str,
    at: usize,
    /// The element whose content is read to its end.
    raw: Option<&'static str>,
}

impl Iterator for Pieces<'_> {
    type Item = (Kind, usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = self.html.get(start..).filter(|rest| !rest.is_empty())?;
        let (kind, length) = if let Some(name) = self.raw.take() {
            (Kind::Unseen, end_of_raw(rest, name))
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            (Kind::Unseen, comment.find("-->").map_or(rest.len(), |end| end + 7))
        } else if is_tag(rest) {
            let length = tag_length(rest);
            self.raw = RAW.into_iter().find(|name| opens(rest, name));
            (Kind::Tag, length)
        } else {
            let skip = rest.chars().next().map_or(1, char::len_utf8);
            (Kind::Text, rest.get(skip..).and_then(|tail| tail.find('<')).map_or(rest.len(), |end| end + skip))
        };
        self.at = start + length.max(1);
        Some((kind, start, self.at))
    }
}

fn is_tag(rest: &str) -> bool {
    rest.strip_prefix('<').is_some_and(|tail| tail.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')))
}

/// The length of a tag; quotation marks may hold a `>`.
fn tag_length(rest: &str) -> usize {
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn opens(rest: &str, name: &str) -> bool {
    let head = rest.get(1..=name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    head && rest.get(name.len() + 1..).is_some_and(|tail| tail.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace()))
}

/// Where the content of a raw element ends: before its closing tag.
fn end_of_raw(rest: &str, name: &str) -> usize {
    rest.match_indices("</")
        .find(|(at, _)| rest.get(at + 2..at + 2 + name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)))
        .map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(html: &str, pins: &[Pin]) -> String {
        pinned(html, pins).replace(&format!(" style=\"{STYLE}\""), "")
    }

    #[test]
    fn pins_stand_where_they_can_be_seen() {
        let html = "<title>x</title><style>p{}</style><p class='a>b'>Dear Jessica</p>";
        assert_eq!(
            plain(html, &[(54, 2), (40, 1), (7, 9), (25, 9)]).replace("<style>p{}</style>", ""),
            "<title>x</title><sup>1</sup><p class='a>b'>Dear <sup>2</sup>Jessica</p>"
        );
        assert_eq!(plain("Grüße", &[(3, 1), (7, 2)]), "Gr<sup>1</sup>üße<sup>2</sup>");
    }

    #[test]
    fn a_mail_does_not_load_itself_anew() {
        assert!(!pinned("<META HTTP-EQUIV=refresh content='0;url=https://a.example'>x", &[]).contains("a.example"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(html in "(<[a-z/!]{0,3}|[>'\"ü<]|-->|style|[a-z ]){0,60}", at in 0_usize..80) {
            pinned(&html, &[(at, 1)]);
        }
    }
}
