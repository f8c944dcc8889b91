//! Rules about HTML that does not reach the reader as it was written.

pub(super) mod charset_missing;
pub(super) mod clipped_by_gmail;
pub(super) mod text_part_missing;
pub(super) mod unsupported_element;
