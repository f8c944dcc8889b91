//! The table beside the drafts of an export: CSV whose cells know where they stand.

use crate::origin::OffsetMap;
use crate::source::{Source, Span};
use std::sync::Arc;

/// Most cells that are read of one table; a newsletter of twenty years has some ten thousand.
const MOST_CELLS: usize = 2_000_000;

/// A table, read.
pub(super) struct Table {
    source: Arc<Source>,
    rows: Vec<Vec<Cell>>,
}

/// One cell: its text without quotes, and the way back.
struct Cell {
    text: String,
    map: OffsetMap,
}

impl Table {
    /// Reads a table with commas between its cells; the first row names the columns.
    pub(super) fn read(source: &Arc<Source>) -> Self {
        let mut table = Self { source: Arc::clone(source), rows: Vec::new() };
        let text = source.text();
        let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
        let mut row = Vec::new();
        let mut cells = 0;
        while at < text.len() && cells < MOST_CELLS {
            let (cell, end) = cell(text, at);
            row.push(cell);
            cells += 1;
            let rest = text.get(end..).unwrap_or_default();
            if rest.starts_with(',') {
                at = end + 1;
                continue;
            }
            at = end + if rest.starts_with("\r\n") { 2 } else { rest.chars().next().map_or(0, char::len_utf8) };
            table.rows.push(std::mem::take(&mut row));
        }
        table
    }

    /// Whether there are columns of these names.
    pub(super) fn has(&self, columns: &[&str]) -> bool {
        columns.iter().all(|column| self.column(column).is_some())
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.rows.first()?.iter().position(|cell| cell.text.trim().eq_ignore_ascii_case(name))
    }

    /// The rows below the first, as numbers.
    pub(super) fn rows(&self) -> std::ops::Range<usize> {
        1..self.rows.len().max(1)
    }

    /// The text of a cell.
    pub(super) fn text(&self, row: usize, column: &str) -> Option<&str> {
        let cell = self.rows.get(row)?.get(self.column(column)?)?;
        Some(cell.text.trim()).filter(|text| !text.is_empty())
    }

    /// The text of a cell with its place.
    pub(super) fn span(&self, row: usize, column: &str) -> Option<Span> {
        let cell = self.rows.get(row)?.get(self.column(column)?)?;
        let lead = cell.text.len() - cell.text.trim_start().len();
        let source = Source::decoded(&self.source, format!("{column} column"), cell.text.as_str(), cell.map.clone());
        Some(source.span(lead..cell.text.trim_end().len())).filter(|span| !span.text().is_empty())
    }
}

/// The cell at `at`, and where it ends.
fn cell(text: &str, at: usize) -> (Cell, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let Some(inside) = rest.strip_prefix('"') else {
        let length = rest.find([',', '\n', '\r']).unwrap_or(rest.len());
        let written = rest.get(..length).unwrap_or_default();
        return (Cell { text: written.to_owned(), map: OffsetMap::shifted(length, at) }, at + length);
    };
    let mut cell = Cell { text: String::new(), map: OffsetMap::default() };
    let mut from = 0;
    loop {
        let piece = inside.get(from..).unwrap_or_default();
        let length = piece.find('"').unwrap_or(piece.len());
        cell.map.push(cell.text.len(), at + 1 + from);
        cell.text.push_str(piece.get(..length).unwrap_or_default());
        let end = from + length;
        if !inside.get(end..).is_some_and(|rest| rest.starts_with("\"\"")) {
            cell.map.finish(cell.text.len(), at + 1 + end);
            let after = inside.get(end..).unwrap_or_default();
            let tail = after.strip_prefix('"').unwrap_or(after);
            let junk = tail.find([',', '\n', '\r']).unwrap_or(tail.len());
            return (cell, at + rest.len() - tail.len() + junk);
        }
        cell.map.push(cell.text.len(), at + 1 + end);
        cell.text.push('"');
        from = end + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_lead_back_through_their_quotes() {
        let csv = "post_id,title\r\n1.a,\"Say \"\"hi\"\", twice\"\r\n2.b,Plain\n3.c,";
        let table = Table::read(&Source::file("posts.csv", csv));
        assert!(table.has(&["post_id", "title"]));
        let title = table.span(1, "title").expect("a title");
        assert_eq!(title.text(), "Say \"hi\", twice");
        assert_eq!(title.slice(4..8).in_file().text(), "\"\"hi\"\"");
        assert_eq!(title.slice(10..15).place().to_string(), "posts.csv:2:18");
        assert_eq!(table.text(2, "title"), Some("Plain"));
        assert_eq!(table.text(3, "title"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_table(text in "[a,\"\r\né]{0,40}") {
            let table = Table::read(&Source::file("a.csv", text));
            for row in table.rows() {
                let _ = table.span(row, "a");
            }
        }
    }
}
