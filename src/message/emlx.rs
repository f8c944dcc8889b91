//! Apple Mail's `.emlx`: a line with the number of bytes, the mail, then a property list that is no part of it.

use super::Unread;
use super::draft::{Content, Draft};
use crate::origin::OffsetMap;
use crate::source::Source;
use std::sync::Arc;

/// Whether a file begins with a line that holds a number and nothing else.
pub(super) fn is_emlx(head: &[u8]) -> bool {
    count_line(head).is_some()
}

/// The number of the first line, and where the next line begins.
fn count_line(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.iter().take(24).position(|&b| b == b'\n')?;
    let number = std::str::from_utf8(bytes.get(..end)?).ok()?.trim();
    Some((number.parse().ok().filter(|_| number.bytes().all(|b| b.is_ascii_digit()))?, end + 1))
}

/// The mail of the file, with places in the file.
pub(super) fn open(name: &str, bytes: Vec<u8>) -> Draft {
    let source = Source::raw(name, bytes);
    let (count, start) = count_line(source.bytes()).unwrap_or((source.bytes().len(), 0));
    let rest = source.bytes().get(start..).unwrap_or_default();
    let mail = rest.get(..count).unwrap_or(rest).to_vec();
    let missing = count.saturating_sub(mail.len());
    let map = OffsetMap::shifted(mail.len(), start);
    let mut draft = Draft::new(name, Content::Mail(Source::cut(&Arc::clone(&source), mail, map)));
    if missing > 0 {
        draft.unread.push(Unread {
            what: format!("the end of the mail ({name})"),
            why: format!("its first line promises {count} bytes, and the last {missing} are missing"),
            remedy: Some(String::from("save the mail again")),
        });
    }
    draft
}
