//! Flows: exports are understood, and a rehearsal says exactly what would happen.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

mod exports;
mod simulator;
mod stories;
mod strange;

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A folder with some files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// What a command wrote, its complaint, and its exit code.
fn presend(folder: &Path, words: &[&str]) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    let run = command.current_dir(folder).args(words).env("TZ", "UTC").env_remove("CLICOLOR_FORCE").output().expect("presend runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (text(run.stdout), text(run.stderr), run.status.code().expect("an exit code"))
}

/// A rehearsal as JSON, with its exit code.
fn rehearse(folder: &Path, words: &[&str]) -> (Value, i32) {
    let (out, complaint, code) = presend(folder, &[&["rehearse"], words, &["--format", "json"]].concat());
    assert!(complaint.is_empty(), "{complaint}");
    (serde_json::from_str(&out).expect("JSON"), code)
}

/// The findings of a rehearsal: rule, people, message.
fn findings(rehearsal: &Value) -> Vec<(String, u64, String)> {
    let drafts = rehearsal["report"]["drafts"].as_array().expect("drafts");
    let all = drafts.iter().flat_map(|draft| draft["findings"].as_array().expect("findings"));
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    all.map(|one| (word(&one["rule"]), one["people"].as_u64().unwrap_or_default(), word(&one["message"]))).collect()
}

fn rules(rehearsal: &Value) -> Vec<String> {
    findings(rehearsal).into_iter().map(|(rule, ..)| rule).collect()
}

/// What one flow would do.
fn run<'a>(rehearsal: &'a Value, flow: &str) -> &'a Value {
    rehearsal["flows"].as_array().expect("flows").iter().find(|run| run["flow"] == flow).unwrap_or(&Value::Null)
}
