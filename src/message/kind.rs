//! What kind of draft a file is, told by its content first and by its name where the content leaves it open.

use crate::error::Error;
use encoding_rs::Encoding;

/// The kinds of draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A mail as RFC 5322 has it: `.eml`.
    Mail,
    /// A web page.
    Html,
    /// MJML, from which HTML is made.
    Mjml,
    /// Markdown, often with front matter.
    Markdown,
    /// Plain text.
    Text,
}

/// How much of a file is looked at to tell its kind, in bytes.
const HEAD: usize = 16 * 1024;

/// Headers of which a mail has at least one near its beginning.
const MAIL_HEADERS: [&str; 14] = [
    "from",
    "to",
    "subject",
    "date",
    "mime-version",
    "content-type",
    "received",
    "return-path",
    "message-id",
    "delivered-to",
    "reply-to",
    "sender",
    "content-transfer-encoding",
    "x-mailer",
];

/// Tells the kind of a draft.
///
/// # Errors
/// A file that is empty or holds no text.
pub(super) fn recognise(name: &str, bytes: &[u8]) -> Result<Kind, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::in_file(name, "this draft is empty").help("export it again, or name another file"));
    }
    let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let head = &bytes[..bytes.len().min(HEAD)];
    if !is_wide && looks_binary(head) {
        let what = known_magic(head).map_or_else(String::new, |what| format!(": it looks like {what}"));
        return Err(Error::in_file(name, format!("this file holds no text that could be a draft{what}"))
            .help("export the draft as .eml, .html, .mjml, .md or .txt"));
    }
    if is_wide {
        return Ok(by_text(name, &decode_file(head.to_vec())));
    }
    if is_mail(head) {
        return Ok(Kind::Mail);
    }
    Ok(by_text(name, &String::from_utf8_lossy(head)))
}

/// Bytes that no text in any usual charset has.
fn looks_binary(head: &[u8]) -> bool {
    let odd = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    head.contains(&0) || odd * 50 > head.len()
}

/// What a binary file is, by its first bytes.
fn known_magic(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 8] = [
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive or an Office document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\xd0\xcf\x11\xe0", "an Outlook message or an old Office document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"SQLite format", "a database"),
    ];
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what)
}

/// Whether the file begins with a block of mail headers.
fn is_mail(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    let mut known = 0;
    for (index, line) in text.lines().enumerate().skip_while(|(_, line)| line.trim().is_empty()) {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && index > 0 || line.starts_with("From ") || line.starts_with('>') {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return known > 1 };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_' || b == b'.') {
            return known > 1;
        }
        known += usize::from(MAIL_HEADERS.contains(&name.to_ascii_lowercase().as_str()));
    }
    known > 0
}

/// The kind of a file that is text and no mail.
fn by_text(name: &str, head: &str) -> Kind {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let body = head.trim_start_matches('\u{feff}').trim_start();
    let lower = body.to_ascii_lowercase();
    let is_markdown_name = matches!(extension.as_str(), "md" | "markdown" | "mdx" | "mkd" | "mdown");
    if lower.contains("<mjml") || extension == "mjml" {
        return Kind::Mjml;
    }
    let has_page = lower.starts_with("<!doctype html") || lower.contains("<html") || lower.contains("<body");
    if has_page && !is_markdown_name {
        return Kind::Html;
    }
    let begins_as_front_matter =
        body.starts_with("---\n") || body.starts_with("---\r\n") || body.starts_with("+++\n") || body.starts_with("+++\r\n");
    match extension.as_str() {
        _ if is_markdown_name => Kind::Markdown,
        "html" | "htm" | "xhtml" => Kind::Html,
        "txt" | "text" => Kind::Text,
        _ if ["<table", "<div", "<p>", "<p ", "<br>", "<br/>", "<a href"].iter().any(|tag| lower.contains(tag))
            && !begins_as_front_matter =>
        {
            Kind::Html
        }
        _ if begins_as_front_matter || is_markdown(body) => Kind::Markdown,
        _ => Kind::Text,
    }
}

/// Whether text without a telling name uses Markdown's headings or links.
fn is_markdown(text: &str) -> bool {
    text.contains("](http") || text.lines().any(|line| line.starts_with("# ") || line.starts_with("## "))
}

/// A whole file to text: by its byte order mark, as UTF-8, by the charset it names, or by the look of its bytes.
pub(super) fn decode_file(bytes: Vec<u8>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned();
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let bytes = error.into_bytes();
            charset_of(&bytes).decode_without_bom_handling(&bytes).0.into_owned()
        }
    }
}

/// The charset of bytes that are not UTF-8 and that no header describes.
pub(super) fn charset_of(bytes: &[u8]) -> &'static Encoding {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(2048)).unwrap_or_default()).to_ascii_lowercase();
    let named = head.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'', ' ']));
    let label = named.and_then(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).next());
    if let Some(encoding) = label.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|encoding| *encoding != encoding_rs::UTF_8)
    {
        return encoding;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, text: &str) -> Kind {
        recognise(name, text.as_bytes()).expect("a draft")
    }

    #[test]
    fn content_wins_over_the_name() {
        assert_eq!(kind("x.txt", "Subject: Hello\nFrom: a@b.example\n\nHi"), Kind::Mail);
        assert_eq!(kind("-", "<!DOCTYPE html><p>x"), Kind::Html);
        assert_eq!(kind("x.html", "<mjml><mj-body></mj-body></mjml>"), Kind::Mjml);
        assert_eq!(kind("-", "---\ntitle: x\n---\nHello"), Kind::Markdown);
        assert_eq!(kind("x.md", "<div>only</div>\n\ntext"), Kind::Markdown);
        assert_eq!(kind("-", "Hello\nyou: yes\n"), Kind::Text);
        assert_eq!(kind("-", "Dear all,\nsee you"), Kind::Text);
    }

    #[test]
    fn what_is_no_text_is_refused_with_a_guess() {
        let error = recognise("x.eml", b"%PDF-1.4\x00\x01").expect_err("binary");
        assert!(error.message().contains("a PDF"));
        assert!(recognise("x.eml", b" \n").expect_err("empty").message().contains("empty"));
    }

    #[test]
    fn files_in_other_charsets_become_text() {
        assert_eq!(decode_file(b"\xff\xfeH\0i\0".to_vec()), "Hi");
        assert_eq!(decode_file(b"<meta charset=\"iso-8859-1\">Gr\xfc\xdfe".to_vec()), "<meta charset=\"iso-8859-1\">Grüße");
    }
}
