//! From the bytes of a coupon file to its text, and clear words where there is none.

use crate::error::Error;
use crate::source::Source;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use std::sync::Arc;

/// The file as text: as it is if it is text already, else recoded as a whole from UTF-8, UTF-16 or an older charset.
pub(super) fn decoded(source: &Arc<Source>) -> Result<Arc<Source>, Error> {
    let bytes = source.bytes();
    let fault = |message: &str, help: &str| Err(Error::in_file(source.name(), message).help(help));
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fault("the coupon file is empty", "export it again");
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return fault("the coupon file is a workbook or an archive", "open it and save the sheet as CSV");
    }
    if bytes.starts_with(b"%PDF") || bytes.starts_with(&[0x1f, 0x8b]) || bytes.starts_with(b"\x89PNG") {
        return fault("the coupon file is not text", "export the coupons as CSV or JSON");
    }
    let text = if source.text().is_empty() { Source::file(source.name(), recoded(bytes)) } else { Arc::clone(source) };
    let start = text.text().trim_start_matches('\u{feff}').trim_start();
    if start.is_empty() {
        return fault("the coupon file is empty", "export it again");
    }
    if text.text().contains('\0') {
        return fault("the coupon file is not text", "export the coupons as CSV or JSON");
    }
    if start.starts_with('<') {
        return fault(
            "the coupon file is a web page or XML, not an export; perhaps it is the shop's login page",
            "sign in, download the export again, and save it as CSV or JSON",
        );
    }
    Ok(text)
}

fn recoded(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}
