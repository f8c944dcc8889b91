//! Windows' numbers for charsets.

use super::super::kind;
use encoding_rs::Encoding;

/// Code pages of texts that are not Unicode, with the labels of the web.
/// <https://learn.microsoft.com/en-us/windows/win32/intl/code-page-identifiers>
const LABELS: [(u32, &str); 28] = [
    (65001, "utf-8"),
    (20127, "windows-1252"),
    (1250, "windows-1250"),
    (1251, "windows-1251"),
    (1252, "windows-1252"),
    (1253, "windows-1253"),
    (1254, "windows-1254"),
    (1255, "windows-1255"),
    (1256, "windows-1256"),
    (1257, "windows-1257"),
    (1258, "windows-1258"),
    (874, "windows-874"),
    (932, "shift_jis"),
    (936, "gbk"),
    (949, "euc-kr"),
    (950, "big5"),
    (866, "ibm866"),
    (20866, "koi8-r"),
    (21866, "koi8-u"),
    (50220, "iso-2022-jp"),
    (51932, "euc-jp"),
    (51949, "euc-kr"),
    (54936, "gb18030"),
    (28591, "iso-8859-1"),
    (28592, "iso-8859-2"),
    (28595, "iso-8859-5"),
    (28597, "iso-8859-7"),
    (28605, "iso-8859-15"),
];

/// The charset of a code page, if the web knows it.
pub(super) fn encoding(code_page: u32) -> Option<&'static Encoding> {
    let (_, label) = LABELS.iter().find(|(number, _)| *number == code_page)?;
    Encoding::for_label(label.as_bytes())
}

/// Bytes to text: in the code page if it is known, or by the look of the bytes.
pub(super) fn decode(bytes: Vec<u8>, code_page: Option<u32>) -> String {
    match (std::str::from_utf8(&bytes), code_page.and_then(encoding)) {
        (Err(_), Some(encoding)) => encoding.decode_without_bom_handling(&bytes).0.into_owned(),
        _ => kind::decode_file(bytes),
    }
}
