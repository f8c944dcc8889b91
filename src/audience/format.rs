//! What kind of file a list is: compressed, its charset, its delimiter; and what is no list at all.

use super::archive::{self, Archive};
use super::fault::ReadFault;
use super::list::{Input, List};
use super::parquet::MARK;
use super::recode::{OldMac, Recoder, Unpacker};
use crate::error::Error;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::io::{self, Cursor, Read, Seek};

/// How much of a file is looked at to tell what it is.
const HEAD: usize = 1 << 16;
/// Rows looked at to tell the delimiter.
const SNIFFED_ROWS: usize = 24;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How the rows stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Delimited(u8),
    Json,
    Workbook,
    Parquet,
}

/// A list that is open and whose kind is known.
pub(super) struct Opened {
    /// From the first row on, in a charset of which ASCII is a part.
    pub(super) reader: Box<dyn Read + Send>,
    pub(super) layout: Layout,
    /// The charset of cells that are not UTF-8.
    pub(super) charset: &'static Encoding,
    /// The line of the first row.
    pub(super) line: u64,
    /// Where the first row stands in the file, if the file is read as it is.
    pub(super) byte: Option<u64>,
}

impl Opened {
    fn workbook(reader: Box<dyn Read + Send>) -> Self {
        Self { reader, layout: Layout::Workbook, charset: WINDOWS_1252, line: 1, byte: None }
    }

    fn parquet(reader: Box<dyn Read + Send>) -> Self {
        Self { layout: Layout::Parquet, ..Self::workbook(reader) }
    }
}

/// With what every zip archive begins, workbooks among them.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// Opens a list and tells what it is.
pub(super) fn open(list: &List) -> Result<Opened, Error> {
    let unreadable = |error: io::Error| Error::in_file(&list.path, format!("this list could not be read: {error}"));
    let (mut head, mut reader, mut byte) = begin(list.open().map_err(unreadable)?).map_err(unreadable)?;
    if head.starts_with(MARK) {
        return if byte.is_some() {
            Ok(Opened::parquet(reader))
        } else {
            Err(Error::in_file(&list.path, "a Parquet file is not read from front to back, so it cannot come through a pipe")
                .help("give the file itself"))
        };
    }
    if head.starts_with(b"\x1f\x8b") {
        (head, reader) = peek(Box::new(Unpacker::new(reader))).map_err(|error| {
            Error::in_file(&list.path, format!("this compressed list could not be unpacked: {error}"))
                .help("compress it again, or give the unpacked file")
        })?;
        byte = None;
    }
    if head.starts_with(ARCHIVE) {
        let unpacked = match archive::open(reader).map_err(|fault| fault.in_list(&list.path))? {
            Archive::Workbook(bytes) => return Ok(Opened::workbook(Box::new(Cursor::new(bytes)))),
            Archive::List(unpacked) => unpacked,
        };
        (head, reader) = peek(unpacked).map_err(unreadable)?;
        byte = None;
    }
    if let Some((charset, mark)) = utf16(&head) {
        skip(&mut reader, mark).map_err(unreadable)?;
        (head, reader) = peek(Box::new(Recoder::new(reader, charset))).map_err(|error| ReadFault::Io(error).in_list(&list.path))?;
        byte = None;
    } else if head.starts_with(b"\xef\xbb\xbf") {
        skip(&mut reader, 3).map_err(unreadable)?;
        head.drain(..3);
        byte = byte.map(|byte| byte + 3);
    }
    if head.starts_with(ARCHIVE) {
        return Ok(Opened::workbook(reader));
    }
    refuse(&head, &list.path)?;
    let charset = charset(&head);
    if matches!(head.trim_ascii_start().first(), Some(b'[' | b'{')) {
        return Ok(Opened { reader, layout: Layout::Json, charset, line: 1, byte: None });
    }
    if !head.contains(&b'\n') && head.contains(&b'\r') {
        reader = Box::new(OldMac::new(reader));
        byte = None;
        head.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
    }
    let (delimiter, length) = separator_line(&head).unwrap_or_else(|| (sniff(&head), 0));
    skip(&mut reader, length).map_err(unreadable)?;
    let byte = byte.map(|byte| byte + length as u64);
    Ok(Opened { reader, layout: Layout::Delimited(delimiter), charset, line: 1 + u64::from(length > 0), byte })
}

/// What was read of a file, the whole of it from its beginning, and where that is if it can be sought in.
type Begun = (Vec<u8>, Box<dyn Read + Send>, Option<u64>);

fn begin(mut file: Box<dyn Input>) -> io::Result<Begun> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok(match file.rewind() {
        Ok(()) => (head, Box::new(file), Some(0)),
        // A pipe is read as it comes.
        Err(_) => (head.clone(), Box::new(Cursor::new(head).chain(file)), None),
    })
}

/// The first bytes, and a reader that still begins with them.
fn peek(mut reader: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut head = Vec::new();
    reader.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(reader))))
}

fn skip(reader: &mut Box<dyn Read + Send>, bytes: usize) -> io::Result<()> {
    io::copy(&mut reader.by_ref().take(bytes as u64), &mut io::sink()).map(drop)
}

/// UTF-16 by its mark, or by every other byte being nought; with the length of the mark.
fn utf16(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    if head.starts_with(b"\xff\xfe\0\0") {
        return None;
    }
    if let Some((charset, mark)) = Encoding::for_bom(head).filter(|(charset, _)| *charset != UTF_8) {
        return Some((charset, mark));
    }
    let sample = head.get(..head.len().min(512) & !1).unwrap_or_default();
    let noughts = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (noughts(0), noughts(1), sample.len() / 2);
    match () {
        () if pairs >= 4 && even == 0 && odd * 10 >= pairs * 9 => Some((UTF_16LE, 0)),
        () if pairs >= 4 && odd == 0 && even * 10 >= pairs * 9 => Some((UTF_16BE, 0)),
        () => None,
    }
}

