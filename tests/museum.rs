//! Whole runs over `fixtures/museum` (each campaign held by the mistake it is about) and `fixtures/campaigns` (all silent).
//!
//! `PRESEND_BLESS=1 cargo test --test museum` writes the reports anew; `finds.txt`, which says what must be found, is written by hand.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What one run wrote, and how it ended.
struct Run {
    out: String,
    code: i32,
}

/// The folders of one part of the fixtures.
fn folders(part: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(part);
    let mut folders: Vec<PathBuf> = fs::read_dir(root).expect("fixtures").flatten().map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

/// `presend check` in a folder, as somebody would type it there.
fn check(folder: &Path, format: &str) -> Run {
    let run = Command::new(env!("CARGO_BIN_EXE_presend"))
        .env("DICPATH", "no-dictionaries")
        .args(["check", "--format", format])
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .env("TZ", "UTC")
        .output()
        .expect("presend runs");
    assert!(run.stderr.is_empty(), "{}: {}", folder.display(), String::from_utf8_lossy(&run.stderr));
    Run { out: String::from_utf8(run.stdout).expect("UTF-8"), code: run.status.code().expect("an exit code") }
}

fn json(folder: &Path) -> (Value, i32) {
    let run = check(folder, "json");
    (serde_json::from_str(&run.out).expect("JSON"), run.code)
}

/// All findings of a report.
fn findings(report: &Value) -> Vec<Value> {
    let drafts = report["drafts"].as_array().expect("drafts");
    drafts.iter().flat_map(|draft| draft["findings"].as_array().expect("findings").clone()).collect()
}

fn compare(path: &Path, actual: &str) {
    if std::env::var_os("PRESEND_BLESS").is_some() {
        fs::write(path, actual).expect("the report can be written");
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == actual,
        "{} has changed; if the new one is right, run PRESEND_BLESS=1 cargo test --test museum\n{}",
        path.display(),
        changed(&expected, actual)
    );
}

/// The lines that only one of two texts has.
fn changed(expected: &str, actual: &str) -> String {
    let gone = expected.lines().filter(|line| !actual.lines().any(|other| other == *line)).map(|line| format!("- {line}\n"));
    let new = actual.lines().filter(|line| !expected.lines().any(|other| other == *line)).map(|line| format!("+ {line}\n"));
    gone.chain(new).collect()
}

#[test]
fn every_exhibit_has_its_report() {
    for folder in folders("museum") {
        let text = check(&folder, "terminal");
        assert!(!text.out.contains('\u{1b}'), "{}: a pipe gets no colours", folder.display());
        compare(&folder.join("report.txt"), &text.out);
        let wire = check(&folder, "json");
        compare(&folder.join("report.json"), &wire.out);
        let report: Value = serde_json::from_str(&wire.out).expect("JSON");
        let expected = match report["verdict"].as_str() {
            Some("clear") => 0,
            Some("hold") => 1,
            verdict => panic!("{}: {verdict:?}", folder.display()),
        };
        assert_eq!((text.code, wire.code), (expected, expected), "{}", folder.display());
        assert_eq!(report["exit_code"], expected, "{}", folder.display());
    }
}

#[test]
fn every_exhibit_is_found_and_nothing_else() {
    let folders = folders("museum");
    assert!(folders.len() >= 16, "the museum has lost exhibits");
    for folder in folders {
        let mut expected: Vec<String> =
            fs::read_to_string(folder.join("finds.txt")).expect("finds.txt").lines().map(str::to_owned).collect();
        let found = |finding: &Value| {
            let people = finding["people"].as_u64().map_or_else(|| String::from("-"), |people| people.to_string());
            format!("{} {people}", finding["rule"].as_str().expect("a rule"))
        };
        let mut actual: Vec<String> = findings(&json(&folder).0).iter().map(found).collect();
        expected.sort();
        actual.sort();
        assert_eq!(actual, expected, "{}: rule and people hit", folder.display());
        let readme = fs::read_to_string(folder.join("README.md")).expect("README.md");
        assert!(readme.starts_with("# ") && readme.contains("presend"), "{}: says what happened and what presend shows", folder.display());
    }
}

#[test]
fn healthy_campaigns_are_silent() {
    let folders = folders("campaigns");
    assert!(folders.len() >= 4, "healthy campaigns are missing");
    for folder in folders {
        let (report, code) = json(&folder);
        let found = findings(&report);
        assert!(found.is_empty(), "{}: {found:#?}", folder.display());
        let open: Vec<&Value> = report["drafts"].as_array().expect("drafts").iter().map(|draft| &draft["not_checked"]).collect();
        assert!(open.iter().all(|gaps| gaps.as_array().is_some_and(Vec::is_empty)), "{}: not checked: {open:#?}", folder.display());
        assert_eq!((report["verdict"].as_str(), code), (Some("clear"), 0), "{}", folder.display());
    }
}

/// A copy of an exhibit in which the mistake is put right: `twin.txt` says in each line `FILE: WRONG -> RIGHT`.
fn twin_of(folder: &Path, changes: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("a copy");
    }
    for change in changes.lines() {
        let (file, change) = change.split_once(": ").expect("a file");
        let (wrong, right) = change.split_once(" -> ").expect("what is put right");
        let path = copy.path().join(file);
        // The files are in many charsets, and what is put right is ASCII or stands there as it is.
        let bytes = fs::read(&path).expect("a file");
        let put_right = replaced(&bytes, wrong.as_bytes(), right.replace("\\n", "\n").as_bytes());
        assert_ne!(bytes, put_right, "{}: {change}", path.display());
        fs::write(path, put_right).expect("a copy");
    }
    copy
}

