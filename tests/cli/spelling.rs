//! Words are looked up in dictionaries that were named; what is wrong with one is said, and the run goes on.

use std::fs;
use std::path::Path;
use std::process::Command;

const DICTIONARIES: &str = "fixtures/inputs/dictionaries";

const GERMAN: &str = "Wir freuen uns auf Ihren Besuch, und die schönen Gartenleuchten sind da.\n\n\
    Unser Laden ist am Sonntag geöffnet, und wir haben viele neue Leuchetn für Sie.\n";

/// What `presend check` says about a draft in a folder where no dictionary lies.
fn said(folder: &Path, draft: &str, args: &[&str]) -> String {
    fs::write(folder.join("mail.txt"), draft).expect("a draft");
    let here = fs::canonicalize(DICTIONARIES).expect("dictionaries");
    let args = args.iter().map(|arg| arg.replace("HERE", &here.to_string_lossy()));
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.current_dir(folder).env("DICPATH", folder);
    let output = command.args(["check", "--offline", "mail.txt"]).args(args).output().expect("a run");
    assert!(output.status.code().is_some_and(|code| code < 2), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn affixes_and_compounds_of_a_named_dictionary_count() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = said(folder.path(), GERMAN, &["--dictionary", "HERE/de_tiny.dic"]);
    assert!(text.contains("\"Leuchetn\" is in no dictionary") && text.contains("\"Leuchten\" meant?"), "{text}");
    let right = said(folder.path(), &GERMAN.replace("Leuchetn", "Leuchten"), &["--dictionary", "HERE/de_tiny.dic"]);
    assert!(!right.contains("unknown-word") && !right.contains("spelling in German"), "{right}");
}

#[test]
fn accents_are_those_of_the_dictionarys_encoding() {
    let folder = tempfile::tempdir().expect("a folder");
    let french = "Nos nouvelles lampes sont arrivées dans notre boutique, et nous vous offrons la livraison de l'été.\n\n\
        C'est pour vous, les commandes de l'hivre et pour toute l'année, jusqu'à dimanche.\n";
    let text = said(folder.path(), french, &["--dictionary", "fr=HERE/fr_latin.dic"]);
    assert!(text.contains("\"l'hivre\""), "{text}");
    let right = said(folder.path(), &french.replace("hivre", "hiver"), &["--dictionary", "HERE/fr_latin.dic"]);
    assert!(!right.contains("unknown-word"), "{right}");
}

#[test]
fn words_of_the_brief_are_right_and_a_language_can_be_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let english = "The new lamp lights your kitchn for a year, and we send the lamp to you for free.\n";
    assert!(said(folder.path(), english, &[]).contains("\"kitchn\""));
    for settings in ["words = [\"Kitchn\"]", "languages = [\"de\"]"] {
        fs::write(folder.path().join("presend.toml"), format!("[spelling]\n{settings}\n")).expect("settings");
        let text = said(folder.path(), english, &[]);
        assert!(!text.contains("unknown-word"), "{settings}: {text}");
    }
}

#[test]
fn a_dictionary_that_cannot_be_used_is_said_and_the_run_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("de_odd.dic"), b"2\n\x00\x01\x02").expect("a file");
    fs::write(folder.path().join("de_odder.aff"), "SET KLINGON\n").expect("a file");
    fs::write(folder.path().join("de_odder.dic"), "1\nLampe\n").expect("a file");
    for (name, why) in
        [("de_odd.dic", "it is no list of words"), ("de_odder.dic", "encoding KLINGON is not known"), ("de_not.dic", "does not exist")]
    {
        let text = said(folder.path(), GERMAN, &["--dictionary", name, "--dictionary", "HERE/de_tiny.dic"]);
        assert!(text.contains(why) && text.contains("\"Leuchetn\""), "{name}: {text}");
    }
}

#[test]
fn a_dictionary_without_a_language_is_a_wrong_command() {
    let output = Command::new(env!("CARGO_BIN_EXE_presend"))
        .args(["check", "--offline", "--dictionary", "company.dic", "fixtures/campaigns"])
        .output()
        .expect("a run");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && text.contains("does not tell the language"), "{text}");
}
