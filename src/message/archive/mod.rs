//! ZIP exports: each draft in them by its path, pictures by their names alone. Nothing is ever unpacked to the disk.

mod exports;
mod table;

use super::draft::{self, Content, Draft};
use super::{LONGEST_ARCHIVE, LONGEST_DRAFT, Pictures, Unread, kind, names, views};
use crate::error::Error;
use crate::pictures::LONGEST_PICTURE;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;
use zip::ZipArchive;

/// Most files that an archive may have.
const MOST_FILES: usize = 100_000;

/// From how many bytes on, and how many times its packed size, a file counts as made to fill the memory.
/// Text packs to a tenth; a mail of one repeated table to a fiftieth.
const BOMB: (u64, u64) = (8 * 1024 * 1024, 250);

/// Endings of archives, which are not opened inside of another.
const ARCHIVES: [&str; 8] = ["zip", "gz", "tgz", "tar", "bz2", "xz", "7z", "rar"];

/// Endings of pictures that are looked at.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// One file of an archive, by its directory.
struct Member {
    index: usize,
    /// Its path, made harmless.
    path: String,
    packed: u64,
    is_locked: bool,
}

/// The drafts of an archive.
///
/// # Errors
/// An archive that is broken, holds no draft, or is made to fill the memory.
pub(super) fn open(name: &str, bytes: &[u8]) -> Result<Vec<Draft>, Error> {
    let mut zip = directory(name, bytes)?;
    let members = members(&mut zip);
    let files: Arc<[String]> = members.iter().map(|member| member.path.clone()).collect();
    let mut budget = LONGEST_ARCHIVE;
    let tables = exports::Tables::read(name, &mut zip, &members, &mut budget)?;
    let mut drafts = Vec::new();
    for member in members.iter().filter(|member| is_draft(&member.path)) {
        let inner = format!("{name}!/{}", member.path);
        let found = match read(name, &mut zip, member, &mut budget)? {
            Ok(bytes) => open_member(&inner, bytes),
            Err(error) => vec![Draft::new(&inner, Content::Broken(error))],
        };
        drafts.extend(found.into_iter().map(|draft| Draft { headers: tables.headers(&member.path), ..draft }));
    }
    if drafts.is_empty() {
        return Err(Error::in_file(name, "there is no draft in this archive")
            .help("export the draft as .html, .eml, .mjml, .md or .txt; archives inside an archive are not opened"));
    }
    let pictures = pictures(name, &mut zip, &members);
    for draft in &mut drafts {
        (draft.files, draft.pictures) = (Arc::clone(&files), Arc::clone(&pictures));
    }
    if let (Some(first), Some(unread)) = (drafts.first_mut(), nested(name, &members)) {
        first.unread.push(unread);
    }
    Ok(drafts)
}

/// The pictures of an archive. One that cannot be unpacked is left out: nothing is said about it.
fn pictures(name: &str, zip: &mut Zip<'_>, members: &[Member]) -> Pictures {
    let mut budget = LONGEST_ARCHIVE / 4;
    let mut pictures = BTreeMap::new();
    for member in members {
        let is_small = member.packed <= LONGEST_PICTURE as u64 && member.packed < budget;
        let is_picture = PICTURES.contains(&kind::extension(&member.path).as_str());
        if is_small
            && is_picture
            && let Ok(Ok(bytes)) = read(name, zip, member, &mut budget)
        {
            pictures.insert(member.path.clone(), Arc::from(bytes));
        }
    }
    Arc::new(pictures)
}

/// The directory of an archive.
fn directory<'a>(name: &str, bytes: &'a [u8]) -> Result<Zip<'a>, Error> {
    let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        Error::in_file(name, format!("this archive is broken: {}", words(&error)))
            .help("download or export it again: the end is often missing")
    })?;
    if zip.len() > MOST_FILES {
        return Err(Error::in_file(name, format!("this archive holds {} files, more than {MOST_FILES}", zip.len()))
            .help("unpack it and name the drafts"));
    }
    Ok(zip)
}

fn words(error: &zip::result::ZipError) -> String {
    match error {
        zip::result::ZipError::InvalidArchive(_) => String::from("its table of contents cannot be read"),
        zip::result::ZipError::UnsupportedArchive(why) => (*why).to_owned(),
        other => other.to_string(),
    }
}

/// The files of an archive in its order, without folders and what the Mac puts beside them.
fn members(zip: &mut Zip<'_>) -> Vec<Member> {
    let mut members = Vec::new();
    for index in 0..zip.len() {
        let Ok(file) = zip.by_index_raw(index) else { continue };
        let path = harmless(&String::from_utf8_lossy(file.name_raw()));
        let is_paper = path.starts_with("__MACOSX/") || path.rsplit('/').next().is_none_or(|name| name.starts_with('.') || name.is_empty());
        if !file.is_dir() && !is_paper {
            members.push(Member { index, path, packed: file.compressed_size(), is_locked: file.encrypted() });
        }
    }
    members
}

/// A path that stays inside: no drive, no root, no `..`, no control characters.
fn harmless(path: &str) -> String {
    let path: String = path.chars().map(|c| if c == '\\' { '/' } else { c }).filter(|c| !c.is_control()).collect();
    let leads_out = |part: &str| matches!(part, "" | "." | "..") || part.len() == 2 && part.ends_with(':');
    path.split('/').filter(|part| !leads_out(part)).collect::<Vec<_>>().join("/")
}

