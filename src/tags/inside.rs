//! The inside of a tag as an engine sees it, and what spoils it: markup, entities, curly quotation marks.

use super::Fault;
use super::form::Form;
use std::borrow::Cow;

/// Resolves markup, entities and curly quotation marks; says the first thing that would break the tag.
pub(super) fn clean(raw: &str, form: Form) -> (String, Option<Fault>) {
    let comment = raw.starts_with("!--") || raw.starts_with("/*");
    if comment || matches!(form, Form::Script | Form::Php | Form::AmpBlock | Form::Element) {
        return (raw.trim().to_owned(), None);
    }
    let bare = without_markup(raw);
    let decoded = without_entities(&bare);
    let (straight, curly) = straightened(&decoded);
    let fault = if bare.len() != raw.len() {
        Some(Fault::Markup)
    } else if curly {
        Some(Fault::SmartQuotes)
    } else if decoded.len() != bare.len() && form != Form::Brace && (compares(&bare) || !stands_in_strings(&bare)) {
        Some(Fault::Entity)
    } else {
        None
    };
    (straight.trim().to_owned(), fault)
}

/// Takes HTML tags out: `<b>name</b>` becomes `name`.
pub(super) fn without_markup(raw: &str) -> Cow<'_, str> {
    if !raw.contains('<') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        // Markup in a string is a text to print: `default: "<b>you</b>"`.
        let quoted = ['"', '\''].into_iter().any(|quote| out.matches(quote).count() % 2 == 1 && tag.contains(quote));
        match tag.find('>') {
            Some(end) if !quoted && is_markup(tag.as_bytes()) => rest = tag.get(end + 1..).unwrap_or(""),
            _ => {
                out.push('<');
                rest = tag.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether bytes begin with an HTML tag.
pub(super) fn is_markup(bytes: &[u8]) -> bool {
    match bytes {
        [b'<', b'/', next, ..] | [b'<', next, ..] => next.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Whether a tag compares its strings with values, in which no entity stands.
fn compares(text: &str) -> bool {
    let word = text.trim_start_matches(['-', '~', '#', ' ']).split([' ', '(']).next().unwrap_or_default();
    matches!(word, "if" | "elsif" | "elif" | "elseif" | "unless" | "case" | "when" | "switch")
        || ["==", "!=", " contains ", "(eq", "(ne"].iter().any(|sign| text.contains(sign))
}

/// Whether every entity is a part of a text to print, and none a quotation mark: `default: "Caf&eacute;"`.
fn stands_in_strings(text: &str) -> bool {
    let mut quote = None;
    text.char_indices().all(|(at, c)| {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('&', _) => {
                let is_mark = || {
                    ["&quot;", "&apos;", "&#39;", "&#34;", "&#x27;", "&#x22;"]
                        .iter()
                        .any(|mark| text.get(at..).is_some_and(|rest| rest.starts_with(mark)))
                };
                return quote.is_some() && !is_mark();
            }
            _ => {}
        }
        true
    })
}

const ENTITIES: [(&str, &str); 11] = [
    ("quot;", "\""),
    ("apos;", "'"),
    ("amp;", "&"),
    ("lt;", "<"),
    ("gt;", ">"),
    ("nbsp;", " "),
    ("lowbar;", "_"),
    ("ldquo;", "“"),
    ("rdquo;", "”"),
    ("lsquo;", "‘"),
    ("rsquo;", "’"),
];

fn without_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let name = entity.get(1..).unwrap_or("");
        if let Some((name, shown)) = ENTITIES.iter().find(|(known, _)| name.starts_with(known)) {
            out.push_str(shown);
            rest = entity.get(1 + name.len()..).unwrap_or("");
        } else if let Some((shown, length)) = numeric(name) {
            out.push(shown);
            rest = entity.get(1 + length..).unwrap_or("");
        } else {
            out.push('&');
            rest = name;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// `#95;` or `#x5F;` as a character, and how many bytes it took.
fn numeric(name: &str) -> Option<(char, usize)> {
    let digits = name.strip_prefix('#')?;
    let end = digits.find(';').filter(|end| *end <= 8)?;
    let code = digits.get(..end)?;
    let number = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    Some((char::from_u32(number)?, end + 2))
}

/// Makes quotation marks straight; true if a curly one stood where an engine expects a straight one.
fn straightened(text: &str) -> (Cow<'_, str>, bool) {
    if !text.contains(['“', '”', '‘', '’', '„', '«', '»']) {
        return (Cow::Borrowed(text), false);
    }
    let (mut out, mut open, mut curly, mut last) = (String::with_capacity(text.len()), None, false, ' ');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let apostrophe = c == '’' && last.is_alphanumeric() && next.is_alphabetic();
        match c {
            '"' | '\'' => {
                open = if open == Some(c) { None } else { open.or(Some(c)) };
                out.push(c);
            }
            '“' | '”' | '„' | '«' | '»' if open.is_none() => {
                curly = true;
                out.push('"');
            }
            '‘' | '’' if open.is_none() && !apostrophe => {
                curly = true;
                out.push('\'');
            }
            _ => out.push(c),
        }
        last = c;
    }
    (Cow::Owned(out), curly)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_breaks_a_tag_is_named_and_mended() {
        let clean = |raw| clean(raw, Form::Double);
        assert_eq!(clean("<b>first_name</b>"), ("first_name".into(), Some(Fault::Markup)));
        assert_eq!(clean(" first&#95;name "), ("first_name".into(), Some(Fault::Entity)));
        assert_eq!(clean("x | default: “there”"), ("x | default: \"there\"".into(), Some(Fault::SmartQuotes)));
        assert_eq!(clean("x | default: \"friend’s “a”\""), ("x | default: \"friend’s “a”\"".into(), None));
        assert_eq!(clean("x|what’s up"), ("x|what’s up".into(), None));
        assert_eq!(clean("a < b"), ("a < b".into(), None));
        assert_eq!(clean("x|default:'<b>you</b>'"), ("x|default:'<b>you</b>'".into(), None));
    }
}
