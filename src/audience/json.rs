//! Lists in JSON: an array of objects, or one object after the other, each of them one person.

use super::block::Block;
use super::columns::MOST_COLUMNS;
use super::fault::ReadFault;
use super::pieces::{Cut, Piece};
use memchr::memchr_iter;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

/// Finds the end of the last whole object.
pub(super) fn cut(bytes: &[u8]) -> Cut {
    let (mut depth, mut in_text, mut end) = (0_usize, false, None);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if in_text => at += 1,
            b'"' => in_text = !in_text,
            b'{' if !in_text => depth += 1,
            b'}' if !in_text => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    end = Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    Cut { end, ..Cut::default() }
}

/// The names of fields, in the order in which they first appear.
#[derive(Default)]
pub(super) struct Names {
    known: HashSet<String>,
    in_order: Vec<String>,
}

impl Names {
    /// The names of all fields of a piece.
    pub(super) fn of(piece: &Piece) -> Result<Self, ReadFault> {
        let mut names = Self::default();
        each(piece, |_, fields| fields.0.into_iter().for_each(|(name, _)| names.note(name)))?;
        names.bounded(piece.line)
    }

    /// These and those of the piece behind them, which begins on this line.
    pub(super) fn then(mut self, later: Self, line: u64) -> Result<Self, ReadFault> {
        later.in_order.into_iter().for_each(|name| self.note(name));
        self.bounded(line)
    }

    pub(super) fn into_columns(self) -> Arc<[String]> {
        self.in_order.into()
    }

    fn note(&mut self, name: String) {
        if !self.known.contains(&name) {
            self.known.insert(name.clone());
            self.in_order.push(name);
        }
    }

    fn bounded(self, line: u64) -> Result<Self, ReadFault> {
        if self.in_order.len() > MOST_COLUMNS {
            let message = format!("its objects have more than {MOST_COLUMNS} different fields, so they are no people");
            return Err(ReadFault::Json { line, message });
        }
        Ok(self)
    }
}

/// Reads a piece into rows; a field that is no column makes a cell beyond the last column.
pub(super) fn parse(piece: &Piece, columns: &[String]) -> Result<Block, ReadFault> {
    let index: HashMap<&str, usize> = columns.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let mut block = Block::default();
    each(piece, |line, fields| {
        // A row ends at its last field, so that a few odd objects with many fields do not make every row wide.
        let (mut cells, mut others) = (Vec::new(), Vec::new());
        for (name, value) in fields.0 {
            match index.get(name.as_str()) {
                Some(&at) => {
                    if cells.len() <= at {
                        cells.resize(at + 1, String::new());
                    }
                    if let Some(cell) = cells.get_mut(at) {
                        *cell = value;
                    }
                }
                None => others.push(value),
            }
        }
        if !others.is_empty() {
            cells.resize(columns.len(), String::new());
            cells.append(&mut others);
        }
        for cell in cells {
            let start = block.bytes_mut().len();
            block.bytes_mut().extend_from_slice(cell.as_bytes());
            block.cell(start, start + cell.len());
        }
        block.end_row(line);
    })?;
    Ok(block)
}

/// Goes through the objects of a piece, with their lines.
fn each(piece: &Piece, mut found: impl FnMut(u64, Fields)) -> Result<(), ReadFault> {
    let (mut at, mut line) = (0, piece.line);
    loop {
        let rest = piece.bytes.get(at..).unwrap_or_default();
        let between = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b'[' | b']')).count();
        line += lines(rest, between);
        at += between;
        let rest = rest.get(between..).unwrap_or_default();
        let mut objects = serde_json::Deserializer::from_slice(rest).into_iter::<Fields>();
        match objects.next() {
            None => return Ok(()),
            Some(Ok(fields)) => found(line, fields),
            Some(Err(error)) => {
                let line = line + (error.line() as u64).saturating_sub(1);
                let text = error.to_string();
                let message = text.split(" at line ").next().unwrap_or_default().to_owned();
                return Err(ReadFault::Json { line, message });
            }
        }
        line += lines(rest, objects.byte_offset());
        at += objects.byte_offset();
    }
}

fn lines(bytes: &[u8], to: usize) -> u64 {
    memchr_iter(b'\n', bytes.get(..to).unwrap_or_default()).count() as u64
}

/// The fields of one object in their order; those of objects within it are named with a dot.
struct Fields(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object with the fields of one person")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            flatten(name, value, &mut fields);
        }
        Ok(Fields(fields))
    }
}

/// Writes a value as a cell. The reader of JSON bounds how deep objects may stand in each other.
fn flatten(name: String, value: Value, fields: &mut Vec<(String, String)>) {
    match value {
        Value::Object(inner) => {
            for (key, value) in inner {
                flatten(format!("{name}.{key}"), value, fields);
            }
        }
        Value::Null => fields.push((name, String::new())),
        Value::String(text) => fields.push((name, text)),
        other => fields.push((name, other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str) -> Piece {
        Piece { bytes: text.as_bytes().to_vec(), line: 1, end: 2 }
    }

    #[test]
    fn objects_are_rows_and_keep_their_lines() {
        let text = "[\n {\"email\": \"a@b.example\", \"n\": {\"x\": 1}},\n {\"email\": null,\n  \"z\": true}\n]\n";
        let names = Names::of(&piece(text)).expect("columns").into_columns();
        assert_eq!(*names, ["email", "n.x", "z"]);
        let block = parse(&piece(text), &names).expect("rows");
        let rows: Vec<(u64, Vec<&[u8]>)> = block.rows().map(|row| (row.line, row.iter().collect())).collect();
        assert_eq!(rows, [(2, vec![b"a@b.example".as_slice(), b"1"]), (3, vec![b"".as_slice(), b"", b"true"])]);
    }

    #[test]
    fn a_fault_is_placed_on_its_line() {
        let fault = |text: &str| Names::of(&piece(text)).err();
        assert!(matches!(fault("{\"a\": 1}\n{\"a\": 1,\n b}\n"), Some(ReadFault::Json { line: 3, .. })));
        assert!(matches!(fault("[1, 2]"), Some(ReadFault::Json { line: 1, .. })));
    }

    #[test]
    fn an_object_is_cut_only_where_it_ends() {
        assert_eq!(cut(b"{\"a\": \"}\\\"\"} {\"b").end, Some(12));
        assert_eq!(cut(b"[{\"a\": {\"b\": 1}").end, None);
    }
}
