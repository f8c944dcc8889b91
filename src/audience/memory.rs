//! How much memory the set engine may take, and where its rows go that find no room: written out by partition, read back once.

use super::entry::Entry;
use crate::error::Error;
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// A file that nobody else sees and that is gone when it is let go of.
pub trait Scratch: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Scratch for T {}

/// Begins a scratch file.
type Begin = dyn Fn() -> io::Result<Box<dyn Scratch>> + Send + Sync;

/// How much memory the rows of lists may take.
#[derive(Clone, Default)]
pub struct Memory {
    bound: Option<(u64, Arc<Begin>)>,
}

/// What reading lists and counting takes beside the rows, in bytes.
const READING: u64 = 96 << 20;
/// The least that rows get, in bytes: a block for each partition, and as many again to make writing worth while.
const LEAST: u64 = 4 << 20;
/// Bytes of an entry.
const ENTRY: usize = size_of::<Entry>();
/// Bytes that are written at once.
const CHUNK: usize = 1 << 16;

impl Memory {
    /// All there is: sixteen bytes a row, and nothing is ever written to disk.
    pub fn unbounded() -> Self {
        Self::default()
    }

    /// No more than about `bytes` for everything; rows beyond it go to a file that `begin` makes.
    pub fn bounded(bytes: u64, begin: impl Fn() -> io::Result<Box<dyn Scratch>> + Send + Sync + 'static) -> Self {
        Self { bound: Some((bytes, Arc::new(begin))) }
    }

    /// How many rows may be held.
    pub(super) fn rows(&self) -> u64 {
        self.bound.as_ref().map_or(u64::MAX, |(bytes, _)| bytes.saturating_sub(READING).max(LEAST) / ENTRY as u64)
    }

    fn begin(&self) -> io::Result<Box<dyn Scratch>> {
        self.bound.as_ref().map_or_else(|| Err(io::Error::other("memory is not bounded")), |(_, begin)| begin())
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Memory").field(&self.bound.as_ref().map(|(bytes, _)| bytes)).finish()
    }
}

/// Reads a size as people write it: `256MB`, `1.5 GB`, `300M`; a number alone is bytes, and a megabyte is 1024 × 1024 of them.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let text = text.trim().to_ascii_lowercase();
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        other => return Err(format!("`{other}` is no unit of memory; write 256MB or 2GB")),
    };
    let number: f64 = number.parse().map_err(|_| String::from("this is not a size; write 256MB or 2GB"))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a size needs no more")]
    Ok((number * (1_u64 << shift) as f64) as u64)
}

/// Rows that have been written out, by partition.
pub(super) struct Spilled {
    file: Mutex<Box<dyn Scratch>>,
    /// For each partition the runs of its rows: where each begins, and how many rows it has.
    runs: Vec<Vec<(u64, usize)>>,
    end: u64,
}

impl Spilled {
    pub(super) fn begin(memory: &Memory, partitions: usize) -> Result<Self, Error> {
        let file = memory.begin().map_err(|error| not_written(&error))?;
        Ok(Self { file: Mutex::new(file), runs: vec![Vec::new(); partitions], end: 0 })
    }

