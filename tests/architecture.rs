//! The order of the `mod` lines in `src/lib.rs` is the architecture: a module uses only modules above it.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use std::fs;
use std::path::{Path, PathBuf};

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

fn files() -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    rust_files(Path::new("src"), &mut paths);
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).expect("source text"))).collect()
}

/// Modules named in a file: `crate::name::…` and `use crate::{name, …}`.
fn used(text: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = Vec::new();
    for piece in text.split("crate::").skip(1) {
        match piece.strip_prefix('{') {
            Some(group) => names.extend(group.split('}').next().unwrap_or_default().split(',').map(|one| name(one.trim()))),
            None => names.push(name(piece)),
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let lib = fs::read_to_string("src/lib.rs").expect("lib.rs");
    let layers: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(layers.len() > 15, "the layers are read from lib.rs: {layers:?}");
    let mut wrong = Vec::new();
    for (path, text) in files() {
        let module = path.components().nth(1).expect("a module").as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let Some(own) = layers.iter().position(|layer| *layer == module) else { continue };
        for name in used(&text) {
            match layers.iter().position(|layer| *layer == name) {
                Some(other) if other > own => wrong.push(format!("{} uses {name}, which stands below {module}", path.display())),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_test_sees_what_a_file_uses() {
    assert_eq!(used("use crate::{finding::Finding, rule};\nlet x = crate::links::Links::default();"), ["finding", "rule", "links"]);
}

#[test]
fn every_file_opens_with_a_sentence_and_none_is_a_drawer() {
    for (path, text) in files() {
        assert!(text.starts_with("//! "), "{} does not open with a sentence", path.display());
        let stem = path.file_stem().expect("a stem").to_string_lossy().into_owned();
        assert!(!["utils", "util", "types", "common", "helpers", "misc"].contains(&stem.as_str()), "{} is a drawer", path.display());
    }
}

#[test]
fn only_the_probe_is_async() {
    for (path, text) in files() {
        assert!(path.starts_with("src/probe") || !text.contains("async fn"), "{} is async", path.display());
    }
}
