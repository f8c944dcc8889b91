//! Zip archives: a workbook is one, and a platform's export may be one with a single list inside.

use super::fault::ReadFault;
use super::recode::{FREE, MOST_SHRUNK};
use flate2::read::DeflateDecoder;
use std::io::{self, Cursor, Read};
use zip::{CompressionMethod, ZipArchive};

/// The largest archive, packed.
const LARGEST: u64 = 1 << 28;
/// Endings of files that can be lists.
const ENDINGS: [&str; 8] = [".csv", ".tsv", ".txt", ".tab", ".json", ".jsonl", ".xlsx", ".ndjson"];
/// How many names an error has.
const NAMED: usize = 8;

/// What a zip archive turned out to be.
pub(super) enum Archive {
    /// A workbook, packed as it is.
    Workbook(Vec<u8>),
    /// The one list inside, unpacked while it is read.
    List(Box<dyn Read + Send>),
}

/// Looks into an archive.
pub(super) fn open(reader: impl Read) -> Result<Archive, ReadFault> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(fault("this archive or workbook is larger than 256 MB"));
    }
    let damaged = |error: zip::result::ZipError| fault(&format!("this archive is damaged: {error}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.index_for_name("xl/workbook.xml").is_some() {
        return Ok(Archive::Workbook(archive.into_inner().into_inner()));
    }
    let names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(|name| name.to_string()).filter(|name| is_list(name)).collect();
    let [name] = names.as_slice() else {
        return Err(match names.len() {
            0 => fault("there is no list in this archive"),
            count => {
                let more = if count > NAMED { ", …" } else { "" };
                let names: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
                fault(&format!("there are {count} lists in this archive: {}{more}", names.join(", ")))
            }
        });
    };
    let file = archive.by_name(name).map_err(damaged)?;
    let (start, packed, method) = (file.data_start(), file.compressed_size(), file.compression());
    let (size, sum) = (file.size(), file.crc32());
    if file.encrypted() {
        return Err(fault("the list in this archive is locked with a password"));
    }
    drop(file);
    let mut bytes = archive.into_inner();
    // An archive may say that more is packed in it than it has bytes.
    let packed = packed.min(bytes.get_ref().len() as u64);
    if size > FREE && size / MOST_SHRUNK > packed {
        return Err(fault("the list in this archive unpacks to more than 400 times its size"));
    }
    bytes.set_position(start.ok_or_else(|| fault("this archive is damaged"))?);
    let packed = bytes.take(packed);
    Ok(Archive::List(match method {
        CompressionMethod::Stored => Box::new(Whole::new(packed, size, sum)),
        CompressionMethod::Deflated => Box::new(Whole::new(DeflateDecoder::new(packed), size, sum)),
        other => return Err(fault(&format!("the list in this archive is packed in a way that is not known ({other})"))),
    }))
}

fn fault(message: &str) -> ReadFault {
    ReadFault::Workbook { message: message.to_owned() }
}

/// Folders, and what Macs put beside every file, are no lists.
fn is_list(name: &str) -> bool {
    let lower = name.to_lowercase();
    let file = lower.rsplit('/').next().unwrap_or_default();
    !file.starts_with('.') && !lower.starts_with("__macosx/") && ENDINGS.iter().any(|ending| file.ends_with(ending))
}

/// A file that must have the length and the check sum that the archive says.
struct Whole<R> {
    reader: R,
    left: u64,
    sum: flate2::Crc,
    wanted: u32,
}

impl<R> Whole<R> {
    fn new(reader: R, left: u64, wanted: u32) -> Self {
        Self { reader, left, sum: flate2::Crc::new(), wanted }
    }
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "the archive is damaged");
        self.sum.update(buffer.get(..read).unwrap_or_default());
        self.left = self.left.checked_sub(read as u64).ok_or_else(damaged)?;
        let is_cut = read == 0 && !buffer.is_empty() && self.left > 0;
        let is_other = self.left == 0 && self.sum.sum() != self.wanted;
        if is_cut || is_other { Err(damaged()) } else { Ok(read) }
    }
}

#[cfg(test)]
mod tests {
    use crate::audience::{Audience, List};
    use crate::error::Error;
    use crate::settings::Role;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            archive.start_file(*name, SimpleFileOptions::default()).expect("a file");
            archive.write_all(text.as_bytes()).expect("a file");
        }
        archive.finish().expect("an archive").into_inner()
    }

    fn read(bytes: Vec<u8>) -> Result<u64, Error> {
        Audience::read(&[List::from_bytes("to", "to.zip", Role::Send, bytes)]).map(|audience| audience.send_size())
    }

    #[test]
    fn one_list_in_an_archive_is_read() {
        let rows = "email\nann@a.example\nben@a.example\n";
        assert_eq!(read(archive(&[("export/subscribed.csv", rows), ("__MACOSX/._subscribed.csv", "x"), ("read.me", "y")])), Ok(2));
        let error = read(archive(&[("a.csv", rows), ("b.csv", rows)])).expect_err("two lists");
        assert!(error.message().contains("there are 2 lists in this archive: `a.csv`, `b.csv`"), "{error}");
        assert!(read(archive(&[("a.pdf", "x")])).expect_err("no list").message().contains("no list in this archive"));
        let mut cut = archive(&[("a.csv", &rows.repeat(1000))]);
        let middle = cut.len() / 3;
        cut[middle] ^= 0xff;
        assert!(read(cut).is_err(), "a damaged archive");
    }

    #[test]
    fn a_list_that_unpacks_without_end_is_not_read() {
        let mut trap = archive(&[("a.csv", "email\nann@a.example\n")]);
        let entry = trap.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("an entry");
        trap[entry + 24..entry + 28].copy_from_slice(&(3_u32 << 30).to_le_bytes());
        for packed in [6 << 10, 1 << 30] {
            trap[entry + 20..entry + 24].copy_from_slice(&u32::to_le_bytes(packed));
            let error = read(trap.clone()).expect_err("a trap");
            assert!(error.message().contains("unpacks to more than 400 times its size"), "{error}");
        }
    }
}
