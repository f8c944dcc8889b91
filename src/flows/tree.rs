//! A TOML or JSON file as one tree of values that know where they stand.

use crate::error::Error;
use crate::json::{self, elements, entries, place};
use crate::settings::nearest;
use crate::source::{Source, Span};
use serde_json::value::RawValue;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How deep values may lie in each other; the deepest known, HubSpot's filters, are at some twenty.
const DEEPEST: usize = 60;

/// A value with its place.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// Where it stands.
    pub(super) span: Span,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Nothing,
    Flag(bool),
    /// A number or a text, as written.
    Number(String),
    Text(String),
    List(Vec<Tree>),
    Table(Vec<(String, Tree)>),
}

impl Tree {
    /// Reads a file: JSON where it begins with a brace or a bracket, TOML otherwise.
    pub(super) fn read(source: &Arc<Source>) -> Result<Self, Error> {
        let text = source.text().trim_start_matches('\u{feff}').trim_start();
        if text.is_empty() {
            return Err(Error::in_file(source.name(), "this file is empty").help("export it again"));
        }
        if text.starts_with('<') {
            return Err(Error::in_file(source.name(), "this is a web page, and no export of flows").help("download the export itself"));
        }
        if text.starts_with(['{', '[']) && !is_toml(text) {
            let mut values: Vec<Self> = json::values(source)?.into_iter().map(|raw| json_tree(source, raw, 0)).collect();
            return Ok(match (values.len(), values.pop()) {
                (1, Some(one)) => one,
                (_, last) => {
                    values.extend(last);
                    Self { span: source.whole(), kind: Kind::List(values) }
                }
            });
        }
        let table = DeTable::parse(source.text()).map_err(|error| {
            Error::at(&source.span(error.span().unwrap_or(0..0)), format!("this is neither JSON nor TOML: {}", error.message()))
                .help("correct this line, or export the flows as JSON")
        })?;
        Ok(Self { span: source.whole(), kind: table_kind(source, table.get_ref(), 0) })
    }

    /// The value of a key; nothing where it is `null` or missing.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value).filter(|value| !matches!(value.kind, Kind::Nothing))
    }

    /// The value at the end of a path of keys.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |value, key| value.get(key))
    }

    /// The keys and values of a table, in their order; none for anything else.
    pub(super) fn entries(&self) -> &[(String, Self)] {
        if let Kind::Table(entries) = &self.kind { entries } else { &[] }
    }

    /// The elements of a list; none for anything else.
    pub(super) fn items(&self) -> &[Self] {
        if let Kind::List(items) = &self.kind { items } else { &[] }
    }

    /// The elements of the list under a key.
    pub(super) fn list(&self, key: &str) -> &[Self] {
        self.get(key).map(Self::items).unwrap_or_default()
    }

    /// A list's elements, or the value itself where it is no list.
    pub(super) fn one_or_more(&self) -> Vec<&Self> {
        if let Kind::List(items) = &self.kind { items.iter().collect() } else { vec![self] }
    }

    /// Whether it is a table.
    pub(super) fn is_table(&self) -> bool {
        matches!(self.kind, Kind::Table(_))
    }

    /// A text or a number, as written.
    pub(super) fn word(&self) -> Option<&str> {
        if let Kind::Text(text) | Kind::Number(text) = &self.kind { Some(text) } else { None }
    }

    /// A text, a number, or a yes or no in words.
    pub(super) fn said(&self) -> Option<String> {
        match &self.kind {
            Kind::Flag(flag) => Some(flag.to_string()),
            _ => self.word().map(str::to_owned),
        }
    }

    /// The text or number under a key.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.word()
    }

    /// The yes or no under a key; platforms also write it as `"1"` and `"0"`.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        match (&value.kind, value.word()) {
            (Kind::Flag(flag), _) => Some(*flag),
            (_, Some("1" | "true" | "yes")) => Some(true),
            (_, Some("0" | "false" | "no")) => Some(false),
            _ => None,
        }
    }

    /// The whole number under a key.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        let word = self.text(key)?.trim();
        word.parse().ok().or_else(|| word.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0'))?.0.parse().ok())
    }

    /// Refuses keys that are not known.
    pub(super) fn only(&self, keys: &[&str]) -> Result<(), Error> {
        for (key, value) in self.entries() {
            if !keys.contains(&key.as_str()) {
                let error = Error::at(&value.span, format!("there is no key `{key}` here"));
                return Err(match nearest(key, keys.iter().copied()) {
                    Some(near) => error.help(format!("did you mean `{near}`?")),
                    None => error.help(format!("use one of: {}", keys.join(", "))),
                });
            }
        }
        Ok(())
    }
}

