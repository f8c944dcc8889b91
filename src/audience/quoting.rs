//! Quoted cells: where they end, and what stands in them.

use memchr::{memchr, memchr2};

pub(super) const QUOTE: u8 = b'"';

/// The quote that closes a cell; a doubled one is a letter. At the end of what is known so far it could still be doubled.
pub(super) fn closing(bytes: &[u8], mut from: usize, ended: bool) -> Option<usize> {
    loop {
        let quote = from + memchr(QUOTE, bytes.get(from..)?)?;
        match bytes.get(quote + 1) {
            Some(&QUOTE) => from = quote + 2,
            None if !ended => return None,
            _ => return Some(quote),
        }
    }
}

/// The end of a cell that ends at `stop`, without the carriage return of a line end.
pub(super) fn without_return(bytes: &[u8], start: usize, stop: usize) -> usize {
    let ends_row = bytes.get(stop).is_none_or(|byte| *byte == b'\n');
    let before = stop.checked_sub(1).filter(|before| ends_row && *before >= start && bytes.get(*before) == Some(&b'\r'));
    before.unwrap_or(stop)
}

/// A cell that was quoted: its letters now stand from its opening quote on.
pub(super) struct Unquoted {
    pub(super) end: usize,
    /// The delimiter or line end after it, or the end of the piece.
    pub(super) stop: usize,
    /// Line ends inside it.
    pub(super) lines: u64,
}

pub(super) fn unquote(bytes: &mut [u8], open: usize, delimiter: u8) -> Unquoted {
    let close = closing(bytes, open + 1, true).unwrap_or(bytes.len());
    let after = (close + 1).min(bytes.len());
    let stop = memchr2(delimiter, b'\n', bytes.get(after..).unwrap_or_default()).map_or(bytes.len(), |found| after + found);
    let last = without_return(bytes, after, stop);
    let (mut to, mut from, mut lines) = (open, open + 1, 0);
    while from < last {
        let Some(&byte) = bytes.get(from) else { break };
        lines += u64::from(byte == b'\n');
        if from != close {
            if let Some(place) = bytes.get_mut(to) {
                *place = byte;
            }
            to += 1;
            // The second of a doubled quote.
            from += usize::from(byte == QUOTE && from < close);
        }
        from += 1;
    }
    Unquoted { end: to, stop, lines }
}
