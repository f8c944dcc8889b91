//! Coupons in rows: CSV with any delimiter, with or without a header, and lists of one code a line.

use super::catalogue::{Coupons, Layout};
use super::collect::Collector;
use super::dates::{self, Order};
use super::decimal::Mark;
use super::field::{self, Field};
use super::platform::{Platform, Shape};
use super::proofs::Proofs;
use super::record::{Cell, Notation, shown};
use super::rows::{Piece, Rows};
use crate::error::Error;
use crate::source::Source;
use std::collections::HashSet;
use std::sync::Arc;

/// How a table is laid out: found once, kept to read single rows again.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) notation: Notation,
    delimiter: u8,
    /// What each column holds; `None` for columns that are of no use here.
    fields: Vec<Option<Field>>,
    /// Where the first record begins.
    first: usize,
    unique: bool,
}

/// Reads a table.
pub(super) fn read(source: &Arc<Source>) -> Result<Coupons, Error> {
    let columns = Columns::find(source)?;
    let bare = columns
        .fields
        .iter()
        .flatten()
        .all(|field| matches!(field, Field::Code | Field::Starts | Field::Ends | Field::State | Field::Pool));
    let unique = columns.unique;
    let layout = Arc::new(Layout::Table(columns));
    let Layout::Table(columns) = layout.as_ref() else { return Ok(Coupons::default()) };
    let mut collector = Collector::new(source, &columns.notation, &layout, unique, bare);
    let mut rows = Rows::new(source.text(), columns.delimiter, columns.first);
    let mut pieces = Vec::new();
    let mut cells = Vec::new();
    while let Some(row) = rows.next_into(&mut pieces).map_err(|quote| unclosed(source, quote))? {
        columns.cells(source.text(), &pieces, &mut cells);
        collector.record(row.start, &cells)?;
    }
    collector.finish()
}

impl Columns {
    /// The cells of the record that begins at `start`.
    pub(super) fn record_at<'a>(&self, text: &'a str, start: usize) -> Vec<Cell<'a>> {
        let mut pieces = Vec::new();
        let mut cells = Vec::new();
        if let Ok(Some(_)) = Rows::new(text, self.delimiter, start).next_into(&mut pieces) {
            self.cells(text, &pieces, &mut cells);
        }
        cells
    }

    fn cells<'a>(&self, text: &'a str, pieces: &[Piece], cells: &mut Vec<Cell<'a>>) {
        cells.clear();
        for (piece, field) in pieces.iter().zip(&self.fields) {
            if let Some(field) = field {
                cells.push(Cell { field: *field, text: piece.value(text), range: piece.range.clone() });
            }
        }
    }

    fn find(source: &Arc<Source>) -> Result<Self, Error> {
        let text = source.text();
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let (start, delimiter) = declared_delimiter(text, start).unwrap_or_else(|| (start, likely_delimiter(text, start)));
        let mut rows = Rows::new(text, delimiter, start);
        let mut header = Vec::new();
        let Some(first) = rows.next_into(&mut header).map_err(|quote| unclosed(source, quote))? else {
            return Err(Error::in_file(source.name(), "the coupon file holds no rows").help("export it again"));
        };
        let names: Vec<String> = header.iter().map(|piece| piece.value(text).into_owned()).collect();
        let mut columns = Self {
            notation: Notation { source: Arc::clone(source), platform: Platform::Plain, starts: None, ends: None, mark: None },
            delimiter,
            fields: Vec::new(),
            first: rows.at(),
            unique: false,
        };
        if !columns.name_columns(&names) {
            columns.without_header(source, &names, first.start)?;
        }
        columns.decide_notations(source, &names)?;
        Ok(columns)
    }

    /// Gives each column its meaning by its name; false if no column holds codes.
    fn name_columns(&mut self, names: &[String]) -> bool {
        let plain: Vec<String> = names.iter().map(|name| field::simplified(name)).collect();
        let shape = Shape::proved_by(|key| plain.contains(&field::simplified(key)));
        self.fields = match shape {
            Some(shape) => names.iter().map(|name| shape.column(name)).collect(),
            None => plain_columns(&plain),
        };
        if let Some(shape) = shape {
            self.notation.platform = shape.platform;
            self.unique = shape.unique;
        }
        self.fields.contains(&Some(Field::Code)) || (shape.is_some() && self.fields.contains(&Some(Field::Id)))
    }

    /// A file without a header: one code a line, or a code and its end.
    fn without_header(&mut self, source: &Arc<Source>, names: &[String], start: usize) -> Result<(), Error> {
        let known = self.fields.iter().any(Option::is_some);
        let code = names.first().is_some_and(|name| like_a_code(name));
        let date = |name: &String| dates::read(name, None) != Err(dates::Unreadable::NoDate);
        self.fields = match names {
            [_] if code && !known => vec![Some(Field::Code)],
            [_, second] if code && !known && date(second) => vec![Some(Field::Code), Some(Field::Ends)],
            _ => {
                let found = names.iter().map(|name| format!("{:?}", shown(name))).take(30).collect::<Vec<_>>().join(", ");
                let message = format!("no column holds the codes; the columns found are {found}");
                return Err(
                    Error::at(&source.span(start..start), message).help("name the column with the codes \"code\" in the first line")
                );
            }
        };
        self.first = start;
        Ok(())
    }

    /// Looks through the columns of dates and numbers for what proves their notation.
    fn decide_notations(&mut self, source: &Arc<Source>, names: &[String]) -> Result<(), Error> {
        let dated: Vec<(usize, Field)> = self.columns_of(|field| matches!(field, Field::Starts | Field::Ends | Field::EndsUtc));
        let numbers: Vec<(usize, Field)> =
            self.columns_of(|field| matches!(field, Field::Value | Field::Percent | Field::Amount | Field::Minimum | Field::MinimumText));
        let mut proofs = Proofs::default();
        if !dated.is_empty() || !numbers.is_empty() {
            let mut rows = Rows::new(source.text(), self.delimiter, self.first);
            let mut pieces = Vec::new();
            while rows.next_into(&mut pieces).map_err(|quote| unclosed(source, quote))?.is_some() {
                for (column, field) in &dated {
                    proofs.date(*field, pieces.get(*column).map_or("", |piece| piece.raw(source.text())));
                }
                for (column, _) in &numbers {
                    proofs.number(pieces.get(*column).map_or("", |piece| piece.raw(source.text())));
                }
            }
        }
        let european = self.delimiter == b';' || proofs.mark == Some(Mark::Comma) || names.iter().any(|name| foreign(name));
        let hint = if european { Some(Order::DayFirst) } else { None };
        self.notation.starts = proofs.starts.or(proofs.ends).or(hint);
        self.notation.ends = proofs.ends.or(proofs.starts).or(hint);
        self.notation.mark = proofs.mark.or(match self.delimiter {
            b';' => Some(Mark::Comma),
            b',' => Some(Mark::Point),
            _ => None,
        });
        Ok(())
    }

    fn columns_of(&self, wanted: impl Fn(Field) -> bool) -> Vec<(usize, Field)> {
        self.fields.iter().enumerate().filter_map(|(at, field)| field.filter(|&field| wanted(field)).map(|field| (at, field))).collect()
    }
}

