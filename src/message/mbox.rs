//! An mbox: many mails in one file, each behind a line that begins with `From `.

use super::draft::{Content, Draft};
use crate::origin::OffsetMap;
use crate::source::Source;
use std::ops::Range;
use std::sync::Arc;

/// Whether a file begins like an mbox.
pub(super) fn is_mbox(head: &[u8]) -> bool {
    separates(head, 0)
}

/// The mails of an mbox; one mail alone goes by the name of the file.
pub(super) fn open(source: &Arc<Source>) -> Vec<Draft> {
    let ranges = mails(source.bytes());
    let many = ranges.len() > 1;
    let draft = |(index, range)| {
        let name = if many { format!("{}#{}", source.name(), index + 1) } else { source.name().to_owned() };
        Draft::new(name, Content::Mail(unescaped(source, range)))
    };
    ranges.into_iter().enumerate().map(draft).collect()
}

/// Where each mail stands, without the line that opens it.
fn mails(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut line_start = 0;
    let mut after_blank = true;
    for end in memchr::memchr_iter(b'\n', bytes).map(|at| at + 1).chain([bytes.len()]) {
        let line = bytes.get(line_start..end).unwrap_or_default();
        if after_blank && line.starts_with(b"From ") && separates(bytes, line_start) {
            starts.push((line_start, end));
        }
        after_blank = line.iter().all(u8::is_ascii_whitespace);
        line_start = end;
    }
    if starts.is_empty() {
        return std::iter::once(0..bytes.len()).collect();
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([bytes.len()]);
    starts.iter().zip(ends).map(|((_, body), end)| *body..end).collect()
}

/// Whether the line at `at` opens a mail: it has a time of day, and a header follows.
///
/// "From our shop, with love" after a blank line does neither.
fn separates(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    let mut lines = rest.get(..rest.len().min(4096)).unwrap_or_default().split(|&b| b == b'\n');
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let is_time = |window: &[u8]| matches!(window, [a, b, b':', c, d] if [a, b, c, d].iter().all(|b| b.is_ascii_digit()));
    let second = second.strip_prefix(b">").unwrap_or(second);
    let name = second.split(|&b| b == b':').next().unwrap_or_default();
    let is_header = name.len() < second.len() && !name.is_empty() && name.iter().all(u8::is_ascii_graphic) || second.starts_with(b"From ");
    first.starts_with(b"From ") && first.windows(5).any(is_time) && is_header
}

/// One mail with `>From ` undone, and the way back to the mbox.
fn unescaped(source: &Arc<Source>, range: Range<usize>) -> Arc<Source> {
    let bytes = source.bytes().get(range.clone()).unwrap_or_default();
    let mut mail = Vec::with_capacity(bytes.len());
    let mut map = OffsetMap::default();
    let mut at = range.start;
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        let marks = line.iter().take_while(|&&b| b == b'>').count();
        let escaped = marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "));
        map.push(mail.len(), at + usize::from(escaped));
        mail.extend_from_slice(line.get(usize::from(escaped)..).unwrap_or_default());
        at += line.len();
    }
    map.finish(mail.len(), range.end);
    Source::cut(source, mail, map)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: &str = "From a@b.example Mon Feb  2 09:00:00 2026\nSubject: One\n\nHello\n>From here on\n\nFrom our shop, at 09:00\nwith love\n\n\
        From c@d.example Tue Feb  3 10:00:00 2026\nSubject: Two\n\nsecond\n";

    #[test]
    fn mails_are_told_from_sentences_and_lead_back() {
        let source = Source::raw("a.mbox", BOX);
        let drafts = open(&source);
        assert_eq!(drafts.iter().map(|draft| draft.name.as_str()).collect::<Vec<_>>(), ["a.mbox#1", "a.mbox#2"]);
        let first = drafts[0].parse().expect("a mail");
        let body = first.bodies[0].source();
        let at = body.text().find("From here").expect("unescaped");
        assert_eq!(body.span(at..at + 4).place().to_string(), "a.mbox:5:2");
        assert!(body.text().contains("From our shop"));
        let second = drafts[1].parse().expect("a mail");
        assert_eq!(second.subject().expect("a subject").place().to_string(), "a.mbox:11:10");
    }
}