fn replaced(bytes: &[u8], wrong: &[u8], right: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        if bytes[at..].starts_with(wrong) {
            out.extend_from_slice(right);
            at += wrong.len();
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

#[test]
fn every_exhibit_about_an_offer_has_a_healthy_twin() {
    let mut twins = 0;
    for folder in folders("museum") {
        let Ok(changes) = fs::read_to_string(folder.join("twin.txt")) else {
            let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
            assert!(!name.starts_with("offers-") && !name.starts_with("coupon-"), "{name} has no twin");
            continue;
        };
        let twin = twin_of(&folder, &changes);
        let (report, code) = json(twin.path());
        let found = findings(&report);
        assert!(found.is_empty(), "{}: the twin is not silent: {found:#?}", folder.display());
        assert_eq!((report["verdict"].as_str(), code), (Some("clear"), 0), "{}", folder.display());
        twins += 1;
    }
    assert!(twins >= 35, "twins are missing");
}

/// A copy of a campaign whose drafts have other line ends.
fn with_line_ends(folder: &Path, line_end: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let mut bytes = fs::read(&path).expect("a file");
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if matches!(ending, "eml" | "html" | "md" | "txt") && !bytes.starts_with(b"\xff\xfe") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            bytes = text.replace("\r\n", "\n").replace('\n', line_end).into_bytes();
        }
        fs::write(copy.path().join(entry.file_name()), bytes).expect("a copy");
    }
    copy
}

#[test]
fn line_ends_do_not_matter() {
    let facts = |folder: &Path| -> Vec<Value> {
        let place = |finding: &Value| {
            let place = &finding["place"];
            Value::from(vec![
                finding["rule"].clone(),
                finding["message"].clone(),
                place["file"].clone(),
                place["line"].clone(),
                place["column"].clone(),
            ])
        };
        findings(&json(folder).0).iter().map(place).collect()
    };
    for folder in folders("museum").into_iter().chain(folders("campaigns")) {
        let (unix, windows) = (with_line_ends(&folder, "\n"), with_line_ends(&folder, "\r\n"));
        assert_eq!(facts(unix.path()), facts(windows.path()), "{}", folder.display());
    }
}