    /// Writes rows of one partition behind what is there.
    pub(super) fn write<'a>(&mut self, partition: usize, rows: impl Iterator<Item = &'a [Entry]>) -> Result<(), Error> {
        let file = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
        let (mut buffer, mut count) = (Vec::with_capacity(CHUNK + ENTRY), 0);
        for entry in rows.flatten() {
            buffer.extend_from_slice(&entry.to_bytes());
            count += 1;
            if buffer.len() >= CHUNK {
                file.write_all(&buffer).map_err(|error| not_written(&error))?;
                buffer.clear();
            }
        }
        file.write_all(&buffer).map_err(|error| not_written(&error))?;
        if let Some(runs) = self.runs.get_mut(partition).filter(|_| count > 0) {
            runs.push((self.end, count));
        }
        self.end += (count * ENTRY) as u64;
        Ok(())
    }

    fn runs(&self, partition: usize) -> &[(u64, usize)] {
        self.runs.get(partition).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many rows of a partition were written.
    pub(super) fn rows(&self, partition: usize) -> usize {
        self.runs(partition).iter().map(|(_, count)| count).sum()
    }

    /// Adds all rows of a partition that were written.
    pub(super) fn read(&self, partition: usize, into: &mut Vec<Entry>) -> Result<(), Error> {
        let mut buffer = Vec::new();
        for (start, count) in self.runs(partition) {
            // One address may have most of the rows; its run is not held twice.
            let end = start + (count * ENTRY) as u64;
            for at in (*start..end).step_by(CHUNK) {
                buffer.resize(usize::try_from(end - at).map_or(CHUNK, |left| left.min(CHUNK)), 0);
                {
                    let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
                    file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(&mut buffer)).map_err(|error| not_read(&error))?;
                }
                into.extend(buffer.chunks_exact(ENTRY).filter_map(|bytes| bytes.try_into().ok()).map(Entry::from_bytes));
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Spilled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spilled").field("bytes", &self.end).finish_non_exhaustive()
    }
}

fn not_read(error: &io::Error) -> Error {
    Error::new(format!("rows that were put aside on disk cannot be read back: {error}"))
        .help("run again; if it happens again, give it more --memory or another folder for temporary files (TMPDIR)")
}

fn not_written(error: &io::Error) -> Error {
    let why = if error.kind() == io::ErrorKind::StorageFull { String::from("the disk is full") } else { error.to_string() };
    Error::new(format!("the lists are larger than the memory that they may take, and rows cannot be put aside on disk: {why}"))
        .help("give more --memory, free some room, or name a folder with room for temporary files (TMPDIR)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience::census::Depth;
    use crate::audience::{Audience, List};
    use crate::settings::Role;
    use proptest::prelude::*;
    use std::io::Cursor;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(parse_size("256MB"), Ok(256 << 20));
        assert_eq!((parse_size("1.5 GB"), parse_size("300m"), parse_size("12")), (Ok(3 << 29), Ok(300 << 20), Ok(12)));
        assert!(parse_size("much").is_err() && parse_size("5 apples").is_err() && parse_size("").is_err());
    }

    /// A disk on which nothing fits.
    struct Full;
    impl Read for Full {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Ok(0)
        }
    }
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl Seek for Full {
        fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
            Ok(0)
        }
    }

    /// A disk from which no more than a chunk is read at once.
    struct InChunks(Cursor<Vec<u8>>);
    impl Read for InChunks {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            assert!(buffer.len() <= CHUNK, "{} bytes at once", buffer.len());
            self.0.read(buffer)
        }
    }
    impl Write for InChunks {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl Seek for InChunks {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn many_rows_of_one_address_are_not_read_back_at_once() -> Result<(), Error> {
        let text = format!("email\n{}", "one@a.example\nOne@a.example\n".repeat(150_000));
        let list = List::from_bytes("to", "to.csv", Role::Send, text.into_bytes());
        let memory = Memory::bounded(0, || Ok(Box::new(InChunks(Cursor::default()))));
        let audience = Audience::read_within(&[list], &memory)?;
        assert_eq!((audience.send_size(), audience.lists[0].doubled_rows), (1, 299_999));
        Ok(())
    }

    fn people(rows: usize) -> List {
        let rows: Vec<String> = (0..rows).map(|row| format!("p{row}@a.example\n")).collect();
        List::from_bytes("to", "to.csv", Role::Send, format!("email\n{}", rows.concat()).into_bytes())
    }

    #[test]
    fn a_full_disk_is_said() {
        let memory = Memory::bounded(0, || Ok(Box::new(Full)));
        let error = Audience::read_within(&[people(300_000)], &memory).expect_err("full");
        assert!(error.message().contains("the disk is full"), "{error}");
        assert!(Audience::read_within(&[people(1000)], &memory).is_ok(), "little needs no disk");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn the_answer_does_not_hang_on_memory(seed in 0_u64..1000, sizes in proptest::collection::vec(1_usize..3000, 1..5)) {
            let row = |list: usize, row: usize| (row as u64 * 31 + seed * (list as u64 + 1)) % 4001;
            let list = |(number, size): (usize, &usize)| {
                let rows: Vec<String> = (0..*size).map(|at| match row(number, at) {
                    odd if odd % 11 == 0 => format!("P.{odd}+x@gmail.com,unsubscribed\n"),
                    even => format!("p{even}@gmail.com,\n"),
                }).collect();
                let role = if number == 0 { Role::Send } else { Role::Other };
                List::from_bytes(format!("{number}"), format!("{number}.csv"), role, format!("email,status\n{}", rows.concat()).into_bytes())
            };
            let lists: Vec<List> = sizes.iter().enumerate().map(list).collect();
            let few = Memory { bound: Some((0, Arc::new(|| Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn Scratch>)))) };
            let (all, few) = (Audience::read(&lists).expect("lists"), Audience::read_with_room(&lists, Depth::Columns, &few, 100).expect("lists"));
            prop_assert_eq!(format!("{all:?}"), format!("{few:?}"));
        }
    }
}
