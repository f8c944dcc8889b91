//! Outlook's own files, `.msg` and `.oft`: MAPI properties as streams of a compound file.
//! <https://learn.microsoft.com/en-us/openspecs/exchange_server_protocols/ms-oxmsg>
//!
//! Such a file has no lines, so places count in the decoded part, and its name says which: `mail.msg!/body.html`.

mod code_page;
mod rtf;

use super::draft::{Content, Draft, Parts};
use super::{Attachment, Header, Kind, LONGEST_DRAFT, Unread, eml};
use crate::error::Error;
use crate::source::{Source, Span};
use cfb::CompoundFile;
use std::io::{Cursor, Read};
use std::sync::Arc;

/// Most attachments that are looked at.
const MOST_ATTACHMENTS: usize = 1000;

/// What places in such a file count in, for people.
const NO_LINES: &str = "counted in the text itself: an Outlook file has no lines";

/// An Outlook file, opened.
struct Store<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    /// The code page of its 8-bit texts.
    code_page: Option<u32>,
}

/// The draft of an Outlook file.
///
/// # Errors
/// A compound file that is broken or that is no message, such as an old Word document.
pub(super) fn open(name: &str, bytes: Vec<u8>) -> Result<Draft, Error> {
    let source = Source::raw(name, bytes);
    let broken = |why: String| Error::in_file(name, why).help("save it again from Outlook, or as .eml or .html");
    let file =
        CompoundFile::open(Cursor::new(source.bytes())).map_err(|_| broken(String::from("this Outlook file is broken or cut off")))?;
    let mut store = Store { file, code_page: None };
    if !store.file.exists("/__properties_version1.0") {
        return Err(broken(String::from("this file holds no text that could be a draft: it looks like an old Office document")));
    }
    store.code_page = store.number(0x3fde).or_else(|| store.number(0x3ffd));
    let (bodies, unread) = bodies(name, &mut store);
    let attachments = attachments(&mut store);
    let mut draft = Draft::new(name, Content::Parts(Parts { source: Arc::clone(&source), kind: Kind::Outlook, bodies, attachments }));
    draft.headers = headers(name, &mut store);
    draft.unread.extend(unread);
    Ok(draft)
}

impl Store<'_> {
    /// The bytes of a stream, at most as many as a draft may have.
    fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file.open_stream(path).ok()?.take(LONGEST_DRAFT).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// A property that is text, in UTF-16 or in the file's code page.
    fn text(&mut self, folder: &str, property: u16) -> Option<String> {
        let text = if let Some(bytes) = self.stream(&format!("{folder}/__substg1.0_{property:04X}001F")) {
            encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes).0.into_owned()
        } else {
            let bytes = self.stream(&format!("{folder}/__substg1.0_{property:04X}001E"))?;
            code_page::decode(bytes, self.code_page)
        };
        Some(text.trim_end_matches('\0').to_owned()).filter(|text| !text.is_empty())
    }

    fn binary(&mut self, folder: &str, property: u16) -> Option<Vec<u8>> {
        self.stream(&format!("{folder}/__substg1.0_{property:04X}0102")).filter(|bytes| !bytes.is_empty())
    }

    /// A property of the message that is a number: a row of 16 bytes behind a head of 32.
    fn number(&mut self, property: u16) -> Option<u32> {
        let rows = self.stream("/__properties_version1.0")?;
        let tag = u32::from(property) << 16 | 3;
        let row = rows.get(32..)?.chunks_exact(16).find(|row| row.starts_with(&tag.to_le_bytes()))?;
        Some(u32::from_le_bytes(row.get(8..12)?.try_into().ok()?))
    }
}

/// The HTML (written out, or wrapped in RTF) and the plain text; if there is neither, that is said.
fn bodies(name: &str, store: &mut Store<'_>) -> (Vec<(Kind, Arc<Source>)>, Option<Unread>) {
    let code_page = store.code_page;
    let html = store.binary("", 0x1013).map(|bytes| code_page::decode(bytes, code_page)).or_else(|| store.text("", 0x1013));
    let from_rtf = |store: &mut Store<'_>| rtf::html(&rtf::unpacked(&store.binary("", 0x1009)?)?);
    let html = html.or_else(|| from_rtf(store)).filter(|html| !html.trim().is_empty());
    let plain = store.text("", 0x1000).filter(|text| !text.trim().is_empty());
    let source = |part: &str, what: &str, text: String| Source::extracted(format!("{name}!/{part}"), format!("{what}, {NO_LINES}"), text);
    let bodies = [
        html.map(|text| (Kind::Html, source("body.html", "HTML part", text))),
        plain.map(|text| (Kind::Text, source("body.txt", "text part", text))),
    ];
    let bodies: Vec<(Kind, Arc<Source>)> = bodies.into_iter().flatten().collect();
    let unread = bodies.is_empty().then(|| Unread {
        what: format!("the body of the mail ({name})"),
        why: String::from("this Outlook file holds neither HTML nor plain text"),
        remedy: Some(String::from("save the mail as HTML or .eml")),
    });
    (bodies, unread)
}

/// The headers with which it travelled, if it did; those that are missing there from its properties.
fn headers(name: &str, store: &mut Store<'_>) -> Vec<Header> {
    let part = |what: &str, text: String| Source::extracted(format!("{name}!/headers.txt"), format!("{what}, {NO_LINES}"), text);
    let mut headers = store.text("", 0x007d).map(|text| eml::headers(&part("headers", text))).unwrap_or_default();
    let sender = store.text("", 0x0c1a);
    let address = store.text("", 0x5d01).or_else(|| store.text("", 0x0c1f)).filter(|address| address.contains('@'));
    let from = match (sender, address) {
        (Some(sender), Some(address)) if sender != address => Some(format!("{sender} <{address}>")),
        (sender, address) => address.or(sender),
    };
    // A subject may begin with a mark and the length of its "Re: ".
    let subject = store.text("", 0x0037).map(|text| text.strip_prefix('\u{1}').map_or(text.clone(), |rest| rest.chars().skip(1).collect()));
    for (name, value) in [("Subject", subject), ("From", from), ("To", store.text("", 0x0e04))] {
        let is_missing = !headers.iter().any(|header| header.name.eq_ignore_ascii_case(name));
        if let Some(value) = value.filter(|_| is_missing) {
            let value: Span = part(&format!("{name} header"), value).whole();
            headers.push(Header { name: name.to_owned(), value });
        }
    }
    headers
}

fn attachments(store: &mut Store<'_>) -> Vec<Attachment> {
    let folders: Vec<String> = store
        .file
        .read_root_storage()
        .filter(|entry| entry.is_storage() && entry.name().starts_with("__attach_version1.0_"))
        .take(MOST_ATTACHMENTS)
        .map(|entry| format!("/{}", entry.name()))
        .collect();
    let attachment = |folder: &String| {
        let kind = store.text(folder, 0x370e).map(|kind| kind.to_ascii_lowercase());
        let content_type = kind.unwrap_or_else(|| String::from("application/octet-stream"));
        let bytes = store.binary(folder, 0x3701).unwrap_or_default();
        Attachment {
            name: store.text(folder, 0x3707).or_else(|| store.text(folder, 0x3704)),
            content_id: store.text(folder, 0x3712).map(|id| id.trim_matches(['<', '>']).to_owned()),
            location: store.text(folder, 0x3713),
            size: bytes.len(),
            content: eml::picture(&content_type, &bytes),
            content_type,
        }
    };
    folders.iter().map(attachment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn any_bytes_open_or_fail(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..2000)) {
            let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
            file.extend(bytes);
            let _ = open("a.msg", file);
        }
    }
}
