//! The head of a Markdown newsletter or a template: YAML between `---`, TOML between `+++`.

use super::Header;
use crate::source::{Source, Span};
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;

/// Keys of front matter that are a mail's headers under another name, in order of preference.
const HEADERS: [(&str, &[&str]); 4] = [
    ("Subject", &["subject", "email_subject", "title"]),
    ("Date", &["date", "publish_date", "publishDate"]),
    ("From", &["from", "sender"]),
    ("Preheader", &["preheader", "preview", "preview_text", "previewText"]),
];

/// Splits a file into the headers that its front matter gives and its body.
///
/// Site generators are more tolerant than the standards, so what cannot be read is read line by line.
pub(super) fn split(source: &Arc<Source>) -> (Vec<Header>, Span) {
    let text = source.text();
    let Some((matter, body, is_toml)) = find(text) else { return (Vec::new(), source.whole()) };
    let written = &text[matter.clone()];
    let values = if is_toml { toml(written) } else { yaml(written) }.unwrap_or_else(|| by_line(written));
    let headers = HEADERS.iter().filter_map(|(name, keys)| {
        let (key, value) = keys.iter().find_map(|key| Some((key, values.get(*key).and_then(plain)?)))?;
        Some(Header { name: (*name).to_owned(), value: source.span(value_range(text, &matter, key, &value)?) })
    });
    (headers.collect(), source.span(body))
}

/// The source to parse as HTML: without the front matter, and with positions unchanged.
pub(super) fn without(source: &Arc<Source>, body: &Span) -> Arc<Source> {
    if body.start == 0 {
        return Arc::clone(source);
    }
    let map = crate::origin::OffsetMap::shifted(body.text().len(), body.start);
    Source::decoded(source, "template", body.text(), map)
}

/// The ranges of front matter and body, and whether it is TOML.
fn find(text: &str) -> Option<(Range<usize>, Range<usize>, bool)> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mark = text.get(start..start + 3).filter(|mark| matches!(*mark, "---" | "+++"))?;
    let first_line = text[start..].find('\n')? + start + 1;
    if !text[start + 3..first_line].trim().is_empty() {
        return None;
    }
    let mut at = first_line;
    for line in text[first_line..].split_inclusive('\n') {
        if line.trim_end() == mark {
            return Some((first_line..at, at + line.len()..text.len(), mark == "+++"));
        }
        at += line.len();
    }
    None
}

type Values = serde_json::Map<String, Value>;

fn toml(text: &str) -> Option<Values> {
    let table: toml::Table = toml::from_str(text).ok()?;
    let plain = |value: toml::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Some(table.into_iter().map(|(key, value)| (key, Value::String(plain(value)))).collect())
}

fn yaml(text: &str) -> Option<Values> {
    match serde_saphyr::from_str(text).ok()? {
        Value::Object(values) => Some(values),
        _ => None,
    }
}

/// `key: value` and `key = value`, one a line.
fn by_line(text: &str) -> Values {
    let pairs = text.lines().filter_map(|line| line.split_once([':', '=']));
    pairs.map(|(key, value)| (key.trim().to_owned(), Value::String(value.trim().trim_matches(['"', '\'']).to_owned()))).collect()
}

/// A scalar as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Where the value of a key stands; the rest of its line if it is written in a way of its own (escapes, several lines).
fn value_range(text: &str, matter: &Range<usize>, key: &str, value: &str) -> Option<Range<usize>> {
    let mut at = matter.start;
    for line in text[matter.clone()].split_inclusive('\n') {
        let rest = line.strip_prefix(key).map(str::trim_start).and_then(|rest| rest.strip_prefix([':', '=']));
        if let Some(rest) = rest {
            let written = rest.trim();
            let start = at + line.len() - rest.len() + rest.find(written).unwrap_or(0);
            let inner = written.find(value).filter(|_| !value.is_empty());
            return Some(inner.map_or(start..start + written.len(), |offset| start + offset..start + offset + value.len()));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Vec<(String, String)> {
        let (headers, _) = split(&Source::file("a.md", text));
        headers.into_iter().map(|header| (header.name, header.value.text().to_owned())).collect()
    }

    #[test]
    fn titles_become_subjects_in_both_notations() {
        let expected = vec![("Subject".to_owned(), "Big: news".to_owned()), ("Date".to_owned(), "2026-02-01".to_owned())];
        assert_eq!(headers("---\ntitle: \"Big: news\"\ndate: 2026-02-01\ntags: [a]\n---\nHi"), expected);
        assert_eq!(headers("+++\ntitle = \"Big: news\"\ndate = 2026-02-01\n+++\nHi"), expected);
        assert!(headers("--- not front matter\nHi").is_empty());
    }

    #[test]
    fn what_is_not_quite_yaml_is_read_line_by_line() {
        let expected = vec![("Subject".to_owned(), "News".to_owned())];
        assert_eq!(headers("---\ntitle: News\nauthor: \"a\nb: [\n---\nHi"), expected);
    }
}
