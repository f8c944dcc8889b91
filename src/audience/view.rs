//! Some rows of a list as a list of its own, on the lines on which they stand, read again whenever it is opened.

use super::list::List;
use super::rows::{Header, Row, Rows, stream};
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

/// How many bytes are made at once.
const CHUNK: usize = 1 << 16;

/// Says which rows are kept.
type Keep = dyn Fn(&Header, &Row) -> bool + Send + Sync;

impl List {
    /// The addresses of the rows of a list for which `keep` is true. They stand on the lines of their rows.
    #[must_use]
    pub fn only(&self, keep: impl Fn(&Header, &Row) -> bool + Send + Sync + 'static) -> Self {
        let (list, keep): (Self, Arc<Keep>) = (self.clone(), Arc::new(keep));
        Self::new(self.name.clone(), self.path.clone(), self.role, move || {
            let rows = stream(&list).map_err(|error| io::Error::other(error.to_string()))?;
            Ok(Box::new(View { rows, keep: Arc::clone(&keep), made: b"email".to_vec(), at: 0, line: 1 }))
        })
    }
}

/// The rows that are kept, as the bytes of a list with one column.
struct View {
    rows: Rows,
    keep: Arc<Keep>,
    made: Vec<u8>,
    /// How much of `made` has been read.
    at: usize,
    /// The line on which `made` ends.
    line: u64,
}

impl View {
    fn refill(&mut self) -> io::Result<()> {
        self.made.clear();
        self.at = 0;
        while self.made.len() < CHUNK {
            let Some(row) = self.rows.next() else { break };
            let row = row.map_err(|error| io::Error::other(error.to_string()))?;
            if !(self.keep)(self.rows.header(), &row) {
                continue;
            }
            let address = row.fields.get(self.rows.header().export.address).map_or("", |cell| cell.trim());
            // A row begins on a line of its own, and there are as many lines before it as in the file.
            let lines = row.line.saturating_sub(self.line).max(1);
            self.line += lines;
            self.made.extend((0..lines).map(|_| b'\n'));
            self.made.push(b'"');
            self.made.extend(address.bytes().filter(|byte| !matches!(byte, b'"' | b'\n' | b'\r')));
            self.made.push(b'"');
        }
        Ok(())
    }
}

impl Read for View {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.made.len() {
            self.refill()?;
        }
        let rest = self.made.get(self.at..).unwrap_or_default();
        let size = rest.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..size), rest.get(..size)) {
            to.copy_from_slice(from);
        }
        self.at += size;
        Ok(size)
    }
}

impl Seek for View {
    /// Rows are kept one after the other: there is no going back.
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience::{Asked, Memory, parties};
    use crate::settings::Role;

    #[test]
    fn rows_that_are_kept_stay_on_their_lines() {
        let text = "id,Email\n1,a@a.example\n2,b@a.example\n\n3,\"c@a.example\"\n4,d@a.example\n";
        let list = List::from_bytes("orders", "orders.csv", Role::Other, text.as_bytes());
        let view = list.only(|_, row| row.fields.first().is_some_and(|id| id == "2" || id == "4"));
        let found = parties(&[view], Asked::default(), &Memory::unbounded()).expect("a list");
        let lines: Vec<u64> = found.parties[0].examples.iter().map(|example| example.at.line).collect();
        assert_eq!((found.parties[0].people, lines), (2, vec![3, 6]));
        let none = list.only(|_, _| false);
        assert_eq!(parties(&[none], Asked::default(), &Memory::unbounded()).expect("an empty list").parties.len(), 0);
    }
}
