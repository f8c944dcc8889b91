//! Streams that come out in another charset, or with other line ends, than they went in.

use encoding_rs::Encoding;
use flate2::read::MultiGzDecoder;
use memchr::memchr_iter;
use std::io::{self, Cursor, Read};

/// Bytes recoded at a time.
const STRETCH: usize = 1 << 16;

/// Turns the line ends of old Macs into those of everybody else.
pub(super) struct OldMac(Box<dyn Read + Send>);

impl OldMac {
    pub(super) fn new(reader: Box<dyn Read + Send>) -> Self {
        Self(reader)
    }
}

impl Read for OldMac {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        buffer.iter_mut().take(read).filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        Ok(read)
    }
}

/// A text that is not in the charset that it says it is in.
#[derive(Debug)]
pub(super) struct BadText {
    pub(super) line: u64,
}

impl std::fmt::Display for BadText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "undecodable text at line {}", self.line)
    }
}

impl std::error::Error for BadText {}

/// Recodes a stream to UTF-8.
pub(super) struct Recoder {
    reader: Box<dyn Read + Send>,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    text: Cursor<Vec<u8>>,
    line: u64,
    ended: bool,
}

impl Recoder {
    pub(super) fn new(reader: Box<dyn Read + Send>, charset: &'static Encoding) -> Self {
        let decoder = charset.new_decoder_without_bom_handling();
        Self { reader, decoder, raw: Vec::new(), text: Cursor::default(), line: 1, ended: false }
    }

    /// Recodes the next stretch.
    fn refill(&mut self) -> io::Result<()> {
        self.raw.clear();
        self.ended = self.reader.by_ref().take(STRETCH as u64).read_to_end(&mut self.raw)? < STRETCH;
        let longest = self.decoder.max_utf8_buffer_length_without_replacement(self.raw.len()).unwrap_or(STRETCH * 3);
        let mut text = vec![0; longest];
        let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(&self.raw, &mut text, self.ended);
        text.truncate(written);
        self.line += memchr_iter(b'\n', &text).count() as u64;
        if let encoding_rs::DecoderResult::Malformed(..) = result {
            return Err(io::Error::new(io::ErrorKind::InvalidData, BadText { line: self.line }));
        }
        self.text = Cursor::new(text);
        Ok(())
    }
}

impl Read for Recoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.text.read(buffer)?;
            if read > 0 || buffer.is_empty() || self.ended {
                return Ok(read);
            }
            self.refill()?;
        }
    }
}

/// No list shrinks to less than one in so many bytes when it is compressed; what does is a trap.
pub(super) const MOST_SHRUNK: u64 = 400;
/// Bytes that may come out whatever the share.
pub(super) const FREE: u64 = 1 << 28;

/// Unpacks a stream, and stops where far too much comes out of next to nothing.
pub(super) struct Unpacker {
    decoder: MultiGzDecoder<Counted>,
    out: u64,
    /// Bytes that may come out whatever the share.
    free: u64,
}

impl Unpacker {
    pub(super) fn new(reader: Box<dyn Read + Send>) -> Self {
        Self { decoder: MultiGzDecoder::new(Counted { reader, bytes: 0 }), out: 0, free: FREE }
    }
}

impl Read for Unpacker {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer)?;
        self.out += read as u64;
        if self.out > self.free && self.out / MOST_SHRUNK > self.decoder.get_ref().bytes {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it unpacks to more than 400 times its size"));
        }
        Ok(read)
    }
}

/// Counts what is read.
struct Counted {
    reader: Box<dyn Read + Send>,
    bytes: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};

    #[test]
    fn a_list_that_unpacks_without_end_is_stopped() -> io::Result<()> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        io::Write::write_all(&mut packed, &b"a@a.example\n".repeat(1 << 16))?;
        let mut unpacker = Unpacker { free: 1 << 16, ..Unpacker::new(Box::new(Cursor::new(packed.finish()?))) };
        let end = io::copy(&mut unpacker, &mut io::sink());
        assert_eq!(end.map_err(|error| error.kind()), Err(io::ErrorKind::InvalidData));
        Ok(())
    }
}
