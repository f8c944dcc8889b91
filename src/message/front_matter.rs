//! The head of a Markdown newsletter or a template: YAML between `---`, TOML between `+++`, JSON between braces,
//! Buttondown's comment on its editor; in Markdown, metadata without any mark (Pelican, `MultiMarkdown`).

use super::Header;
use crate::json;
use crate::source::{Source, Span};
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;

/// Keys of front matter that are a mail's headers under another name, in order of preference.
const HEADERS: [(&str, &[&str]); 6] = [
    ("Subject", &["subject", "email_subject", "title"]),
    ("Date", &["date", "publish_date", "publishDate"]),
    ("From", &["from", "sender"]),
    ("Preheader", &["preheader", "preview", "preview_text", "previewText"]),
    ("Draft", &["draft", "status"]),
    ("Content-Language", &["lang", "language", "locale"]),
];

/// The comment with which Buttondown's exports begin: `<!-- buttondown-editor-mode: plaintext -->`.
/// <https://docs.buttondown.com/editor-modes>
const EDITOR_COMMENT: &str = "<!-- buttondown-editor-mode:";

/// Splits a file into the headers that its front matter gives and its body.
///
/// Site generators are more tolerant than the standards, so what cannot be read is read line by line.
pub(super) fn split(source: &Arc<Source>, is_markdown: bool) -> (Vec<Header>, Span) {
    let text = source.text();
    let start = behind_editor_comment(text);
    if let Some((headers, body)) = json_head(source, start) {
        return (headers, source.span(body..text.len()));
    }
    let metadata = || is_markdown.then(|| metadata(text, start)).flatten().map(|(matter, body)| (matter, body, None));
    let found = find(text, start).map(|(matter, body, is_toml)| (matter, body, Some(is_toml)));
    let Some((matter, body, is_toml)) = found.or_else(metadata) else { return (Vec::new(), source.span(start..text.len())) };
    let written = &text[matter.clone()];
    let values = match is_toml {
        Some(true) => toml(written),
        Some(false) => yaml(written),
        None => None,
    };
    let values = values.unwrap_or_else(|| by_line(written));
    let is_same = |one: &str, other: &str| if is_toml.is_some() { one == other } else { one.eq_ignore_ascii_case(other) };
    let value = |wanted: &str| values.iter().find(|(key, _)| is_same(key, wanted)).and_then(|(key, value)| Some((key, plain(value)?)));
    let headers = HEADERS.iter().filter_map(|(name, keys)| {
        let (key, value) = keys.iter().find_map(|key| value(key))?;
        Some(Header { name: (*name).to_owned(), value: source.span(value_range(text, &matter, key, &value)?) })
    });
    (headers.collect(), source.span(body))
}

/// Where the text begins behind Buttondown's comment, or at all.
fn behind_editor_comment(text: &str) -> usize {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let comment = text.get(start..).filter(|rest| rest.starts_with(EDITOR_COMMENT)).and_then(|rest| rest.find("-->"));
    let Some(end) = comment.map(|length| start + length + 3) else { return 0 };
    let rest = text.get(end..).unwrap_or_default();
    end + (rest.len() - rest.trim_start_matches(['\r', '\n']).len())
}