/// Whether a text that begins with a bracket begins with the header of a TOML table.
fn is_toml(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim_end();
    let line = line.split('#').next().unwrap_or_default().trim_end();
    let name = line.trim_start_matches('[').trim_end_matches(']').trim();
    line.starts_with('[')
        && line.ends_with(']')
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !matches!(name, "true" | "false" | "null")
}

fn json_tree(source: &Arc<Source>, raw: &RawValue, depth: usize) -> Tree {
    let text = raw.get();
    let from = place(source.text(), text);
    let span = source.span(from..from + text.len());
    let kind = match text.as_bytes().first() {
        _ if depth > DEEPEST => Kind::Nothing,
        Some(b'{') => {
            Kind::Table(entries(raw).into_iter().map(|(key, value)| (key.into_owned(), json_tree(source, value, depth + 1))).collect())
        }
        Some(b'[') => Kind::List(elements(raw).into_iter().map(|value| json_tree(source, value, depth + 1)).collect()),
        Some(b'"') => Kind::Text(serde_json::from_str(text).unwrap_or_default()),
        Some(b't') => Kind::Flag(true),
        Some(b'f') => Kind::Flag(false),
        Some(b'n') | None => Kind::Nothing,
        Some(_) => Kind::Number(text.to_owned()),
    };
    Tree { span, kind }
}

fn table_kind(source: &Arc<Source>, table: &DeTable<'_>, depth: usize) -> Kind {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    Kind::Table(entries.into_iter().map(|(key, value)| (key.get_ref().to_string(), toml_tree(source, value, depth + 1))).collect())
}

fn toml_tree(source: &Arc<Source>, value: &Spanned<DeValue<'_>>, depth: usize) -> Tree {
    let kind = match value.get_ref() {
        _ if depth > DEEPEST => Kind::Nothing,
        DeValue::String(text) => Kind::Text(text.to_string()),
        DeValue::Integer(number) => Kind::Number(number.as_str().to_owned()),
        DeValue::Float(number) => Kind::Number(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Kind::Flag(*flag),
        DeValue::Datetime(moment) => Kind::Text(moment.to_string()),
        DeValue::Array(values) => Kind::List(values.iter().map(|value| toml_tree(source, value, depth + 1)).collect()),
        DeValue::Table(table) => table_kind(source, table, depth),
    };
    Tree { span: source.span(value.span()), kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_and_json_are_one_tree() -> Result<(), Error> {
        let toml =
            Source::file("a.toml", "# first\n[[flow]]\nname = \"W\"\nlive = true\nsteps = [{ wait = \"3 days\" }, { number = 7 }]\n");
        let json = Source::file("a.json", r#"{"flow": [{"name": "W", "live": true, "steps": [{"wait": "3 days"}, {"number": 7}]}]}"#);
        for source in [toml, json] {
            let tree = Tree::read(&source)?;
            let flow = &tree.list("flow")[0];
            assert_eq!((flow.text("name"), flow.flag("live"), flow.list("steps").len()), (Some("W"), Some(true), 2));
            assert_eq!(flow.list("steps")[1].number("number"), Some(7));
            assert_eq!(flow.get("name").map(|name| name.span.text()), Some("\"W\""));
        }
        Ok(())
    }

    #[test]
    fn what_is_neither_is_said_so() {
        for (text, part) in [("", "empty"), ("<html>", "web page"), ("name: x\n", "neither"), ("{\"a\": ", "not whole")] {
            let error = Tree::read(&Source::file("f.json", text)).expect_err(text);
            assert!(error.to_string().contains(part), "{error}");
        }
        assert!(Tree::read(&Source::file("f", "[".repeat(100_000))).is_err());
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "[\\[\\]{}\":,a-z0-9=\n#\\\\é]{0,80}") {
            let _ = Tree::read(&Source::file("f", text));
        }
    }
}
