//! The words that a reader sees right before and right behind a place in a message.

use std::ops::Range;

/// Stands for a value, whatever it is.
pub(super) const VALUE: char = '\u{1}';

/// How far words are looked for, in bytes.
const FAR: usize = 400;

/// Elements that begin a new line; all others stand inside one.
const LINES: [&str; 22] = [
    "p", "div", "td", "th", "tr", "table", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "body", "html", "head", "title",
    "section", "mj-text",
];

/// What stands on the same line before a place.
pub(super) fn before(text: &str, at: usize, values: &[Range<usize>], html: bool) -> String {
    let from = boundary(text, at.saturating_sub(FAR));
    let words = words(text, from..at, values, html);
    words.rsplit('\n').next().unwrap_or_default().to_owned()
}

/// What stands on the same line behind a place.
pub(super) fn behind(text: &str, at: usize, values: &[Range<usize>], html: bool) -> String {
    let to = boundary(text, (at + FAR).min(text.len()));
    let words = words(text, at..to, values, html);
    words.split('\n').next().unwrap_or_default().to_owned()
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The words of a range, each value as one sign, each new line of HTML as a line break.
fn words(text: &str, range: Range<usize>, values: &[Range<usize>], html: bool) -> String {
    let mut out = String::new();
    let mut at = range.start;
    // Values come in the order of the text; those that begin before the range do not matter.
    let mut next = values.partition_point(|value| value.start < range.start);
    while at < range.end {
        if let Some(value) = values.get(next).filter(|value| value.start <= at) {
            if value.end > value.start {
                out.push(VALUE);
            }
            at = at.max(value.end);
            next += 1;
            continue;
        }
        let rest = text.get(at..range.end).unwrap_or_default();
        let Some(c) = rest.chars().next() else { break };
        at += match c {
            '<' if html => {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                if begins_line(rest) {
                    out.push('\n');
                }
                end
            }
            '>' if html && !out.contains('\n') && range.start > 0 => {
                // The range began inside a tag.
                out.clear();
                1
            }
            '&' if html => entity(rest, &mut out),
            '\r' | '\n' | '\t' | ' ' | '\u{a0}' if html => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
                c.len_utf8()
            }
            c => {
                out.push(c);
                c.len_utf8()
            }
        };
    }
    out
}

fn entity(rest: &str, out: &mut String) -> usize {
    let known = [("&nbsp;", ' '), ("&#160;", ' '), ("&pound;", '£'), ("&euro;", '€'), ("&yen;", '¥'), ("&amp;", '&'), ("&dollar;", '$')];
    match known.iter().find(|(name, _)| rest.starts_with(name)) {
        Some((name, c)) => {
            out.push(*c);
            name.len()
        }
        None => {
            out.push('&');
            1
        }
    }
}

fn begins_line(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(name.len());
    name.get(..end).is_some_and(|name| LINES.iter().any(|line| name.eq_ignore_ascii_case(line)))
}

/// Whether a reader sees any word in a text.
pub(super) fn has_words(text: &str, html: bool) -> bool {
    if !html {
        return text.chars().any(char::is_alphanumeric);
    }
    let body = text.find("<body").and_then(|at| text.get(at..)).unwrap_or(text);
    if body.contains("<img") {
        return true;
    }
    let mut inside = false;
    body.chars().any(|c| {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c => return !inside && c.is_alphanumeric(),
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_seen_across_tags() {
        let text = "<p>Old</p><p>Hi&nbsp;<b></b>, how";
        let at = text.find("</b>").expect("a place");
        assert_eq!(before(text, at, &[], true), "Hi ");
        assert_eq!(behind(text, at, &[], true), ", how");
        assert_eq!(before("Dear Ann Smith,", 9, &[5..8], false), format!("Dear {VALUE} "));
        assert!(has_words("<p>a</p>", true) && !has_words("<p title='a'> </p>", true));
    }
}
