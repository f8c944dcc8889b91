//! What kind of draft a file is, told by its content first and by its name where the content leaves it open.

use super::{archive, emlx, mbox, views};
use crate::error::Error;
use encoding_rs::Encoding;
use std::borrow::Cow;

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
    /// Outlook's own format: `.msg`, `.oft`.
    Outlook,
    /// A template as the API of a platform gives it.
    Json,
}

/// The kinds of file that drafts come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    /// A draft by itself.
    Draft(Kind),
    /// A mail of Apple Mail.
    Emlx,
    /// Many mails.
    Mbox,
    /// Templates in JSON.
    Json,
    /// An Outlook message.
    Outlook,
    /// An archive.
    Zip,
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

/// Tells the kind of a file.
///
/// # Errors
/// A file that is empty or holds no text.
pub(super) fn recognise(name: &str, bytes: &[u8]) -> Result<File, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::in_file(name, "this draft is empty").help("export it again, or name another file"));
    }
    let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let head = &bytes[..bytes.len().min(HEAD)];
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(File::Outlook);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return archive::refuse_document(name, bytes).map_or(Ok(File::Zip), Err);
    }
    if !is_wide && looks_binary(head) {
        let what = known_magic(head).map_or_else(String::new, |what| format!(": it looks like {what}"));
        return Err(Error::in_file(name, format!("this file holds no text that could be a draft{what}"))
            .help("export the draft as .eml, .html, .mjml, .md or .txt"));
    }
    if is_wide {
        return Ok(by_text(name, &decode_file(head.to_vec())));
    }
    if emlx::is_emlx(head) && is_mail(head.splitn(2, |&b| b == b'\n').nth(1).unwrap_or_default()) {
        return Ok(File::Emlx);
    }
    if mbox::is_mbox(head) {
        return Ok(File::Mbox);
    }
    if is_mail(head) && !(is_markdown_name(name) && is_untravelled(head)) {
        return Ok(File::Draft(Kind::Mail));
    }
    Ok(by_text(name, &text_of(head)))
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
        (b"Rar!", "a RAR archive"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"7z\xbc\xaf", "a 7-Zip archive"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"SQLite format", "a database"),
    ];
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what)
}

/// Whether the file begins with a block of mail headers.
fn is_mail(head: &[u8]) -> bool {
    let text = text_of(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
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

/// Headers that programs write into a mail, and nobody into a Markdown file.
const OF_PROGRAMS: [&str; 7] =
    ["mime-version", "content-type", "content-transfer-encoding", "message-id", "received", "return-path", "delivered-to"];

/// Whether the headers are only such as people write: what a mail would have of its way is a Markdown file's metadata.
fn is_untravelled(head: &[u8]) -> bool {
    let text = text_of(head);
    let mut lines = text.trim_start_matches('\u{feff}').trim_start().lines().take_while(|line| !line.trim().is_empty());
    !lines.any(|line| line.split_once(':').is_some_and(|(name, _)| OF_PROGRAMS.iter().any(|known| known.eq_ignore_ascii_case(name))))
}

/// Whether the name says that it is Markdown.
fn is_markdown_name(name: &str) -> bool {
    MARKDOWN.contains(&extension(views::without_ending(name)).as_str())
}

/// Endings of Markdown files.
const MARKDOWN: [&str; 5] = ["md", "markdown", "mdx", "mkd", "mdown"];

/// The beginning of a file as text. A character that is cut off at its end is left out.
fn text_of(head: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(head) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) if error.error_len().is_none() => text_of(head.get(..error.valid_up_to()).unwrap_or_default()),
        Err(_) => String::from_utf8_lossy(head),
    }
}

/// The kind of a file that is text and no mail.
fn by_text(name: &str, head: &str) -> File {
    let extension = extension(views::without_ending(name));
    let body = head.trim_start_matches('\u{feff}').trim_start();
    let is_other = !matches!(extension.as_str(), "" | "json" | "jsonl" | "ndjson");
    if is_json_name(name) || !is_other && begins_as_json(body) { File::Json } else { File::Draft(text_kind(&extension, head)) }
}

/// The ending of a file's name in lower case.
pub(super) fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase()
}

/// Whether the name says that it is JSON.
pub(super) fn is_json_name(name: &str) -> bool {
    extension(name) == "json"
}

/// Whether a text begins as JSON does and as no template does: `{"`, `[{`. With text behind the object it is front matter.
fn begins_as_json(text: &str) -> bool {
    let after = |open: char| text.strip_prefix(open).map(str::trim_start);
    let is_object = after('{').is_some_and(|rest| rest.starts_with('"'));
    let is_list = after('[').is_some_and(|rest| rest.starts_with('{') && !rest.starts_with("{{") && !rest.starts_with("{%"));
    is_object || is_list
}

/// The kind of a text that is no mail and no JSON.
fn text_kind(extension: &str, head: &str) -> Kind {
    let body = head.trim_start_matches('\u{feff}').trim_start();
    let lower = body.to_ascii_lowercase();
    let is_markdown_name = MARKDOWN.contains(&extension);
    if lower.contains("<mjml") || extension == "mjml" {
        return Kind::Mjml;
    }
    let has_page = lower.starts_with("<!doctype html") || lower.contains("<html") || lower.contains("<body");
    if has_page && !is_markdown_name {
        return Kind::Html;
    }
    let begins_as_front_matter =
        body.starts_with("---\n") || body.starts_with("---\r\n") || body.starts_with("+++\n") || body.starts_with("+++\r\n");
    match extension {
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
        match recognise(name, text.as_bytes()).expect("a draft") {
            File::Draft(kind) => kind,
            other => panic!("{other:?} is no draft by itself"),
        }
    }

    #[test]
    fn files_of_drafts_are_told_by_their_content() {
        let file = |name: &str, text: &str| recognise(name, text.as_bytes()).expect("a file");
        assert_eq!(file("x", "From a@b.example Mon Feb  2 09:00:00 2026\nSubject: x\n\nHi"), File::Mbox);
        assert_eq!(file("x", "118\nSubject: x\nFrom: a@b.example\n\nHi"), File::Emlx);
        assert_eq!(file("-", "{\"subject\": \"x\"}"), File::Json);
        assert_eq!(kind("-", "{{ name }}, hello"), Kind::Text);
        assert_eq!(kind("x.md", "{\n\"title\": \"x\"}\nHi"), Kind::Markdown);
        assert_eq!(kind("-", "[{{ name }}] hello"), Kind::Text);
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
