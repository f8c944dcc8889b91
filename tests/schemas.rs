//! The published schemas are those of the program: every key that it reads is in them, and every report fits.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use jsonschema::Validator;
use presend::settings::ConfigFile;
use presend::source::Source;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn schema(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(format!("docs/schemas/{name}.schema.json")).expect("a schema")).expect("JSON")
}

fn faults(schema: &Validator, value: &Value) -> Vec<String> {
    schema.iter_errors(value).map(|fault| format!("{fault} at {}", fault.instance_path())).collect()
}

fn files(folder: &Path, name: &str, into: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files(&path, name, into);
        } else if path.file_name().is_some_and(|file| file == name) {
            into.push(path);
        }
    }
}

/// The keys that the program knows in a section, as it says itself when it meets one that it does not know.
fn keys(section: &str) -> BTreeSet<String> {
    let error = ConfigFile::parse(&Source::file("presend.toml", format!("{section}\nqqqqqqqqqqqq = 1\n"))).expect_err("an unknown key");
    let all = error.remedy().and_then(|remedy| remedy.strip_prefix("use one of: ")).expect("a list of keys").to_owned();
    all.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_schema_of_the_settings_knows_every_key() {
    let schema = schema("presend");
    let known = |pointer: &str| -> BTreeSet<String> {
        schema.pointer(pointer).and_then(Value::as_object).unwrap_or_else(|| panic!("{pointer}")).keys().cloned().collect()
    };
    assert_eq!(keys(""), known("/properties"));
    let mut brief = keys("[brief]");
    assert_eq!(brief, known("/properties/campaign/items/properties"));
    for own in ["name", "drafts", "variants", "languages"] {
        assert!(brief.remove(own), "{own} belongs to a campaign");
    }
    assert_eq!(brief, known("/properties/brief/properties"));
    assert_eq!(keys("[brief.people]"), known("/properties/brief/properties/people/properties"));
    assert_eq!(keys("[[house]]"), known("/properties/house/items/properties"));
    assert_eq!(keys("[spelling]"), known("/properties/spelling/properties"));
    assert_eq!(keys("[links]"), known("/properties/links/properties"));
    assert_eq!(keys("[gate]"), known("/properties/gate/properties"));
    assert_eq!(keys("[warehouse]"), known("/properties/warehouse/properties"));
    assert_eq!(keys("[lists.a]"), known("/properties/lists/additionalProperties/properties"));
    assert_eq!(keys("[[waiver]]"), known("/properties/waiver/items/properties"));
    assert_eq!(keys("[[approval]]"), known("/properties/approval/items/properties"));
    assert_eq!(keys("[[expected]]"), known("/properties/expected/items/properties"));
}

#[test]
fn settings_that_are_read_fit_their_schema() {
    let schema = jsonschema::validator_for(&schema("presend")).expect("a schema");
    let mut paths = Vec::new();
    files(Path::new("fixtures"), "presend.toml", &mut paths);
    assert!(paths.len() > 20, "{paths:?}");
    for path in paths {
        let table: toml::Value = toml::from_str(&fs::read_to_string(&path).expect("settings")).expect("TOML");
        let value = serde_json::to_value(table).expect("JSON");
        assert_eq!(faults(&schema, &value), Vec::<String>::new(), "{}", path.display());
    }
    for wrong in [
        "[brief]\ndomans = []",
        "[gate]\nhold-at = \"off\"",
        "[[waiver]]\nrule = \"a\"\nreason = \"b\"\nowner = \"c\"\nexpires = 2027-01-31",
    ] {
        let value = serde_json::to_value(toml::from_str::<toml::Value>(wrong).expect("TOML")).expect("JSON");
        assert!(!faults(&schema, &value).is_empty(), "{wrong}");
    }
}

#[test]
fn every_report_fits_its_schema() {
    let schema = jsonschema::validator_for(&schema("report")).expect("a schema");
    let mut paths = Vec::new();
    files(Path::new("fixtures/museum"), "report.json", &mut paths);
    assert!(paths.len() > 20, "{paths:?}");
    for path in paths {
        let value: Value = serde_json::from_str(&fs::read_to_string(&path).expect("a report")).expect("JSON");
        assert_eq!(faults(&schema, &value), Vec::<String>::new(), "{}", path.display());
    }
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("a.txt", "Dear Jessica,\n\nTODO: write this.\n\nlorem ipsum dolor sit amet, consectetur adipiscing elit\n");
    write(
        "presend.toml",
        "[[waiver]]\nrule = \"hardcoded-name\"\ndraft = \"a.txt\"\nreason = \"b\"\nowner = \"c\"\nexpires = 2099-01-31\n\
         [[waiver]]\nrule = \"dead-image\"\ndraft = \"a.txt\"\nreason = \"b\"\nowner = \"c\"\nexpires = 2020-01-31\n\
         [[expected]]\nrule = \"unfinished-text\"\ndraft = \"a.txt\"\nreason = \"b\"\n",
    );
    let run = Command::new(env!("CARGO_BIN_EXE_presend"))
        .args(["check", "--offline", "--format", "json", "a.txt", "nowhere.txt"])
        .current_dir(folder.path())
        .output()
        .expect("presend runs");
    let value: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    for part in ["/exceptions/0", "/drafts/0/waived/0", "/drafts/0/expected/0", "/unreadable/0"] {
        assert!(value.pointer(part).is_some(), "{part}: {value:#}");
    }
    assert_eq!(faults(&schema, &value), Vec::<String>::new(), "{value:#}");
}

#[test]
fn the_program_prints_its_schemas_completions_and_manual() {
    let said = |words: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_presend")).args(words).output().expect("presend runs");
        assert!(run.status.success(), "{words:?}: {}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).expect("UTF-8")
    };
    for (of, name) in [("settings", "presend"), ("report", "report"), ("proof", "proof")] {
        assert_eq!(said(&["schema", of]), fs::read_to_string(format!("docs/schemas/{name}.schema.json")).expect("a schema"));
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(said(&["completions", shell]).contains("changed-since"), "{shell}");
    }
    let manual = said(&["man"]);
    assert!(manual.starts_with(".ie") && manual.contains("presend check") && manual.contains("sarif"), "{manual}");
}
