//! Templates as the API of a platform gives them: JSON, recognised by its shape, with places inside its strings.

mod shapes;

use super::draft::{Content, Draft, Parts};
use super::{Header, Kind, Unread};
use crate::error::Error;
use crate::json::{self, Entry, elements, entries};
use crate::source::{Source, Span};
use serde_json::value::RawValue;
use shapes::{SHAPES, Shape, Variant};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How deep the templates may lie; the deepest known (a flow's messages) are at eight.
const DEEPEST: usize = 10;

/// Most drafts of one file.
const MOST: usize = 10_000;

/// Longest label that a draft's name takes over from its JSON, in characters.
const LONGEST_LABEL: usize = 60;

/// The templates of a JSON file.
///
/// # Errors
/// A text that is no JSON, with the place; a JSON that holds nothing presend knows as a draft.
pub(super) fn open(source: &Arc<Source>) -> Result<Vec<Draft>, Error> {
    let mut found = Found { source, drafts: Vec::new(), labels: Vec::new(), keys: BTreeSet::new() };
    let values = json::values(source)
        .map_err(|error| if error.remedy().is_some() { error } else { error.help("export it again; a draft may also be .html or .eml") })?;
    for value in values {
        found.look(value, 0);
    }
    if found.drafts.is_empty() {
        return Err(no_draft(source, &found.keys));
    }
    Ok(found.named())
}

fn no_draft(source: &Arc<Source>, keys: &BTreeSet<String>) -> Error {
    let names = keys.iter().take(12).map(|key| format!("{key:?}")).collect::<Vec<_>>().join(", ");
    let seen = if names.is_empty() { String::new() } else { format!("; its keys are {names}") };
    Error::in_file(source.name(), format!("this is a JSON that holds no draft presend knows{seen}"))
        .help("export the draft as .html or .eml, or name its parts \"subject\", \"html\" and \"text\"")
}

/// Drafts found so far.
struct Found<'a> {
    source: &'a Arc<Source>,
    drafts: Vec<Draft>,
    labels: Vec<Option<String>>,
    /// Keys at the top, for the error where nothing was found.
    keys: BTreeSet<String>,
}

impl<'a> Found<'a> {
    /// Looks for templates here, and inside of what wraps them (`data`, `versions`, `posts`…).
    fn look(&mut self, value: &'a RawValue, depth: usize) {
        if depth > DEEPEST || self.drafts.len() >= MOST {
            return;
        }
        if value.get().starts_with('[') {
            for element in elements(value) {
                self.look(element, depth + 1);
            }
            return;
        }
        let object = entries(value);
        if depth == 0 {
            self.keys.extend(object.iter().take(100).map(|(key, _)| key.chars().take(40).collect::<String>()));
        }
        if let Some(shape) = SHAPES.iter().find(|shape| shape.fits(|path| get(&object, path).is_some_and(is_set))) {
            self.take_all(shape, &object);
            return;
        }
        for (key, value) in object {
            match &*key {
                "versions" => self.versions(value, depth),
                key if shapes::WRAPPERS.contains(&key) => self.look(value, depth + 1),
                _ => {}
            }
        }
    }

    /// Of SendGrid's versions the active one is sent; if none is, all are looked at.
    fn versions(&mut self, value: &'a RawValue, depth: usize) {
        let all = elements(value);
        let is_active = |version: &&RawValue| get(&entries(version), "active").is_some_and(|active| matches!(active.get(), "1" | "true"));
        let active: Vec<&RawValue> = all.iter().copied().filter(is_active).collect();
        let chosen = if active.is_empty() { all } else { active };
        for version in chosen {
            self.look(version, depth + 1);
        }
    }

