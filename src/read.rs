//! The only place that reads files: drafts found and read, lists opened, everything bounded.
#![allow(clippy::disallowed_methods, reason = "this is the door for files")]

mod dictionaries;

use crate::error::Error;
use crate::message::{self, LONGEST_ARCHIVE};
use crate::pictures::LONGEST_PICTURE;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use dictionaries::{dictionaries, dictionary};

/// The path that means standard input.
pub const STANDARD_INPUT: &str = "-";

/// Largest settings, coupon or answer file, in bytes.
const LONGEST_TEXT: u64 = 256 * 1024 * 1024;

/// Reads one draft; `-` is standard input.
///
/// # Errors
/// A file that does not exist, cannot be read or is larger than any draft.
pub fn draft(path: &str) -> Result<Vec<u8>, Error> {
    if path == STANDARD_INPUT {
        return bounded(io::stdin().lock(), path, LONGEST_ARCHIVE);
    }
    bounded(open(path, "draft")?, path, LONGEST_ARCHIVE)
}

/// Reads a picture that lies beside a draft, by its relative address; nothing if there is none or it is too large to be
/// looked at.
pub fn beside(draft: &str, address: &str) -> Option<Vec<u8>> {
    let path = Path::new(address.split(['?', '#']).next()?);
    if draft == STANDARD_INPUT || draft.contains("!/") || address.is_empty() || !path.is_relative() || address.contains("://") {
        return None;
    }
    let file = Path::new(draft).parent()?.join(path);
    let small = fs::metadata(&file).is_ok_and(|data| data.is_file() && data.len() <= LONGEST_PICTURE as u64);
    small.then(|| fs::read(file).ok()).flatten()
}

/// Reads a settings, coupon or answer file; `what` names it in errors.
///
/// # Errors
/// A file that does not exist, cannot be read or is far too large.
pub fn bytes(path: &str, what: &str) -> Result<Vec<u8>, Error> {
    bounded(open(path, what)?, path, LONGEST_TEXT)
}

/// Opens a file for streaming.
///
/// # Errors
/// A file that does not exist or cannot be opened.
pub fn open(path: &str, what: &str) -> Result<File, Error> {
    let not_read = |reason: String| Error::in_file(path, format!("this {what} {reason}"));
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => not_read(String::from("does not exist")).help(hint_for_missing(path)),
        io::ErrorKind::PermissionDenied => {
            not_read(String::from("may not be read")).help("ask for the right to read it, or copy it elsewhere")
        }
        _ => not_read(format!("cannot be opened: {error}")).help(hint_for_missing(path)),
    })?;
    if file.metadata().is_ok_and(|data| data.is_dir()) {
        return Err(not_read(String::from("is a folder")).help("name a file in it"));
    }
    Ok(file)
}

/// What to do about a file that is not there: the nearest name in its folder, if there is one.
fn hint_for_missing(path: &str) -> String {
    let path = Path::new(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names: Vec<String> =
        fs::read_dir(folder).into_iter().flatten().flatten().take(1000).filter_map(|entry| entry.file_name().into_string().ok()).collect();
    let wanted = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match crate::settings::nearest(wanted, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => String::from("check the name and the folder"),
    }
}

fn bounded(file: impl Read, path: &str, most: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| Error::in_file(path, format!("this file cannot be read: {error}")))?;
    if bytes.len() as u64 > most {
        return Err(Error::in_file(path, format!("this file is larger than {} MB", most >> 20))
            .help("check that it is the draft and not an archive or a list; move large pictures to a web server"));
    }
    Ok(bytes)
}

/// Whether a path is a pipe or a device, which can be read only once.
pub fn is_pipe(path: &str) -> bool {
    fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir())
}

/// Whether a file is there.
pub fn exists(path: &Path) -> bool {
    path.is_file()
}

/// The drafts that a path stands for: itself, every draft in a folder, or what a pattern matches that no shell expanded;
/// in the order of their names.
///
/// `.gitignore` is respected; hidden files, packages and the usual papers of a repository are left out, and of JSON files
/// and archives all that hold no draft, of template files all that are web pages or pieces.
pub fn drafts(path: &str) -> Vec<String> {
    if path == STANDARD_INPUT || Path::new(path).is_file() {
        return vec![path.to_owned()];
    }
    if !Path::new(path).is_dir() {
        return expanded(path).unwrap_or_else(|| vec![path.to_owned()]);
    }
    let mut walk = ignore::WalkBuilder::new(path);
    walk.require_git(false).sort_by_file_path(Path::cmp).filter_entry(|entry| entry.file_name() != "node_modules");
    let files = walk.build().flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    files.map(ignore::DirEntry::into_path).filter(|file| is_draft(Path::new(path), file)).map(|path| shown(&path)).collect()
}

/// What a pattern such as `drafts/*.eml` matches; nothing if it is no pattern or nothing matches.
fn expanded(path: &str) -> Option<Vec<String>> {
    let wild = path.find(['*', '?', '[', '{'])?;
    let (folder, pattern) = path.get(..wild)?.rfind('/').map_or((".", path), |at| (&path[..=at], &path[at + 1..]));
    // With a slash in front, `*.eml` means this folder alone, as it does in a shell.
    matching(Path::new(folder), &format!("/{pattern}")).ok()
}

fn is_draft(folder: &Path, file: &Path) -> bool {
    let name = file.to_string_lossy();
    let is_meant = |bytes: Vec<u8>| message::is_worth_opening(&within(folder, file), &bytes);
    message::is_draft_name(&name) && (!message::is_doubtful_name(&name) || bytes(&name, "draft").is_ok_and(is_meant))
}

