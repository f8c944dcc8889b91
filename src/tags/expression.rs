//! The inside of a tag, taken apart: its sign, its first word, its arguments and its filters.

/// The inside of a tag in parts. Nothing is judged here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expression<'a> {
    /// A leading `#`, `/`, `^`, `>`, `!`, `&`, `=`, `#>`, `#*` or `/*`.
    pub(super) sigil: &'a str,
    /// Everything up to the first filter, after the sign.
    pub(super) head: &'a str,
    /// The first word of the head.
    pub(super) word: &'a str,
    /// The rest of the head.
    pub(super) args: &'a str,
    /// What follows the head, `|` by `|`.
    pub(super) filters: Vec<Filter<'a>>,
}

/// One filter: `default: "x"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter<'a> {
    /// All that stands between two `|`, not trimmed.
    pub(super) whole: &'a str,
    pub(super) name: &'a str,
    pub(super) arg: Option<&'a str>,
    pub(super) style: Style,
}

/// How a filter's argument is joined to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// No argument.
    Bare,
    /// `default:'x'`
    Colon,
    /// `default: 'x'`
    ColonSpace,
    /// `default('x')`
    Paren,
    /// `default "x"`
    Space,
}

const SIGILS: [&str; 12] = ["#>", "#*", "/*", "!--", "#", "/", "^", ">", "!", "&", "=", "*"];

impl<'a> Expression<'a> {
    /// Takes the inside of a tag apart.
    pub(super) fn parse(inside: &'a str) -> Self {
        let body = inside.trim();
        // `{%- if -%}` and `{{~ name ~}}` eat the spaces around them.
        let body = body.strip_prefix(['-', '~', '+']).unwrap_or(body);
        let body = body.strip_suffix(['-', '~', '+']).unwrap_or(body).trim();
        let sigil = SIGILS.into_iter().find(|sigil| body.starts_with(sigil)).unwrap_or("");
        let body = body.get(sigil.len()..).unwrap_or("").trim_start();
        let mut parts = split_pipes(body);
        let head = parts.next().unwrap_or("").trim();
        let filters = parts.map(Filter::parse).collect();
        let end = head.find([' ', '\t', '\n', '\r', '(', ',']).unwrap_or(head.len());
        let (word, args) = head.split_at(end);
        Self { sigil, head, word, args: args.trim(), filters }
    }

    /// The filter of this name.
    pub(super) fn filter(&self, name: &str) -> Option<&Filter<'a>> {
        self.filters.iter().find(|filter| filter.name == name)
    }

    /// Whether every filter is joined in one of these ways.
    pub(super) fn filters_are(&self, styles: &[Style]) -> bool {
        self.filters.iter().all(|filter| styles.contains(&filter.style) && is_path(filter.name, false))
    }
}

impl<'a> Filter<'a> {
    fn parse(whole: &'a str) -> Self {
        let text = whole.trim();
        let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let (arg, style) = match rest.trim_start().chars().next() {
            None => (None, Style::Bare),
            Some(':') => {
                let after = rest.trim_start().get(1..).unwrap_or("");
                let style = if after.starts_with(char::is_whitespace) { Style::ColonSpace } else { Style::Colon };
                (Some(after.trim()), style)
            }
            Some('(') => {
                let inner = rest.trim_start().trim_start_matches('(');
                (Some(inner.rfind(')').and_then(|at| inner.get(..at)).unwrap_or(inner).trim()), Style::Paren)
            }
            Some(_) => (Some(rest.trim()), Style::Space),
        };
        Self { whole, name, arg, style }
    }
}

/// Splits at each `|` that stands outside quotation marks and is not doubled.
fn split_pipes(body: &str) -> impl Iterator<Item = &str> {
    let bytes = body.as_bytes();
    let mut start = Some(0);
    std::iter::from_fn(move || {
        let from = start?;
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' | b'\'' => {
                    let rest = bytes.get(at + 1..).unwrap_or_default();
                    at += rest.iter().position(|&b| b == byte).map_or(0, |end| end + 1);
                }
                b'|' if bytes.get(at + 1) == Some(&b'|') => at += 1,
                b'|' => {
                    start = Some(at + 1);
                    return body.get(from..at);
                }
                _ => {}
            }
            at += 1;
        }
        start = None;
        body.get(from..)
    })
}

/// Whether a text is a name or names joined by dots: `contact.FIRSTNAME`, `items[0].title`.
pub(super) fn is_path(text: &str, hyphens: bool) -> bool {
    let mut depth = 0_u32;
    let mut last = '.';
    for c in text.chars() {
        match c {
            c if depth == 0 && c.is_ascii_alphanumeric() => {}
            '[' => depth += 1,
            ']' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            '.' if last != '.' => {}
            '-' if hyphens && last != '.' => {}
            '_' => {}
            c if c.is_alphanumeric() => {}
            _ => return false,
        }
        last = c;
    }
    depth == 0 && last != '.' && text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The name behind the steps up that stand before it: `../../name`.
pub(super) fn without_steps<'a>(name: &'a str, step: &str) -> &'a str {
    let mut name = name;
    while let Some(rest) = name.strip_prefix(step) {
        name = rest;
    }
    name
}

/// Whether a few characters stand in a text. The inside of a tag is so short that the search of `str` takes longer to be set up.
pub(super) fn holds(text: &str, what: &str) -> bool {
    text.as_bytes().windows(what.len().max(1)).any(|window| window == what.as_bytes())
}

/// Whether a text is a number or a string in straight quotation marks.
pub(super) fn is_literal(text: &str) -> bool {
    unquote(text).is_some() || (!text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-'))
}

/// The text between straight quotation marks.
pub(super) fn unquote(text: &str) -> Option<&str> {
    let text = text.trim();
    ['"', '\''].into_iter().find_map(|quote| {
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains(quote)).then_some(inner)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_falls_into_its_parts() {
        let tag = Expression::parse(" person|lookup:'A | B'|default: 'x' ");
        assert_eq!((tag.head, tag.word, tag.sigil), ("person", "person", ""));
        assert_eq!(
            tag.filters.iter().map(|f| (f.name, f.arg, f.style)).collect::<Vec<_>>(),
            [("lookup", Some("'A | B'"), Style::Colon), ("default", Some("'x'"), Style::ColonSpace)]
        );
        let tag = Expression::parse("#ifEq age 21");
        assert_eq!((tag.sigil, tag.word, tag.args), ("#", "ifEq", "age 21"));
        let tag = Expression::parse("x|default('y')");
        assert_eq!((tag.filters[0].arg, tag.filters[0].style), (Some("'y'"), Style::Paren));
    }

    #[test]
    fn paths_are_told_from_other_texts() {
        assert!(["a", "a.b", "a[0].b", "_x", "ÄB.c1"].iter().all(|path| is_path(path, false)));
        assert!(["", ".a", "a.", "a b", "a-b", "1a", "a[0"].iter().all(|path| !is_path(path, false)));
        assert!(is_path("a-b", true));
    }
}
