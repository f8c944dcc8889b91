//! Lists in Excel workbooks (`.xlsx`): the rows of the one sheet that has any.

use super::block::Block;
use super::columns::MOST_COLUMNS;
use super::fault::ReadFault;
use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx};
use std::collections::VecDeque;
use std::io::{Cursor, Read};

/// The largest workbook, packed and unpacked. A full sheet of 1,048,576 rows fits.
const LARGEST: u64 = 1 << 28;
const LARGEST_UNPACKED: u64 = 1 << 31;
/// Rows a block.
const BLOCK: usize = 4096;
/// Reads the rows of a workbook, with their numbers as lines.
pub(super) fn read(reader: &mut dyn Read) -> Result<VecDeque<Block>, ReadFault> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(fault("this workbook is larger than 256 MB"));
    }
    check(&bytes)?;
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| fault(&format!("this workbook could not be read: {error}")))?;
    let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let sheets: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let mut filled: Option<(String, VecDeque<Block>)> = None;
    for sheet in sheets {
        let rows = rows(&mut workbook, &sheet)?;
        match &filled {
            _ if rows.is_empty() => {}
            None => filled = Some((sheet, rows)),
            Some((first, _)) => {
                return Err(fault(&format!("this workbook has more than one sheet with something in it: `{first}`, `{sheet}`")));
            }
        }
    }
    filled.map(|(_, rows)| rows).ok_or_else(|| fault("this workbook is empty"))
}

fn fault(message: &str) -> ReadFault {
    ReadFault::Workbook { message: message.to_owned() }
}

/// Refuses archives that are no workbooks, and those that unpack to more than memory should hold.
fn check(bytes: &[u8]) -> Result<(), ReadFault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&format!("this archive is damaged: {error}")))?;
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(fault("this is a zip archive and not a workbook (.xlsx)"));
    }
    let mut unpacked = 0_u64;
    for number in 0..archive.len() {
        let size = archive.by_index_raw(number).map(|file| file.size());
        unpacked = unpacked.saturating_add(size.map_err(|error| fault(&format!("this archive is damaged: {error}")))?);
    }
    if unpacked > LARGEST_UNPACKED {
        return Err(fault("this workbook unpacks to more than 2 GB"));
    }
    Ok(())
}

/// The rows of one sheet that have a filled cell.
fn rows(workbook: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Result<VecDeque<Block>, ReadFault> {
    let damaged = |error: calamine::XlsxError| fault(&format!("the sheet `{sheet}` could not be read: {error}"));
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(damaged)?;
    let mut rows = Rows::default();
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let column = column as usize;
        if column >= MOST_COLUMNS {
            return Err(fault(&format!("the sheet `{sheet}` has more than {MOST_COLUMNS} columns, so it is no list of people")));
        }
        rows.add(row, column, &text(cell.get_value()));
    }
    Ok(rows.finish())
}

/// Rows while their cells come in.
#[derive(Default)]
struct Rows {
    blocks: VecDeque<Block>,
    /// The cells of the first row; every other row has as many.
    width: usize,
    line: u32,
    cells: Vec<String>,
}

impl Rows {
    fn add(&mut self, row: u32, column: usize, value: &str) {
        if row != self.line {
            self.end_row();
            self.line = row;
        }
        if value.is_empty() {
            return;
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = self.cells.get_mut(column) {
            value.clone_into(cell);
        }
    }

    fn end_row(&mut self) {
        let mut cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return;
        }
        if self.blocks.is_empty() {
            self.width = cells.len();
        }
        cells.resize(cells.len().max(self.width), String::new());
        if self.blocks.back().is_none_or(|block| block.len() >= BLOCK) {
            self.blocks.push_back(Block::default());
        }
        let Some(block) = self.blocks.back_mut() else { return };
        for cell in cells {
            let start = block.bytes_mut().len();
            block.bytes_mut().extend_from_slice(cell.as_bytes());
            block.cell(start, start + cell.len());
        }
        block.end_row(u64::from(self.line) + 1);
    }

    fn finish(mut self) -> VecDeque<Block> {
        self.end_row();
        self.blocks
    }
}

/// A cell as it would stand in a CSV file.
fn text(cell: &DataRef) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(moment) => date(moment),
        DataRef::Error(error) => error.to_string(),
    }
}

fn date(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    match (hour, minute, second) {
        (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
    }
}