/// The path of a file from the folder on in which is searched; what stands above that says nothing about the file, and neither
/// does the name of a repository.
fn within(folder: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(folder).unwrap_or(file);
    let named = true_path(folder).filter(|folder| !folder.join(".git").exists());
    let name = named.as_deref().and_then(Path::file_name).unwrap_or_default();
    shown(&Path::new(name).join(inside))
}

/// Files with one of these endings below a folder, in the order of their names; `.gitignore` is respected.
pub fn files(folder: &str, endings: &[&str]) -> Vec<String> {
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.require_git(false).sort_by_file_path(Path::cmp).filter_entry(|entry| entry.file_name() != "node_modules");
    let is_meant = |path: &PathBuf| {
        path.is_file() && path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending.eq_ignore_ascii_case(wanted)))
    };
    walk.build().flatten().map(ignore::DirEntry::into_path).filter(is_meant).map(|path| shown(&path)).collect()
}

/// By what a file is seen to have been saved: its size and its time.
pub type Stamp = (u64, std::time::SystemTime);

/// How many files of a folder are looked at.
const MOST_WATCHED: usize = 5_000;

/// The stamps of files, and of every file in some folders. What is not there has none.
pub fn stamps(files: &[PathBuf], folders: &[PathBuf]) -> BTreeMap<PathBuf, Stamp> {
    let inside = |folder: &PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_WATCHED).map(|entry| entry.path());
    let all = files.iter().cloned().chain(folders.iter().flat_map(inside));
    let stamp = |path: PathBuf| {
        let data = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        Some((path, (data.len(), data.modified().ok()?)))
    };
    all.filter_map(stamp).collect()
}

/// The folder of the run; empty if it cannot be told.
pub fn here() -> String {
    std::env::current_dir().map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The time zone that the system is set to, where it says so as most of Unix does: its name, and its rules in `TZif`.
pub fn system_zone() -> Option<(String, Vec<u8>)> {
    let path = Path::new("/etc/localtime");
    let leads_to = fs::read_link(path).ok()?;
    let (_, name) = leads_to.to_str()?.split_once("zoneinfo/")?;
    Some((name.to_owned(), fs::read(path).ok()?))
}

/// The one true path of a file that is there.
pub fn true_path(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// A file's path from a folder, with `/` between the names; the path as it is written if the file is not below it.
pub fn path_from(folder: &Path, path: &str) -> String {
    let below = || {
        let (folder, file) = (fs::canonicalize(folder).ok()?, fs::canonicalize(path).ok()?);
        let names: Vec<String> = file.strip_prefix(&folder).ok()?.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        Some(names.join("/"))
    };
    below().unwrap_or_else(|| path.to_owned())
}

/// The folders above a folder, the nearest first, up to the one that holds the git repository; none outside of one.
pub fn folders_above(folder: &Path) -> Vec<PathBuf> {
    let (mut above, mut folder) = (Vec::new(), if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() });
    while let Some(real) = true_path(&folder).filter(|real| !real.join(".git").exists() && real.parent().is_some()) {
        folder = match folder.components().next_back() {
            Some(std::path::Component::Normal(_)) => folder.parent().map(Path::to_owned).unwrap_or_default(),
            Some(std::path::Component::ParentDir) => folder.join(".."),
            _ if folder.is_absolute() => real.parent().map(Path::to_owned).unwrap_or_default(),
            _ => PathBuf::from(".."),
        };
        if folder.as_os_str().is_empty() {
            folder = PathBuf::from(".");
        }
        above.push(folder.clone());
    }
    // Whatever stands at the end is the repository, or the end of the disk.
    if true_path(&folder).is_some_and(|real| real.join(".git").exists()) { above } else { Vec::new() }
}

/// A path as people write it.
pub fn shown(path: &Path) -> String {
    path.strip_prefix("./").unwrap_or(path).to_string_lossy().into_owned()
}

/// The files that a pattern of `presend.toml` stands for, below its folder; the pattern itself if it has no wildcard.
///
/// # Errors
/// A pattern that cannot be understood, or that no file matches.
pub fn matching(folder: &Path, pattern: &str) -> Result<Vec<String>, Error> {
    let path = folder.join(pattern);
    if !pattern.contains(['*', '?', '[', '{']) {
        return Ok(drafts(&shown(&path)));
    }
    let mut overrides = ignore::overrides::OverrideBuilder::new(folder);
    overrides.add(pattern).map_err(|error| Error::new(format!("the pattern `{pattern}` cannot be understood: {error}")))?;
    let overrides = overrides.build().map_err(|error| Error::new(format!("the pattern `{pattern}` cannot be understood: {error}")))?;
    let walk = ignore::WalkBuilder::new(folder).require_git(false).overrides(overrides).sort_by_file_path(Path::cmp).build();
    let files: Vec<PathBuf> =
        walk.flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file())).map(ignore::DirEntry::into_path).collect();
    if files.is_empty() {
        return Err(Error::new(format!("no file matches `{pattern}`")).help("check the pattern; it counts from the folder of presend.toml"));
    }
    Ok(files.iter().map(|path| shown(path)).collect())
}

/// Whether two paths lead to the same file; a file that is not there is no other.
pub fn is_same(one: &str, other: &str) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// A file in the system's folder for temporary files, without a name where the system allows it: it is gone when it is let
/// go of, also when the program is stopped.
///
/// # Errors
/// No such folder, or none that may be written to.
pub fn scratch() -> io::Result<File> {
    let folder = std::env::temp_dir();
    tempfile::tempfile_in(&folder).map_err(|error| io::Error::new(error.kind(), format!("{error} ({})", folder.display())))
}
