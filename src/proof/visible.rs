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
    let known = [
        ("&nbsp;", ' '),
        ("&#160;", ' '),
        ("&pound;", '£'),
        ("&euro;", '€'),
        ("&yen;", '¥'),
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&dollar;", '$'),
    ];
    if let Some((name, c)) = known.iter().find(|(name, _)| rest.starts_with(name)) {
        out.push(*c);
        return name.len();
    }
    let number = rest.strip_prefix("&#").and_then(|rest| rest.split_once(';')).filter(|(number, _)| number.len() < 8);
    let code = number.and_then(|(number, _)| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    let (Some((number, _)), Some(c)) = (number, code.and_then(char::from_u32)) else {
        out.push('&');
        return 1;
    };
    // Joiners and the like fill a preheader and are not seen.
    if !matches!(c, '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{feff}') {
        out.push(c);
    }
    number.len() + "&#;".len()
}

fn begins_line(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(name.len());
    name.get(..end).is_some_and(|name| LINES.iter().any(|line| name.eq_ignore_ascii_case(line)))
}

/// The first lines that a reader sees.
pub(super) fn lines(text: &str, html: bool, most: usize) -> Vec<String> {
    let text = if html { without_head(text) } else { text };
    let mut found = Vec::new();
    let mut line = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut end = c.len_utf8();
        let mut ends = false;
        match c {
            '<' if html => {
                end = hidden(rest).unwrap_or_else(|| rest.find('>').map_or(rest.len(), |end| end + 1));
                ends = begins_line(rest);
            }
            '&' if html => end = entity(rest, &mut line),
            '\n' if !html => ends = true,
            c if html && c.is_whitespace() => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            c => line.push(c),
        }
        rest = rest.get(end..).unwrap_or_default();
        if ends || rest.is_empty() {
            if !line.trim().is_empty() {
                found.push(line.trim().to_owned());
            }
            line.clear();
        }
        if found.len() >= most {
            break;
        }
    }
    found
}

/// What comes behind the head of a page.
fn without_head(text: &str) -> &str {
    ["<body", "<mj-body"].iter().find_map(|body| text.get(text.find(body)?..)).unwrap_or(text)
}

/// The end of an element or a comment that nobody sees.
fn hidden(rest: &str) -> Option<usize> {
    let after = |end: &str| rest.find(end).map(|at| at + end.len());
    if rest.starts_with("<!--") {
        return after("-->");
    }
    ["style", "script", "title"].iter().find_map(|name| {
        let opens = rest.get(1..=name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
        if opens { after(&format!("</{name}>")) } else { None }
    })
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
        assert_eq!(before("Dear Ann Smith,", 9, std::slice::from_ref(&(5..8)), false), format!("Dear {VALUE} "));
        assert!(has_words("<p>a</p>", true) && !has_words("<p title='a'> </p>", true));
    }
}
