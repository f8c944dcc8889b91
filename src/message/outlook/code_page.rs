//! Windows' numbers for charsets.
//! <https://learn.microsoft.com/en-us/windows/win32/intl/code-page-identifiers>

use super::super::kind;
use encoding_rs::Encoding;

/// The charset of a code page, if the web knows it.
pub(super) fn encoding(code_page: u32) -> Option<&'static Encoding> {
    codepage::to_encoding(u16::try_from(code_page).ok()?)
}

/// Bytes to text: in the code page if it is known, or by the look of the bytes.
pub(super) fn decode(bytes: Vec<u8>, code_page: Option<u32>) -> String {
    match (std::str::from_utf8(&bytes), code_page.and_then(encoding)) {
        (Err(_), Some(encoding)) => encoding.decode_without_bom_handling(&bytes).0.into_owned(),
        _ => kind::decode_file(bytes),
    }
}
