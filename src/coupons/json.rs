//! Coupons in JSON: every platform's objects, plain objects with telling keys, lists of strings, and JSON lines.
//!
//! Values are taken as slices of the text, so that their place in the file is known exactly.

use super::catalogue::{Coupons, Layout};
use super::collect::Collector;
use super::decimal::Mark;
use super::field::{self, Field};
use super::platform::{Platform, Shape};
use super::proofs::Proofs;
use super::record::{Cell, Notation, shown};
use crate::error::Error;
use crate::json::{self, elements, entries, place};
use crate::source::Source;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How deep the list of coupons may lie; the deepest known (GraphQL) is at six.
const DEEPEST: usize = 10;

/// How the records of a file are read again.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    shape: Option<&'static Shape>,
}

/// A record that was found: an object of a shape, or a string that is a code.
struct Found<'a> {
    raw: &'a RawValue,
    shape: Option<&'static Shape>,
}

/// Reads a JSON file.
pub(super) fn read(source: &Arc<Source>) -> Result<Coupons, Error> {
    let mut found = Vec::new();
    let mut keys = BTreeSet::new();
    for value in json::values(source).map_err(with_remedy)? {
        find(value, 0, &mut found, &mut keys);
    }
    if found.is_empty() {
        let names = keys.iter().take(30).map(|key| format!("{:?}", shown(key))).collect::<Vec<_>>().join(", ");
        if keys.contains("errors") || keys.contains("error") {
            let message = "the file holds an error message of the shop, not coupons";
            return Err(Error::in_file(source.name(), message).help("read what the error says, then export the coupons again"));
        }
        let message = if names.is_empty() {
            "the file holds no coupons".to_owned()
        } else {
            format!("no key holds the codes; the keys found are {names}")
        };
        return Err(Error::in_file(source.name(), message).help("name the key with the codes \"code\", or export the coupons again"));
    }
    let mut files: Vec<Coupons> = Vec::new();
    for same in found.chunk_by(|a, b| same_shape(a.shape, b.shape)) {
        files.push(collect(source, same)?);
    }
    let mut all = Coupons::merge(files);
    all.sources = vec![Arc::clone(source)];
    Ok(all)
}

/// Records of one shape.
fn collect(source: &Arc<Source>, found: &[Found]) -> Result<Coupons, Error> {
    let text = source.text();
    let shape = found.first().and_then(|first| first.shape);
    let platform = shape.map_or(Platform::Plain, |shape| shape.platform);
    let keys = Keys { shape };
    let mut notation = Notation { source: Arc::clone(source), platform, starts: None, ends: None, mark: Some(Mark::Point) };
    let objects = found.first().is_some_and(|first| first.raw.get().starts_with('{'));
    if shape.is_none() && objects {
        // Platforms write ISO dates or Unix seconds; people write what they like.
        let mut proofs = Proofs::default();
        for cell in found.iter().flat_map(|record| keys.groups(text, record.raw)).flatten() {
            if matches!(cell.field, Field::Starts | Field::Ends) {
                proofs.date(cell.field, &cell.text);
            }
        }
        notation.starts = proofs.starts.or(proofs.ends);
        notation.ends = proofs.ends.or(proofs.starts);
    }
    let layout = Arc::new(Layout::Json(keys.clone()));
    let strings = found.iter().all(|record| record.raw.get().starts_with('"'));
    let unique = shape.is_some_and(|shape| shape.unique);
    let mut collector = Collector::new(source, &notation, &layout, unique, strings || unique);
    for record in found {
        for cells in keys.groups(text, record.raw) {
            collector.record(place(text, record.raw.get()), &cells)?;
        }
    }
    collector.finish()
}

fn same_shape(a: Option<&'static Shape>, b: Option<&'static Shape>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => std::ptr::eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// Looks for records, at the top and inside of what wraps them (`data`, `items`, `edges`, `node`…).
fn find<'a>(value: &'a RawValue, depth: usize, found: &mut Vec<Found<'a>>, keys: &mut BTreeSet<String>) {
    if depth > DEEPEST {
        return;
    }
    match value.get().as_bytes().first() {
        Some(b'[') => {
            for element in elements(value) {
                if element.get().starts_with('"') {
                    found.push(Found { raw: element, shape: None });
                } else {
                    find(element, depth + 1, found, keys);
                }
            }
        }
        Some(b'{') => {
            let entries = entries(value);
            let has = |key: &str| entries.iter().any(|(own, _)| own == key);
            if let Some(shape) = Shape::proved_by(has) {
                found.push(Found { raw: value, shape: Some(shape) });
            } else if entries.iter().any(|(key, value)| scalar(value) && field::named(key) == Some(Field::Code)) {
                found.push(Found { raw: value, shape: None });
            } else {
                for (key, value) in &entries {
                    if keys.len() < 30 {
                        keys.insert(key.to_string());
                    }
                    // A list of strings counts only under a key that says that they are codes.
                    let strings = elements(value).first().is_some_and(|first| first.get().starts_with('"'));
                    if !strings || field::named(key) == Some(Field::Code) {
                        find(value, depth + 1, found, keys);
                    }
                }
            }
        }
        _ => {}
    }
}

