//! `presend proof` as it is typed: the kinds of messages, one person's, the files, people who do not exist.
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
    Command::new(env!("CARGO_BIN_EXE_presend")).current_dir(folder).args(words).env("TZ", "UTC").output().expect("presend runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("presend.toml", "[brief]\nesp = \"klaviyo\"\n");
    write(
        "news.eml",
        "Subject: News for {{ person.city }}\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>Hi {{ first_name }},</p>{% if person.tier == 'gold' %}<p>Gold</p>{% endif %}</body></html>\n",
    );
    write("to.csv", "email,first_name,city,tier\nann@club.example,Ann,Ulm,gold\nben@club.example,,Ulm,\ncy@club.example,,Ulm,\n");
    folder
}

#[test]
fn kinds_are_shown_worst_first_with_exact_counts() {
    let folder = folder();
    let run = presend(folder.path(), &["proof", "news.eml", "--to", "to.csv"]);
    let out = text(&run.stdout);
    assert_eq!(run.status.code(), Some(1), "{out}{}", text(&run.stderr));
    assert!(out.starts_with("news.eml · 3 people on to.csv: 2 kinds of message\n"), "{out}");
    assert!(out.contains("        2  reads \"Hi ,\"  news.eml:4:19  (line 3 and 1 more)"), "{out}");
    let (bad, good) = (out.find("2 people get this: line 3, line 4"), out.find("1 person gets this: line 2"));
    assert!(bad.is_some() && bad < good, "{out}");
    assert!(out.contains("{% if person.tier == 'gold' %} 1 · none of them 2"), "{out}");
    let run = presend(folder.path(), &["proof", "news.eml", "--to", "to.csv", "--sample", "1"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stdout));
}

#[test]
fn one_person_is_shown_and_written() {
    let folder = folder();
    for who in [["--person", "BEN@club.example"], ["--row", "3"]] {
        let words = [&["proof", "news.eml", "--to", "to.csv", "--out", "out"], &who[..]].concat();
        let run = presend(folder.path(), &words);
        let out = text(&run.stdout);
        assert!(run.status.success() && out.contains("Subject: News for Ulm") && out.contains("| Hi ,"), "{out}{}", text(&run.stderr));
        let mail = fs::read_to_string(folder.path().join("out/line-3.eml")).expect("a mail");
        assert!(mail.starts_with("To: ben@club.example\r\nSubject: News for Ulm\r\n") && mail.contains("<p>Hi ,</p>"), "{mail}");
        assert!(fs::read_to_string(folder.path().join("out/line-3.html")).expect("a page").contains("<p>Hi ,</p>"));
    }
    let run = presend(folder.path(), &["proof", "news.eml", "--to", "to.csv", "--row", "77"]);
    assert_eq!(run.status.code(), Some(2));
    let run = presend(folder.path(), &["proof", "news.eml", "--to", "to.csv", "--out", "kinds"]);
    let names: Vec<_> = fs::read_dir(folder.path().join("kinds")).expect("a folder").flatten().map(|file| file.file_name()).collect();
    assert_eq!(names.len(), 4, "two kinds, each as .eml and .html: {names:?} {}", text(&run.stdout));
    assert!(names.iter().any(|name| name.to_string_lossy() == "01-empty-greeting-line-3.html"), "{names:?}");
}

#[test]
fn people_who_do_not_exist_try_a_draft_out() {
    let folder = folder();
    let run = presend(folder.path(), &["proof", "news.eml"]);
    let out = text(&run.stdout);
    assert!(out.contains("10 people on the list of people who do not exist"), "{out}{}", text(&run.stderr));
    assert!(out.contains("(nothing is known and 1 more)") && out.contains("reads \"Hi ,\""), "{out}");
}

#[test]
fn a_proof_for_programs_fits_its_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(&fs::read_to_string("docs/schemas/proof.schema.json").expect("a schema")).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let folder = folder();
    fs::write(
        folder.path().join("odd.txt"),
        "Hi {{ first_name }}, {{ first_name|made_up }} {{ {% if person.tier %}x{% else %}y{% endif %}",
    )
    .expect("a file");
    for (words, code) in [
        (["news.eml", "--to", "to.csv", "--out", "kinds"].as_slice(), 1),
        (&["news.eml", "--to", "to.csv", "--sample", "1"], 0),
        (&["news.eml", "odd.txt", "--to", "to.csv"], 1),
        (&["news.eml"], 1),
    ] {
        let run = presend(folder.path(), &[&["proof", "--format", "json"], words].concat());
        let value: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(&run.stderr)));
        assert_eq!(schema.iter_errors(&value).map(|fault| fault.to_string()).collect::<Vec<_>>(), Vec::<String>::new(), "{value:#}");
        assert_eq!((run.status.code(), value["wrong"].as_bool()), (Some(code), Some(code == 1)), "{words:?} {value:#}");
        assert!(!text(&run.stdout).contains("club.example"), "nobody is named");
    }
    let run = presend(folder.path(), &["proof", "--format", "json", "news.eml", "--to", "to.csv"]);
    let value: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let list = &value["drafts"][0]["lists"][0];
    let fault = serde_json::json!({
        "harm": "empty-greeting", "quote": "Hi ,", "rows": 2, "first_lines": [3, 4],
        "place": { "file": "news.eml", "line": 4, "column": 19 }
    });
    assert_eq!((list["file"].as_str(), list["rows"].as_u64(), &list["faults"][0]), (Some("to.csv"), Some(3), &fault), "{list:#}");
    assert_eq!(
        list["conditions"][0]["branches"],
        serde_json::json!([{ "tag": "{% if person.tier == 'gold' %}", "rows": 1 }, { "rows": 2 }])
    );
    assert_eq!(presend(folder.path(), &["proof", "--format", "json", "--row", "2", "news.eml"]).status.code(), Some(2));
}