fn is_draft(path: &str) -> bool {
    names::is_draft_name(path) && !is_archive(path)
}

fn is_archive(path: &str) -> bool {
    ARCHIVES.contains(&kind::extension(path).as_str())
}

/// The drafts of one file; one that cannot be opened is a draft with an error, a JSON of something else is none.
fn open_member(name: &str, bytes: Vec<u8>) -> Vec<Draft> {
    let is_empty = bytes.iter().all(u8::is_ascii_whitespace);
    let inside = name.rsplit_once("!/").map_or(name, |(_, path)| path);
    if views::is_view_name(name) && !views::is_mail(inside, &kind::decode_file(bytes.clone())) {
        return Vec::new();
    }
    let opened = kind::recognise(name, &bytes).and_then(|file| draft::open_single(name, file, bytes));
    match opened {
        Ok(drafts) => drafts,
        Err(_) if is_empty || kind::is_json_name(name) => Vec::new(),
        Err(error) => vec![Draft::new(name, Content::Broken(error))],
    }
}

/// Unpacks one file into memory.
///
/// The outer error is one of the whole archive, the inner one of this file.
fn read(name: &str, zip: &mut Zip<'_>, member: &Member, budget: &mut u64) -> Result<Result<Vec<u8>, Error>, Error> {
    let inner = format!("{name}!/{}", member.path);
    if member.is_locked {
        return Ok(Err(Error::in_file(inner, "this file is locked with a password").help("unpack the archive and name the draft in it")));
    }
    let most = LONGEST_DRAFT.min(*budget);
    let mut bytes = Vec::new();
    let unpacked = match zip.by_index(member.index) {
        Ok(file) => file.take(most + 1).read_to_end(&mut bytes).map_err(|error| error.to_string()),
        Err(error) => Err(words(&error)),
    };
    let size = bytes.len() as u64;
    *budget = budget.saturating_sub(size);
    if *budget == 0 {
        return Err(Error::in_file(name, format!("this archive unpacks to more than {} MB of drafts", LONGEST_ARCHIVE >> 20))
            .help("do not open it unless you know where it comes from; unpack the drafts that you need"));
    }
    if size > BOMB.0 && size / member.packed.max(1) > BOMB.1 {
        return Ok(Err(Error::in_file(inner, format!("this file unpacks to more than {} times its size", BOMB.1))
            .help("do not open it unless you know where it comes from")));
    }
    if size > LONGEST_DRAFT {
        return Ok(Err(
            Error::in_file(inner, format!("this file is larger than {} MB", LONGEST_DRAFT >> 20)).help("check that it is a draft")
        ));
    }
    Ok(match unpacked {
        Ok(_) => Ok(bytes),
        Err(why) => Err(Error::in_file(inner, format!("this file cannot be unpacked: {why}")).help("download or export the archive again")),
    })
}

/// Says which archives inside were left closed.
fn nested(name: &str, members: &[Member]) -> Option<Unread> {
    let inner: Vec<&str> = members.iter().map(|member| member.path.as_str()).filter(|path| is_archive(path)).collect();
    let first = inner.first()?;
    let others = if inner.len() > 1 { format!(" and {} more", inner.len() - 1) } else { String::new() };
    Some(Unread {
        what: format!("{name}!/{first}{others}"),
        why: String::from("an archive inside an archive is not opened"),
        remedy: Some(String::from("unpack it and check the drafts in it")),
    })
}

/// The error for an Office document, which is an archive, too.
pub(super) fn refuse_document(name: &str, bytes: &[u8]) -> Option<Error> {
    let is_document = memchr::memmem::find(bytes.get(..bytes.len().min(4096)).unwrap_or_default(), b"[Content_Types].xml").is_some();
    is_document.then(|| {
        Error::in_file(name, "this file holds no text that could be a draft: it looks like an Office document")
            .help("export the draft as .eml, .html, .mjml, .md or .txt")
    })
}

/// Whether an archive that was met on a search holds a draft, or is broken, which has to be said. A theme of a shop or a
/// blog is full of template files, and mostly none is a mail.
pub(super) fn is_worth_opening(bytes: &[u8]) -> bool {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return true };
    if zip.len() > MOST_FILES {
        return false;
    }
    let (views, others): (Vec<Member>, Vec<Member>) =
        members(&mut zip).into_iter().filter(|member| is_draft(&member.path)).partition(|member| views::is_view_name(&member.path));
    let mut budget = LONGEST_ARCHIVE;
    let mut is_mail = |member: &Member| {
        let text = read("", &mut zip, member, &mut budget).ok().and_then(Result::ok).map(kind::decode_file);
        text.is_some_and(|text| views::is_mail(&member.path, &text))
    };
    !others.is_empty() || views.iter().any(&mut is_mail)
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for (path, shown) in [
            ("../../etc/passwd.html", "etc/passwd.html"),
            ("/abs/a.html", "abs/a.html"),
            ("C:\\mails\\..\\a.html", "mails/a.html"),
            ("a/\u{1b}[31mb.html", "a/[31mb.html"),
        ] {
            assert_eq!(harmless(path), shown);
        }
    }

    #[test]
    fn other_archives_are_not_drafts() {
        assert!(is_draft("a/index.html") && !is_draft("a/inner.zip") && !is_draft("README.md") && !is_draft("a/logo.png"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_open_or_fail(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let mut zip = b"PK\x03\x04".to_vec();
            zip.extend(bytes);
            let _ = open("a.zip", &zip);
        }
    }
}