/// Refuses what is no list, by what it is.
fn refuse(head: &[u8], path: &str) -> Result<(), Error> {
    let text = head.trim_ascii_start();
    if text.is_empty() {
        return Err(Error::in_file(path, "this list is empty")
            .help("export it again; a list of nobody still has a line with the names of its columns"));
    }
    let begins = |word: &[u8]| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Error::in_file(path, "this is a workbook of an old kind (.xls)").help("save the sheet as CSV (UTF-8) or as .xlsx"));
    }
    if begins(b"%PDF") || head.contains(&0) || controls(head) * 20 > head.len() {
        return Err(Error::in_file(path, "this is a binary file, not a list").help("export the list as CSV"));
    }
    let tag = text.split(|byte| *byte == b'>').next().unwrap_or_default();
    if begins(b"<") && !tag.contains(&b'@') {
        return Err(Error::in_file(path, "this is a web page or other markup, not a list")
            .help("the download may have been a log-in page; export the list again, or give this file as the draft"));
    }
    if is_mail(text) {
        return Err(Error::in_file(path, "this is an email, not a list").help("give it as the draft, and a CSV file as the list"));
    }
    Ok(())
}

fn controls(head: &[u8]) -> usize {
    head.iter().filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace()).count()
}

/// Whether it begins with two header lines of a mail.
fn is_mail(text: &[u8]) -> bool {
    const HEADERS: [&[u8]; 11] = [
        b"from",
        b"to",
        b"subject",
        b"date",
        b"received",
        b"return-path",
        b"delivered-to",
        b"mime-version",
        b"message-id",
        b"reply-to",
        b"content-type",
    ];
    let mut lines = text.split(|byte| *byte == b'\n').filter(|line| !line.first().is_some_and(|first| matches!(first, b' ' | b'\t')));
    let header = |line: &[u8]| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        name.len() < line.len() && HEADERS.iter().any(|header| name.eq_ignore_ascii_case(header))
    };
    lines.next().is_some_and(header) && lines.next().is_some_and(header)
}

/// UTF-8, or what a text that is not UTF-8 most likely is.
fn charset(head: &[u8]) -> &'static Encoding {
    match std::str::from_utf8(head) {
        Ok(_) => WINDOWS_1252,
        // The head may end within a letter.
        Err(error) if error.error_len().is_none() => WINDOWS_1252,
        Err(_) => {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(head, true);
            let found = detector.guess(None, chardetng::Utf8Detection::Deny);
            if found.is_ascii_compatible() { found } else { WINDOWS_1252 }
        }
    }
}

/// `sep=;`, which Excel writes before the header; with the length of its line.
fn separator_line(head: &[u8]) -> Option<(u8, usize)> {
    let end = head.iter().position(|byte| *byte == b'\n')?;
    let line = head.get(..end)?.trim_ascii_end();
    let delimiter = match line.get(..4)?.eq_ignore_ascii_case(b"sep=").then(|| line.get(4..))?? {
        [one] => *one,
        b"" if head.get(4) == Some(&b'\t') => b'\t',
        _ => return None,
    };
    (delimiter.is_ascii() && delimiter != b'"').then_some((delimiter, end + 1))
}

/// The delimiter by which the first rows have the most equal numbers of cells; a comma if no row has two.
fn sniff(head: &[u8]) -> u8 {
    let score = |delimiter: u8| {
        let counts = cells_a_row(head, delimiter);
        let first = counts.first().copied().unwrap_or(1);
        let equal = counts.iter().filter(|count| **count == first).count();
        if first < 2 { (0, 0) } else { (equal * 100 / counts.len().max(1), first) }
    };
    let mut best = (b',', score(b','));
    for delimiter in &DELIMITERS[1..] {
        let this = score(*delimiter);
        // A comma within cells may be regular by chance; more cells win where rows agree nearly as well.
        let better = if this.0.abs_diff(best.1.0) <= 10 { this.1 > best.1.1 } else { this.0 > best.1.0 };
        if better {
            best = (*delimiter, this);
        }
    }
    best.0
}

/// How many cells the first rows have, quotes heeded.
fn cells_a_row(head: &[u8], delimiter: u8) -> Vec<usize> {
    let (mut counts, mut cells, mut quoted, mut before) = (Vec::new(), 1, false, b'\n');
    for &byte in head {
        match byte {
            b'"' if quoted || before == delimiter || before == b'\n' || before == b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if before != b'\n' {
                    counts.push(cells);
                }
                cells = 1;
            }
            _ if byte == delimiter && !quoted => cells += 1,
            _ => {}
        }
        if counts.len() == SNIFFED_ROWS {
            return counts;
        }
        if byte != b'\r' {
            before = byte;
        }
    }
    // The last row may be cut short.
    if counts.is_empty() {
        counts.push(cells);
    }
    counts
}

/// The text of a cell: UTF-8, or else the charset of the list.
pub(crate) fn text<'a>(cell: &'a [u8], charset: &'static Encoding) -> Cow<'a, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => charset.decode_without_bom_handling(cell).0,
    }
}

/// The same, to be kept.
pub(super) fn decode(cell: &[u8], charset: &'static Encoding) -> String {
    text(cell, charset).into_owned()
}