impl Keys {
    /// The cells of the record that begins at `record` and has its code at `code`.
    pub(super) fn record_at<'a>(&self, text: &'a str, record: usize, code: usize) -> Vec<Cell<'a>> {
        let value = text.get(record..).and_then(|rest| <&RawValue>::deserialize(&mut serde_json::Deserializer::from_str(rest)).ok());
        let groups = value.map(|value| self.groups(text, value)).unwrap_or_default();
        groups.into_iter().find(|cells| cells.iter().any(|cell| cell.range.start == code)).unwrap_or_default()
    }

    /// The cells of a record, one group for each list entry that holds a code.
    fn groups<'a>(&self, text: &'a str, record: &'a RawValue) -> Vec<Vec<Cell<'a>>> {
        let mut walk = Walk { text, shape: self.shape, shared: Vec::new(), groups: Vec::new() };
        if record.get().starts_with('"') {
            walk.scalar(Field::Code, record, None);
        } else {
            walk.object(record, "", None);
        }
        let Walk { shared, mut groups, .. } = walk;
        if groups.is_empty() {
            return vec![shared];
        }
        for group in &mut groups {
            // What the entry says itself comes first, and the first filled cell of a field counts.
            group.extend(shared.iter().cloned());
        }
        groups
    }
}

/// A walk through one record along the paths that its shape knows.
struct Walk<'a> {
    text: &'a str,
    shape: Option<&'static Shape>,
    shared: Vec<Cell<'a>>,
    groups: Vec<Vec<Cell<'a>>>,
}

impl<'a> Walk<'a> {
    fn object(&mut self, object: &'a RawValue, path: &str, group: Option<usize>) {
        for (key, value) in entries(object) {
            let path = if path.is_empty() { key.into_owned() } else { format!("{path}.{key}") };
            let field = match self.shape {
                Some(shape) => shape.field(&path),
                None => field::named(&path),
            };
            self.value(value, &path, field, group);
        }
    }

    fn value(&mut self, value: &'a RawValue, path: &str, field: Option<Field>, group: Option<usize>) {
        let deeper = self.shape.is_some_and(|shape| shape.goes_through(path));
        match value.get().as_bytes().first() {
            Some(b'[') => {
                let opens = group.is_none() && self.shape.and_then(|shape| shape.codes_in).is_some_and(|list| path.starts_with(list));
                for element in elements(value) {
                    let group = if opens {
                        self.groups.push(Vec::new());
                        Some(self.groups.len() - 1)
                    } else {
                        group
                    };
                    self.value(element, path, field, group);
                }
            }
            Some(b'{') if deeper => self.object(value, path, group),
            Some(b'{') | None => {}
            Some(_) => {
                if let Some(field) = field {
                    self.scalar(field, value, group);
                }
            }
        }
    }

    fn scalar(&mut self, field: Field, value: &'a RawValue, group: Option<usize>) {
        let raw = value.get();
        let start = place(self.text, raw);
        let cell = if raw.starts_with('"') {
            let inside = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
            let text = if inside.contains('\\') {
                serde_json::from_str::<String>(raw).map_or(Cow::Borrowed(inside), Cow::Owned)
            } else {
                Cow::Borrowed(inside)
            };
            let trimmed = inside.len() - inside.trim_start().len();
            let range = start + 1 + trimmed..start + 1 + trimmed + inside.trim().len();
            let text = match text {
                Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
                Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
            };
            Cell { field, text, range }
        } else if raw == "null" {
            return;
        } else {
            Cell { field, text: Cow::Borrowed(raw), range: start..start + raw.len() }
        };
        match group.and_then(|at| self.groups.get_mut(at)) {
            Some(group) => group.push(cell),
            None => self.shared.push(cell),
        }
    }
}

fn scalar(value: &RawValue) -> bool {
    !value.get().starts_with(['{', '['])
}

/// What to do about a file that is not JSON.
fn with_remedy(error: Error) -> Error {
    if error.remedy().is_some() { error } else { error.help("export it again, or save it as CSV") }
}