/// Hugo's front matter in JSON: an object that begins a line, with the text on the lines behind it.
fn json_head(source: &Arc<Source>, start: usize) -> Option<(Vec<Header>, usize)> {
    let rest = source.text().get(start..)?;
    if !rest.strip_prefix('{')?.trim_start().starts_with('"') {
        return None;
    }
    let (object, length) = json::leading(rest)?;
    let after = rest.get(length..)?;
    let line_end = after.find('\n')?;
    if !after.get(..line_end)?.trim().is_empty() {
        return None;
    }
    let entries = json::entries(object);
    let value = |key: &&str| entries.iter().find(|(own, _)| own == key).map(|(_, value)| *value);
    let header = |(name, keys): &(&str, &[&str])| {
        let value = keys.iter().find_map(value)?;
        let at = json::place(source.text(), value.get());
        let plain = || source.span(at..at + value.get().len());
        Some(Header { name: (*name).to_owned(), value: json::string(source, value, name).unwrap_or_else(plain) })
    };
    Some((HEADERS.iter().filter_map(header).collect(), start + length + line_end + 1))
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
fn find(text: &str, start: usize) -> Option<(Range<usize>, Range<usize>, bool)> {
    let start = if start == 0 { text.len() - text.trim_start_matches('\u{feff}').len() } else { start };
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

/// Keys with which such metadata begins, in small letters.
const FIRST_KEYS: [&str; 17] = [
    "title",
    "subject",
    "date",
    "slug",
    "author",
    "authors",
    "category",
    "tags",
    "summary",
    "description",
    "status",
    "lang",
    "layout",
    "from",
    "to",
    "preheader",
    "modified",
];

/// The ranges of metadata and body where the text begins with lines of `Key: value` and a blank line ends them, as Pelican
/// (<https://docs.getpelican.com/en/stable/content.html#file-metadata>) and `MultiMarkdown` write it.
fn metadata(text: &str, start: usize) -> Option<(Range<usize>, Range<usize>)> {
    let start = start.max(text.len() - text.trim_start_matches('\u{feff}').len());
    let mut at = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        if line.trim().is_empty() {
            return (at > start).then(|| (start..at, at + line.len()..text.len()));
        }
        let key = line.split_once(':').map(|(key, _)| key.trim_end());
        let is_key = key.is_some_and(|key| {
            let is_name = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
            is_name && (at > start || FIRST_KEYS.iter().any(|known| known.eq_ignore_ascii_case(key)))
        });
        let goes_on = at > start && line.starts_with([' ', '\t']);
        if !is_key && !goes_on {
            return None;
        }
        at += line.len();
    }
    // All of it may be a text that begins with a word and a colon.
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
        Value::Bool(truth) => Some(truth.to_string()),
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
        let (headers, _) = split(&Source::file("a.md", text), true);
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
    fn json_and_editor_comments_are_front_matter_too() {
        let text = "{\n  \"title\": \"Big \\u00e9 news\",\n  \"draft\": true\n}\nHi";
        assert_eq!(headers(text), [("Subject".to_owned(), "Big é news".to_owned()), ("Draft".to_owned(), "true".to_owned())]);
        let (_, body) = split(&Source::file("a.md", text), true);
        assert_eq!(body.text(), "Hi");
        let (_, body) = split(&Source::file("a.md", "<!-- buttondown-editor-mode: fancy -->\n\nHi"), true);
        assert_eq!(body.text(), "Hi");
        assert!(headers("{{ name }}\nHi").is_empty() && headers("{\"a\": 1} and text\n").is_empty());
    }

    #[test]
    fn metadata_needs_no_mark_in_markdown() {
        let text = "Title: Big: news\nDate: 2026-02-01\nTags: a,\n  b\n\n# Hi\n\nSubject: none";
        assert_eq!(headers(text), [("Subject".to_owned(), "Big: news".to_owned()), ("Date".to_owned(), "2026-02-01".to_owned())]);
        let (_, body) = split(&Source::file("a.md", text), true);
        assert_eq!(body.text(), "# Hi\n\nSubject: none");
        for text in ["Note: the shop is open.\n\nHi", "Title: a\nand so on\n\nHi", "Dear all,\n\nTitle: a"] {
            assert!(headers(text).is_empty(), "{text}");
        }
        assert!(split(&Source::file("a.html", "Title: a\n\nHi"), false).0.is_empty());
    }

    #[test]
    fn what_is_not_quite_yaml_is_read_line_by_line() {
        let expected = vec![("Subject".to_owned(), "News".to_owned())];
        assert_eq!(headers("---\ntitle: News\nauthor: \"a\nb: [\n---\nHi"), expected);
    }
}
