//! What a draft brings with it: whether a picture that it shows from inside is really there.

use super::Message;
use crate::pictures::LONGEST_PICTURE;
use std::sync::Arc;

/// What a draft knows of something that it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// It is in the mail or in the archive.
    Present,
    /// It ought to be in there, and is not.
    Missing,
    /// It is elsewhere, or nobody can say from the draft alone.
    Elsewhere,
}

impl Message {
    /// Looks for what an address such as `cid:logo`, `images/logo.png` or `../logo.png` names: among the attachments by
    /// Content-ID and Content-Location, and among the files of the archive beside the draft.
    pub fn inside(&self, address: &str) -> Inside {
        let address = address.trim();
        let present = |found: bool| if found { Inside::Present } else { Inside::Missing };
        if let Some(id) = strip_prefix(address, "cid:") {
            let id = unescaped(id);
            return present(self.attachments.iter().any(|attachment| attachment.content_id.as_deref() == Some(id.as_str())));
        }
        if !address.is_empty() && self.attachments.iter().filter_map(|attachment| attachment.location.as_deref()).any(|own| own == address)
        {
            return Inside::Present;
        }
        let is_elsewhere = address.is_empty() || address.starts_with(['/', '#', '{', '*', '%', '[', '<']) || has_scheme(address);
        if is_elsewhere || self.files.is_empty() {
            return Inside::Elsewhere;
        }
        let wanted = self.path_of(address);
        present(self.files.iter().any(|file| resolved("", file) == wanted))
    }

    /// The path inside the archive that a relative address means.
    fn path_of(&self, address: &str) -> String {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let own = self.name.split_once("!/").map_or("", |(_, path)| path);
        resolved(own.rsplit_once('/').map_or("", |(folder, _)| folder), &unescaped(path))
    }

    /// The bytes of a picture that the draft brings with it: an attachment, a file of its archive, or one written into
    /// its own address (`data:`); nothing if it is elsewhere or too long to be looked at.
    pub fn picture(&self, address: &str) -> Option<Arc<[u8]>> {
        let address = address.trim();
        if strip_prefix(address, "data:").is_some() {
            return data(address).map(Arc::from);
        }
        let id = strip_prefix(address, "cid:").map(unescaped);
        let attached = self.attachments.iter().find(|attachment| match &id {
            Some(id) => attachment.content_id.as_deref() == Some(id.as_str()) || attachment.name.as_deref() == Some(id.as_str()),
            None => !address.is_empty() && attachment.location.as_deref() == Some(address),
        });
        if let Some(attachment) = attached {
            return attachment.content.clone();
        }
        if self.pictures.is_empty() || self.inside(address) != Inside::Present {
            return None;
        }
        let wanted = self.path_of(address);
        self.pictures.iter().find(|(path, _)| resolved("", path) == wanted).map(|(_, bytes)| Arc::clone(bytes))
    }
}

/// The picture that stands in its own address: `data:image/png;base64,iVBORw0…` (RFC 2397).
fn data(address: &str) -> Option<Vec<u8>> {
    let (head, body) = address.split_once(',')?;
    if body.len() > LONGEST_PICTURE || !head.contains("image/") {
        return None;
    }
    let bytes = unescaped_bytes(body);
    if !head.trim_end().ends_with(";base64") {
        return Some(bytes);
    }
    let letters: Vec<u8> = bytes.into_iter().filter(|b| !b.is_ascii_whitespace()).collect();
    mail_parser::decoders::base64::base64_decode(&letters)
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    text.get(..prefix.len()).filter(|head| head.eq_ignore_ascii_case(prefix)).and_then(|_| text.get(prefix.len()..))
}

fn has_scheme(address: &str) -> bool {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// A path from a folder with `.` and `..` undone.
fn resolved(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `%20` and the like undone.
fn unescaped(text: &str) -> String {
    String::from_utf8_lossy(&unescaped_bytes(text)).into_owned()
}

fn unescaped_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |at: usize| tail.get(at).and_then(|&b| char::from(b).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
        if let (b'%', Some(high), Some(low)) = (first, digit(0), digit(1)) {
            bytes.push(high << 4 | low);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Kind;
    use crate::source::Source;
    use std::sync::Arc;

    #[test]
    fn pictures_are_looked_for_beside_the_draft() {
        let mut message = Message::bare("a.zip!/mail/index.html", &Source::file("a.zip!/mail/index.html", ""), Kind::Html);
        message.files = Arc::from(["mail/images/a b.png".to_owned(), "logo.png".to_owned(), "mail/index.html".to_owned()]);
        for (address, found) in [
            ("images/a%20b.png", Inside::Present),
            ("./images/a b.png?v=2", Inside::Present),
            ("../logo.png", Inside::Present),
            ("logo.png", Inside::Missing),
            ("cid:logo", Inside::Missing),
            ("https://a.example/logo.png", Inside::Elsewhere),
            ("{{ logo }}", Inside::Elsewhere),
            ("data:image/png;base64,AA", Inside::Elsewhere),
        ] {
            assert_eq!(message.inside(address), found, "{address}");
        }
        message.files = Arc::from([]);
        assert_eq!(message.inside("logo.png"), Inside::Elsewhere);
    }
}
