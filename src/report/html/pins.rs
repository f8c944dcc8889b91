//! The mail as the page shows it: with a numbered pin at each finding, and nothing in it that could lead away.

use crate::finding::Severity;
use std::fmt::Write as _;

/// A pin in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pin {
    /// Where it stands, in bytes.
    pub(super) offset: usize,
    /// The number of its finding.
    pub(super) number: usize,
    /// How bad that is.
    pub(super) severity: Severity,
    /// What the finding says.
    pub(super) says: String,
}

/// The name of a pin in the frame, to which the page can scroll it.
pub(super) fn anchor(number: usize) -> String {
    format!("presend-pin-{number}")
}

/// Elements whose content is no markup and nothing to be read.
const RAW: [&str; 5] = ["style", "script", "title", "textarea", "noscript"];

/// How a pin looks, whatever the styles of the mail.
const STYLE: &str = "all:initial;display:inline-block;font:bold 12px/18px sans-serif;min-width:18px;text-align:center;\
border-radius:9px;color:#fff;padding:0 3px;margin:0 2px;position:relative;cursor:help;scroll-margin:4em;background:";

/// What the frame shows beside the mail: what a pin says, to whoever points at it or walks to it by keyboard, and where a
/// picture from the web would stand. It comes last, so that the mail keeps its first line.
const OWN: &str = "<style>sup[data-presend]:is(:hover,:focus,:target){outline:3px solid #1a5fb4!important}\
sup[data-presend]:is(:hover,:focus,:target)::after{content:attr(data-presend);position:absolute;left:0;top:24px;width:240px;\
z-index:2147483647;background:#1b1b1f;color:#fff;font:13px/1.4 sans-serif;text-align:left;padding:8px 10px;border-radius:6px;\
box-shadow:0 2px 10px #0006;white-space:normal}\
:where(img:not([src^='data:'])){background:#e9e9ee;outline:1px dashed #a0a0ac;outline-offset:-1px;color:#44444c;font:13px sans-serif}</style>";

/// The mail with its pins. A pin inside a tag is set before the tag; one in what nobody sees, such as a style, is left out.
/// Pages that would load themselves anew (`http-equiv="refresh"`) do not, and links lead nowhere: they say where they would.
/// Gives the numbers of the pins that stand in it, too.
pub(super) fn pinned(html: &str, pins: &[Pin]) -> (String, Vec<usize>) {
    let mut pins: Vec<&Pin> = pins.iter().collect();
    pins.sort_unstable();
    let mut pins = pins.into_iter().peekable();
    let mut out = String::with_capacity(html.len() + 256);
    let mut placed = Vec::new();
    let pieces = Pieces { html, at: 0, raw: None };
    for (kind, start, end) in pieces {
        let mut at = start;
        while let Some(pin) = pins.next_if(|pin| pin.offset < end || (end == html.len() && pin.offset == end)) {
            if kind != Kind::Unseen {
                placed.push(pin.number);
            }
            match kind {
                Kind::Text => {
                    let upto = (at..=pin.offset).rev().find(|offset| html.is_char_boundary(*offset)).unwrap_or(at);
                    out.push_str(html.get(at..upto).unwrap_or_default());
                    at = upto;
                    push_pin(&mut out, pin);
                }
                Kind::Tag => push_pin(&mut out, pin),
                Kind::Unseen => {}
            }
        }
        let rest = html.get(at..end).unwrap_or_default();
        if kind == Kind::Tag && rest.to_ascii_lowercase().contains("http-equiv") {
            out.push_str("<!-- a directive to the browser was left out -->");
        } else {
            let rest = if kind == Kind::Tag { push_held_link(&mut out, rest) } else { rest };
            // Whoever prints the page in a terminal is not reached by it either.
            out.extend(rest.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\r' | '\t') { '\u{fffd}' } else { c }));
        }
    }
    out.push_str(OWN);
    (out, placed)
}

fn push_pin(out: &mut String, pin: &Pin) {
    let (colour, word) = match pin.severity {
        Severity::Block => ("#b00020", "Do not send"),
        Severity::Warn => ("#7a4b00", "Fix"),
        Severity::Note => ("#0b4a8f", "Look"),
    };
    let (number, name) = (pin.number, anchor(pin.number));
    let _ = write!(out, "<sup id=\"{name}\" tabindex=\"0\" style=\"{STYLE}{colour}\" data-presend=\"{word}: ");
    // Where markup can be told from words by these alone.
    for c in pin.says.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    let _ = write!(out, "\">{number}</sup>");
}

/// A link is held where it is: of two attributes of one name browsers heed the first. Gives what is left of the tag.
fn push_held_link<'a>(out: &mut String, tag: &'a str) -> &'a str {
    let Some(name) = ["area", "a"].into_iter().find(|name| opens(tag, name)) else { return tag };
    let (Some(head), Some(rest)) = (tag.get(..=name.len()), tag.get(name.len() + 1..)) else { return tag };
    let Some(address) = address(rest) else { return tag };
    let address = address.replace('"', "&quot;");
    let _ = write!(out, "{head} href=\"about:srcdoc#presend\" target=\"_self\" tabindex=\"-1\" title=\"leads to {address}\"");
    rest
}

/// The address of a link as it is written, without its quotation marks.
fn address(attributes: &str) -> Option<&str> {
    let lower = attributes.to_ascii_lowercase();
    let at = lower
        .match_indices("href")
        .map(|(at, _)| at)
        .find(|at| lower.get(..*at).is_some_and(|head| !head.ends_with(|c: char| c.is_alphanumeric() || c == '-')))?;
    let value = attributes.get(at + 4..)?.trim_start().strip_prefix('=')?.trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next(),
        _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
    }
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

    fn plain(html: &str, pins: &[(usize, usize)]) -> String {
        let pins: Vec<Pin> =
            pins.iter().map(|&(offset, number)| Pin { offset, number, severity: Severity::Block, says: String::from("a \"b\"") }).collect();
        let mut text = pinned(html, &pins).0.replace(OWN, "");
        for number in 0..10 {
            let name = anchor(number);
            let head = format!("<sup id=\"{name}\" tabindex=\"0\" style=\"{STYLE}#b00020\" data-presend=\"Do not send: a &quot;b&quot;\">");
            text = text.replace(&head, "<sup>");
        }
        text
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
        assert!(!pinned("<META HTTP-EQUIV=refresh content='0;url=https://a.example'>x", &[]).0.contains("a.example"));
    }

    #[test]
    fn links_say_where_they_lead_and_lead_nowhere() {
        let held =
            |address: &str| format!("<a href=\"about:srcdoc#presend\" target=\"_self\" tabindex=\"-1\" title=\"leads to {address}\"");
        assert_eq!(
            plain("<a href='https://a.example/\"b'>x</a>", &[]),
            held("https://a.example/&quot;b") + " href='https://a.example/\"b'>x</a>"
        );
        assert_eq!(plain("<a class=b HREF=c>", &[]), held("c") + " class=b HREF=c>");
        assert_eq!(plain("<a/href=c>", &[]), held("c") + "/href=c>");
        for left in ["<a name=\"b\">", "<abbr href=c>", "<a data-href=c>", "</a>"] {
            assert_eq!(plain(left, &[]), left);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(html in "(<[a-z/!]{0,3}|[>'\"ü<]|-->|style|[a-z ]){0,60}", at in 0_usize..80) {
            plain(&html, &[(at, 1)]);
        }
    }
}
