//! Lists in Parquet: rows as cells of text, a few thousand at a time.

use super::block::Block;
use super::columns::MOST_COLUMNS;
use super::fault::ReadFault;
use super::list::List;
use bytes::Bytes;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// With what every Parquet file begins and ends.
pub(super) const MARK: &[u8] = b"PAR1";
/// Rows a block.
const BLOCK: usize = 4096;

/// A Parquet file that is being read.
pub(super) struct ParquetRows {
    rows: RowIter<'static>,
    /// The names of its columns.
    pub(super) names: Vec<String>,
    /// Rows read so far.
    read: u64,
}

impl ParquetRows {
    /// Reads what the file says of itself.
    pub(super) fn open(list: &List) -> Result<Self, ReadFault> {
        let length = list.open()?.seek(SeekFrom::End(0))?;
        let file = Chunks { list: list.clone(), length };
        let reader = guarded(|| SerializedFileReader::new(file))?;
        let schema = reader.metadata().file_metadata().schema_descr_ptr();
        let fields = schema.root_schema().get_fields();
        if fields.len() > MOST_COLUMNS {
            return Err(fault(&format!("this file has more than {MOST_COLUMNS} columns, so it is no list of people")));
        }
        let names = fields.iter().map(|field| field.name().to_owned()).collect();
        let rows = guarded(|| Ok(RowIter::from_file_into(Box::new(reader))))?;
        Ok(Self { rows, names, read: 0 })
    }

    /// The next rows, numbered from 1; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Block>, ReadFault> {
        let (rows, read) = (&mut self.rows, &mut self.read);
        // Days beyond the calendar make the writing of them panic, too.
        let block = guarded(|| {
            let mut block = Block::default();
            for row in rows.take(BLOCK) {
                for (_, field) in row?.get_column_iter() {
                    let start = block.bytes_mut().len();
                    write(field, block.bytes_mut());
                    let end = block.bytes_mut().len();
                    block.cell(start, end);
                }
                *read += 1;
                block.end_row(*read);
            }
            Ok(block)
        })?;
        Ok((block.len() > 0).then_some(block))
    }
}

/// A value as a list in text would have it.
fn write(field: &Field, to: &mut Vec<u8>) {
    match field {
        Field::Null => {}
        Field::Str(text) => to.extend_from_slice(text.as_bytes()),
        // Text that nobody declared as such.
        Field::Bytes(bytes) => to.extend_from_slice(bytes.data()),
        other => to.extend_from_slice(other.to_string().as_bytes()),
    }
}

/// Files that lie about themselves may make their reader panic; that is a damaged file like any other.
fn guarded<T>(read: impl FnOnce() -> ParquetResult<T>) -> Result<T, ReadFault> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(fault(&format!("this Parquet file cannot be read: {error}"))),
        Err(_) => Err(fault("this Parquet file is damaged")),
    }
}

fn fault(message: &str) -> ReadFault {
    ReadFault::Workbook { message: message.to_owned() }
}

/// The file, opened anew for every part of it, because parts are read side by side.
struct Chunks {
    list: List,
    length: u64,
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.length
    }
}

impl Chunks {
    fn at(&self, start: u64) -> ParquetResult<Box<dyn Read>> {
        let mut file = self.list.open()?;
        file.seek(SeekFrom::Start(start))?;
        Ok(Box::new(file))
    }
}

impl ChunkReader for Chunks {
    type T = BufReader<Box<dyn Read>>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(BufReader::new(self.at(start)?))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        if start.saturating_add(length as u64) > self.length {
            return Err(ParquetError::EOF(String::from("it ends too early")));
        }
        let mut bytes = Vec::with_capacity(length);
        self.at(start)?.take(length as u64).read_to_end(&mut bytes)?;
        if bytes.len() < length {
            return Err(ParquetError::EOF(String::from("it ends too early")));
        }
        Ok(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use crate::audience::{Audience, List};
    use crate::error::Error;
    use crate::settings::Role;
    use parquet::basic::Compression;
    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use std::sync::Arc;

    fn file(compression: Compression) -> Vec<u8> {
        let schema = "message people { OPTIONAL BYTE_ARRAY email (UTF8); REQUIRED INT64 joined (TIMESTAMP_MILLIS); }";
        let schema = Arc::new(parse_message_type(schema).expect("a schema"));
        let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
        let mut bytes = Vec::new();
        let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).expect("a writer");
        for people in [vec![Some("Ann@a.example"), None], vec![Some("ben@a.example"), Some("ann@a.example ")]] {
            let mut group = writer.next_row_group().expect("rows");
            let levels: Vec<i16> = people.iter().map(|person| i16::from(person.is_some())).collect();
            let values: Vec<ByteArray> = people.iter().flatten().map(|person| ByteArray::from(*person)).collect();
            let mut column = group.next_column().expect("a column").expect("a column");
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).expect("values");
            column.close().expect("a column");
            let mut column = group.next_column().expect("a column").expect("a column");
            column.typed::<Int64Type>().write_batch(&[1_764_230_400_000, 0], None, None).expect("values");
            column.close().expect("a column");
            group.close().expect("rows");
        }
        writer.close().expect("a file");
        bytes
    }

    fn read(bytes: Vec<u8>) -> Result<Audience, Error> {
        Audience::read(&[List::from_bytes("to", "to.parquet", Role::Send, bytes)])
    }

    #[test]
    fn rows_of_every_group_are_read() -> Result<(), Error> {
        let zstd = Compression::ZSTD(parquet::basic::ZstdLevel::default());
        for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::GZIP(parquet::basic::GzipLevel::default()), zstd] {
            let audience = read(file(compression))?;
            let list = &audience.lists[0];
            assert_eq!((list.rows, list.addresses, list.doubled_rows), (4, 2, 1), "{compression:?}");
            assert_eq!((list.empty.first_lines.as_slice(), list.doubled.examples[0].also[0].line), ([2].as_slice(), 4));
            assert!(list.columns[1].common[0].text.starts_with("2025-11-27"), "{:?}", list.columns[1].common);
        }
        Ok(())
    }

    #[test]
    fn a_damaged_file_is_an_error_and_nothing_worse() {
        let whole = file(Compression::SNAPPY);
        assert!(read(whole[..whole.len() / 2].to_vec()).is_err());
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        for at in 4..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            let _ = read(damaged);
        }
        std::panic::set_hook(hook);
    }
}
