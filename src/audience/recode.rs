//! Streams that come out in another charset, or with other line ends, than they went in.

use encoding_rs::Encoding;
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
