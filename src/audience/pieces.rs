//! Whole rows of a list as they stand in the file, and where a stream can be cut into them.

/// Whole rows, as bytes of the file.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    /// The line of the first row.
    pub(super) line: u64,
    /// One past its last line.
    pub(super) end: u64,
}

/// Where a run of bytes can be cut.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// One past the last line end that stands outside of quotes.
    pub(super) end: Option<usize>,
    /// A quote that was opened and not yet closed.
    pub(super) open: Option<usize>,
    /// A quote that cannot have been meant: it swallows a line end and is closed before a letter; or the file ends in it.
    pub(super) broken: Option<usize>,
}