/// The columns of a list made by people. Of two for the same thing the first counts, but `Coupon, Code` has its codes in the second.
fn plain_columns(names: &[String]) -> Vec<Option<Field>> {
    let fields: Vec<Option<Field>> = names.iter().map(|name| field::named(name)).collect();
    let says_code = |at: usize| fields.get(at) == Some(&Some(Field::Code)) && names.get(at).is_some_and(|name| name.contains("cod"));
    let code = (0..names.len()).find(|&at| says_code(at)).or_else(|| fields.iter().position(|field| *field == Some(Field::Code)));
    let mut taken = HashSet::new();
    (0..)
        .zip(fields.iter().copied())
        .map(|(at, field)| match field? {
            Field::Code => (Some(at) == code).then_some(Field::Code),
            field @ (Field::Ends | Field::Kind) => Some(field),
            field => taken.insert(field).then_some(field),
        })
        .collect()
}

/// A header in another language than English means dates with the day first.
fn foreign(name: &str) -> bool {
    let plain = field::simplified(name);
    [
        "gültigbis",
        "gültigab",
        "startdatum",
        "enddatum",
        "ablaufdatum",
        "datededébut",
        "datedefin",
        "fechadeinicio",
        "fechadefin",
        "válidohasta",
        "scadenza",
        "datainizio",
        "datafine",
        "geldigtot",
        "geldigvanaf",
        "einddatum",
        "vervaldatum",
    ]
    .contains(&plain.as_str())
}

/// A single word with a digit or without lower-case letters, such as `SPRING20`; headers are seldom so.
fn like_a_code(text: &str) -> bool {
    let text = text.trim();
    let one_word = !text.is_empty() && text.chars().count() <= 64 && !text.contains(char::is_whitespace);
    let clean = text.chars().all(|c| c.is_alphanumeric() || "-_.!$%&+#@*/".contains(c));
    one_word
        && clean
        && text.chars().any(char::is_alphanumeric)
        && (text.contains(|c: char| c.is_ascii_digit()) || !text.contains(char::is_lowercase))
}

/// `sep=;` in the first line, as spreadsheets write it: where the next line begins, and the delimiter.
fn declared_delimiter(text: &str, start: usize) -> Option<(usize, u8)> {
    let rest = text.get(start..)?.strip_prefix("sep=")?;
    let delimiter = *rest.as_bytes().first().filter(|b| b.is_ascii())?;
    let line = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at + 1);
    Some((line, delimiter))
}

/// The delimiter that parts the first rows into the most columns, all alike.
fn likely_delimiter(text: &str, start: usize) -> u8 {
    let columns = |delimiter: u8| {
        let mut rows = Rows::new(text, delimiter, start);
        let mut pieces = Vec::new();
        let mut counts = Vec::new();
        while counts.len() < 5 && matches!(rows.next_into(&mut pieces), Ok(Some(_))) {
            counts.push(pieces.len());
        }
        let first = counts.first().copied().unwrap_or(0);
        let alike = counts.iter().filter(|&&count| count == first).count();
        (first > 1).then_some((alike, first))
    };
    [b',', b';', b'\t', b'|']
        .into_iter()
        .rev()
        .max_by_key(|&delimiter| columns(delimiter))
        .filter(|&best| columns(best).is_some())
        .unwrap_or(b',')
}

fn unclosed(source: &Arc<Source>, quote: usize) -> Error {
    Error::at(&source.span(quote..quote + 1), "a cell begins with a quotation mark here and never ends")
        .help("close the quotation mark, or double it if it belongs to the text")
}