    /// Takes every draft out of an object that has a known shape; only where there are several they say which they are.
    fn take_all(&mut self, shape: &Shape, object: &[Entry<'a>]) {
        let first = self.drafts.len();
        shape.variants.iter().for_each(|variant| self.take(shape, variant, object));
        let name = shape.name.iter().find_map(|path| json::string(self.source, get(object, path)?, "name"));
        let many = self.drafts.len() - first > 1;
        for variant in shape.variants.iter().take(self.drafts.len() - first) {
            self.labels.push(label(name.as_ref().map(Span::text), if many { variant.suffix } else { "" }));
        }
    }

    /// Takes one draft out of an object that has a known shape.
    fn take(&mut self, shape: &Shape, variant: &Variant, object: &[Entry<'a>]) {
        let text = |paths: &[&str], part: &str| {
            let value = paths.iter().find_map(|path| get(object, path).filter(|value| is_text(value)))?;
            json::string(self.source, value, part)
        };
        let of = |what: &str| format!("{what} in {}", shape.json());
        let kind = shape.markup(|path| get(object, path).map(RawValue::get).unwrap_or_default());
        let html = text(variant.html, &of(if kind == Kind::Html { "HTML" } else { "body" }))
            .map(|span| (if span.text().contains("<mjml") { Kind::Mjml } else { kind }, span.source));
        let plain = text(variant.text, &of("plain text")).map(|span| (Kind::Text, span.source));
        let bodies: Vec<(Kind, Arc<Source>)> = html.into_iter().chain(plain).collect();
        let is_variant = !std::ptr::eq(variant, &raw const shape.variants[0]);
        if is_variant && (bodies.is_empty() || self.is_like_the_last(&bodies)) {
            return;
        }
        let header = |name: &str, paths: &[&str]| {
            text(paths, &of(name)).map(|value| Header { name: name.to_owned(), value }).filter(|header| !header.value.text().is_empty())
        };
        let headers = [
            header("Subject", variant.subject),
            header("Preheader", shape.preheader),
            header("From", shape.from),
            header("Reply-To", shape.reply_to),
        ];
        let unread = bodies.is_empty().then(|| Unread {
            what: String::from("the body of the mail"),
            why: format!("{} holds none", shape.json()),
            remedy: Some(String::from("export the template's HTML, too")),
        });
        let parts = Parts { source: Arc::clone(self.source), kind: Kind::Json, bodies, attachments: Vec::new() };
        let mut draft = Draft::new(self.source.name(), Content::Parts(parts));
        draft.headers = headers.into_iter().flatten().chain(self.addressees(object)).collect();
        draft.unread.extend(unread);
        self.drafts.push(draft);
    }

    /// Whom a payload is sent to, as written: one string, or a list of strings or objects.
    fn addressees(&self, object: &[Entry<'a>]) -> impl Iterator<Item = Header> {
        let header = |(name, keys): (&str, [&str; 2])| {
            let value = keys.iter().find_map(|key| get(object, key)).filter(|value| value.get().contains('@'))?;
            let at = json::place(self.source.text(), value.get());
            let written = || self.source.span(at..at + value.get().len());
            let value = if is_text(value) { json::string(self.source, value, name) } else { None }.unwrap_or_else(written);
            Some(Header { name: name.to_owned(), value })
        };
        [("To", ["To", "to"]), ("Cc", ["Cc", "cc"])].into_iter().filter_map(header).collect::<Vec<_>>().into_iter()
    }

    /// Whether a second variant (Mandrill's published code) says the same as the first.
    fn is_like_the_last(&self, bodies: &[(Kind, Arc<Source>)]) -> bool {
        let Some(Draft { content: Content::Parts(last), .. }) = self.drafts.last() else { return false };
        last.bodies.len() == bodies.len() && last.bodies.iter().zip(bodies).all(|((_, a), (_, b))| a.text() == b.text())
    }

    /// The drafts under names of their own: `templates.json#spring-sale`, or a number where that says nothing.
    fn named(self) -> Vec<Draft> {
        let many = self.drafts.len() > 1;
        let mut seen = BTreeSet::new();
        let mut drafts = self.drafts;
        for (index, (draft, label)) in drafts.iter_mut().zip(self.labels).enumerate().filter(|_| many) {
            let number = (index + 1).to_string();
            let label = label.filter(|label| seen.insert(label.clone())).unwrap_or(number);
            draft.name = format!("{}#{label}", draft.name);
        }
        drafts
    }
}

/// What to call a draft among others: its own name and which variant it is.
fn label(name: Option<&str>, suffix: &str) -> Option<String> {
    let name = name.map(|name| name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_LABEL).collect::<String>());
    match (name.filter(|name| !name.is_empty()), suffix) {
        (None, "") => None,
        (None, suffix) => Some(suffix.to_owned()),
        (Some(name), "") => Some(name),
        (Some(name), suffix) => Some(format!("{name} ({suffix})")),
    }
}

/// The value at a path of keys: `data.attributes.html`.
fn get<'a>(object: &[Entry<'a>], path: &str) -> Option<&'a RawValue> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let value = object.iter().find(|(key, _)| key == first).map(|(_, value)| *value)?;
    match rest {
        Some(rest) => get(&entries(value), rest),
        None => Some(value),
    }
}

fn is_set(value: &RawValue) -> bool {
    value.get() != "null"
}

fn is_text(value: &RawValue) -> bool {
    value.get().starts_with('"')
}

/// The whole string at a key of an object, for tables written as JSON.
pub(super) fn text_at(source: &Arc<Source>, object: &[Entry<'_>], key: &str) -> Option<Span> {
    json::string(source, get(object, key)?, key)
}
