//! What an export says about its drafts in a table beside them: Substack's `posts.csv`, Buttondown's `emails.csv`.

use super::super::{Header, kind, templates};
use super::table::Table;
use super::{Member, Zip, file_name, read};
use crate::error::Error;
use crate::json::{self, elements, entries};
use crate::source::{Source, Span};
use std::collections::HashMap;

/// A platform's table: its file, the column that names the draft's file, and the columns that are headers.
struct Known {
    file: &'static str,
    /// The column whose value is the stem of the draft's file, or its beginning up to a full stop.
    key: &'static str,
    headers: &'static [(&'static str, &'static str)],
}

const KNOWN: [Known; 2] = [
    // https://support.substack.com/hc/en-us/articles/360037466012
    Known { file: "posts", key: "post_id", headers: &[("Subject", "title"), ("Preheader", "subtitle"), ("Date", "post_date")] },
    // https://docs.buttondown.com/exporting-your-data
    Known { file: "emails", key: "slug", headers: &[("Subject", "subject"), ("Date", "publish_date")] },
];

/// The headers that the tables of an archive give, by the stem of the draft's file.
#[derive(Default)]
pub(super) struct Tables(HashMap<String, Vec<Header>>);

impl Tables {
    /// Reads the tables of an archive. One that cannot be read gives nothing.
    pub(super) fn read(name: &str, zip: &mut Zip<'_>, members: &[Member], budget: &mut u64) -> Result<Self, Error> {
        let mut tables = Self::default();
        for member in members {
            let file = file_name(&member.path).to_ascii_lowercase();
            let Some(known) = KNOWN.iter().find(|known| file.rsplit_once('.').is_some_and(|(stem, _)| stem == known.file)) else {
                continue;
            };
            let ending = kind::extension(&file);
            if !matches!(ending.as_str(), "csv" | "json") {
                continue;
            }
            let Ok(bytes) = read(name, zip, member, budget)? else { continue };
            let source = Source::file(format!("{name}!/{}", member.path), kind::decode_file(bytes));
            if ending == "csv" { tables.take_csv(known, &Table::read(&source)) } else { tables.take_json(known, &source) }
        }
        Ok(tables)
    }

    fn take_csv(&mut self, known: &Known, table: &Table) {
        if !table.has(&[known.key]) {
            return;
        }
        for row in table.rows() {
            if let Some(key) = table.text(row, known.key) {
                self.add(key, known, |column| table.span(row, column));
            }
        }
    }

    fn take_json(&mut self, known: &Known, source: &std::sync::Arc<Source>) {
        for value in json::values(source).unwrap_or_default().into_iter().flat_map(elements) {
            let object = entries(value);
            if let Some(key) = templates::text_at(source, &object, known.key) {
                self.add(key.text(), known, |column| templates::text_at(source, &object, column));
            }
        }
    }

    fn add(&mut self, key: &str, known: &Known, value: impl Fn(&str) -> Option<Span>) {
        let headers = known.headers.iter().filter_map(|(name, column)| Some(Header { name: (*name).to_owned(), value: value(column)? }));
        self.0.entry(key.to_owned()).or_insert_with(|| headers.collect());
    }

    /// The headers of the draft at a path: its stem is the key, or begins with it (`123.spring-news.html`).
    pub(super) fn headers(&self, path: &str) -> Vec<Header> {
        let file = file_name(path);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let head = stem.split('.').next().unwrap_or_default();
        self.0.get(stem).or_else(|| self.0.get(head)).cloned().unwrap_or_default()
    }
}
