//! `presend audience` as it is typed: the picture, the JSON, and a combination taken out whole or not at all.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn presend(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_presend")).current_dir(folder).args(words).output().expect("presend runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a list");
    write("march.csv", "id;email;name\n1;ann@a.example;\"Ann; Jr.\"\n2;ben@a.example;Ben\n3;cy@a.example;Cy\n");
    write("customers.csv", "email\nBEN@a.example\ncy@a.example\n");
    write("left.csv", "email\ncy@a.example\n");
    folder
}

#[test]
fn a_pipe_is_refused_because_lists_are_read_twice() {
    let folder = folder();
    let made = Command::new("mkfifo").arg(folder.path().join("pipe")).status();
    if made.is_ok_and(|status| status.success()) {
        let run = presend(folder.path(), &["audience", "pipe"]);
        assert_eq!(run.status.code(), Some(2));
        assert!(text(&run.stderr).contains("this list is a pipe"), "{}", text(&run.stderr));
    }
}

#[test]
fn columns_are_looked_at_where_that_is_asked() {
    let folder = folder();
    let columns = |words: &[&str]| {
        let run = presend(folder.path(), &[&["audience", "march.csv", "--format", "json"], words].concat());
        let overview: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
        overview["lists"][0]["columns"][2].clone()
    };
    assert_eq!(columns(&[]), serde_json::json!({ "name": "name" }));
    assert_eq!(columns(&["--profile"]), serde_json::json!({ "name": "name", "filled": 3, "empty": 0, "distinct": 3 }));
}

#[test]
fn a_combination_is_taken_out_with_its_header() {
    let folder = folder();
    let lists = ["audience", "march.csv", "customers.csv", "gone:unsubscribed=left.csv"];
    let run = presend(folder.path(), &[&lists[..], &["--extract", "march,customers,!gone", "--output", "out.csv"]].concat());
    assert!(run.status.success(), "{}", text(&run.stderr));
    assert_eq!(text(&run.stdout), "1 row of 1 person written to out.csv\n");
    assert_eq!(fs::read_to_string(folder.path().join("out.csv")).expect("rows"), "id,email,name\n2,ben@a.example,Ben\n");
}

#[test]
fn what_cannot_be_taken_out_leaves_nothing_behind() {
    let folder = folder();
    fs::write(folder.path().join("broken.csv"), "email,name\nann@a.example,\"Ann\nben@a.example,Ben\n").expect("a list");
    for (lists, pick, out, said) in [
        (vec!["march.csv"], "march,customers", "out.csv", "there is no list `customers`"),
        (vec!["march.csv", "broken.csv"], "march,broken", "out.csv", "quoted cell"),
        (vec!["march.csv", "left.csv"], "march,left", "left.csv", "written over the list `left`"),
        (vec!["march.csv", "left.csv"], "march,left", "nowhere/out.csv", "cannot be written"),
    ] {
        let run = presend(folder.path(), &[&["audience"], &lists[..], &["--extract", pick, "--output", out]].concat());
        assert_eq!(run.status.code(), Some(2), "{pick}");
        assert!(text(&run.stderr).contains(said), "{}", text(&run.stderr));
    }
    let names: Vec<_> = fs::read_dir(folder.path()).expect("folder").flatten().map(|file| file.file_name()).collect();
    assert_eq!(names.len(), 4, "nothing is left behind: {names:?}");
    assert_eq!(fs::read_to_string(folder.path().join("left.csv")).expect("list"), "email\ncy@a.example\n");
}

#[test]
fn the_overview_is_drawn_without_colour_and_said_to_programs() {
    let folder = folder();
    let run = presend(folder.path(), &["audience", "march.csv", "customers.csv"]);
    let shown = text(&run.stdout);
    assert!(shown.contains("●─●") && !shown.contains('\u{1b}'), "{shown}");
    let run = presend(folder.path(), &["audience", "march.csv", "customers.csv", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!((json["version"].as_u64(), json["pairs"][0][1].as_u64()), (Some(1), Some(2)));
    assert!(!text(&run.stdout).contains("ben@"), "people are masked");
}
