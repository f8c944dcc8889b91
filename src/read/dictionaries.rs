//! Where systems and office programs keep Hunspell dictionaries.

use super::bytes;
use crate::error::Error;
use crate::offers::Language;
use crate::spelling::language_of;
use std::fs;
use std::path::{Path, PathBuf};

/// Most entries of a folder that are looked at.
const MOST_ENTRIES: usize = 2000;

/// Largest file of a dictionary, in bytes.
const LARGEST: usize = 64 * 1024 * 1024;

/// The dictionaries in folders, and in folders of theirs that are named after a dictionary, in the order of the folders;
/// each with the language that its name tells.
pub fn dictionaries(folders: &[PathBuf]) -> Vec<(Language, String)> {
    let mut found = Vec::new();
    for folder in folders {
        let names = entries(folder);
        let below = names.iter().filter(|path| is_dictionary_folder(path)).flat_map(|folder| entries(folder));
        for path in names.iter().cloned().chain(below) {
            let is_whole = path.extension().is_some_and(|ending| ending == "dic") && path.with_extension("aff").is_file();
            let path = path.to_string_lossy().into_owned();
            found.extend(language_of(&path).filter(|_| is_whole).map(|language| (language, path)));
        }
    }
    found
}

/// What a folder holds, in the order of the names; nothing where there is none.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_ENTRIES);
    let mut paths: Vec<PathBuf> = all.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn is_dictionary_folder(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    (name.starts_with("dict-") || name.starts_with("dictionary-")) && path.is_dir()
}

/// The two files of a dictionary: its `.aff`, if there is one beside it, and its `.dic`.
///
/// # Errors
/// A file that is not there, cannot be read or is larger than any dictionary.
pub fn dictionary(path: &str) -> Result<(Option<Vec<u8>>, Vec<u8>), Error> {
    let words = bounded(path)?;
    let rules = Path::new(path).with_extension("aff");
    let rules = rules.is_file().then(|| bounded(&rules.to_string_lossy())).transpose()?;
    Ok((rules, words))
}

fn bounded(path: &str) -> Result<Vec<u8>, Error> {
    if fs::metadata(path).is_ok_and(|data| data.len() > LARGEST as u64) {
        return Err(Error::in_file(path, "this dictionary is larger than any dictionary is"));
    }
    bytes(path, "dictionary")
}
