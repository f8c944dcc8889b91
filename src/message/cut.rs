//! Drafts that end in the middle: a download or an export that broke off. What is missing could not be checked.

use super::{Kind, Message};
use crate::error::Error;
use memchr::memmem;

/// What to do about it.
const REMEDY: &str = "export or save the draft again; its end is missing";

/// Says that the file ends before the draft does, where its own marks show that beyond doubt.
pub(super) fn cut_off(message: &Message) -> Option<Error> {
    let bytes = message.source.bytes();
    let what = match message.kind {
        Kind::Mail => unclosed_multipart(message)?,
        Kind::Html | Kind::Mjml => inside_a_tag(bytes)?,
        Kind::Markdown | Kind::Text | Kind::Outlook | Kind::Json => return None,
    };
    let end = message.source.span(bytes.trim_ascii_end().len()..bytes.len());
    Some(Error::at(&end.slice(0..0), what).help(REMEDY))
}

/// A mail of several parts ends with the line `--boundary--` (RFC 2046, section 5.1.1).
fn unclosed_multipart(message: &Message) -> Option<&'static str> {
    let kind = message.header("Content-Type")?.text();
    let lower = kind.to_ascii_lowercase();
    let start = lower.trim_start().starts_with("multipart/").then(|| lower.find("boundary="))?? + "boundary=".len();
    let rest = kind.get(start..)?;
    let boundary = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split([';', ' ']).next()?,
    };
    let last = format!("--{boundary}--");
    let found = boundary.is_empty() || memmem::find(message.source.bytes(), last.as_bytes()).is_some();
    (!found).then_some("this mail ends in the middle of a part")
}

/// A page whose last tag has no end: `<td sty`.
fn inside_a_tag(bytes: &[u8]) -> Option<&'static str> {
    let open = memchr::memrchr(b'<', bytes)?;
    let rest = bytes.get(open..)?;
    let is_tag = rest.get(1).is_none_or(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'));
    (is_tag && !rest.contains(&b'>')).then_some("this page ends in the middle of a tag")
}

#[cfg(test)]
mod tests {
    use crate::message::Message;

    fn fault(name: &str, text: &str) -> Option<String> {
        Message::parse(name, text.as_bytes().to_vec()).err().map(|error| error.to_string())
    }

    #[test]
    fn a_draft_that_breaks_off_is_not_checked_as_if_it_were_whole() {
        let mail = "Subject: a\nContent-Type: multipart/alternative;\n boundary=\"x y\"\n\n--x y\n\nHello\n";
        let error = fault("a.eml", mail).expect("an error");
        assert!(error.starts_with("a.eml:7:6: this mail ends in the middle of a part"), "{error}");
        assert_eq!(fault("a.eml", &format!("{mail}--x y--\n")), None);
        let error = fault("a.html", "<p>Hello</p>\n<p>and <a hre\n").expect("an error");
        assert!(error.starts_with("a.html:2:14: this page ends in the middle of a tag"), "{error}");
        for whole in ["<p>Hello</p> 1 < 2", "<p>Hello", "<p>Hello</p>\n"] {
            assert_eq!(fault("a.html", whole), None, "{whole}");
        }
    }
}
