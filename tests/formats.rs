//! Every form of the report: the same four campaigns in each, the published schemas, and a draft that tries to act.
//!
//! `PRESEND_BLESS=1 cargo test --test formats` writes `fixtures/formats` anew.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const CAMPAIGNS: [&str; 4] =
    ["museum/customers-welcomed", "museum/unresolved-merge-tag", "museum/offers-discount-differs", "campaigns/spring-promotion"];

const FORMS: [(&str, &str); 6] =
    [("html", "html"), ("sarif", "sarif"), ("junit", "xml"), ("github", "txt"), ("gitlab", "json"), ("markdown", "md")];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn presend(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_presend"))
        .env("DICPATH", "no-dictionaries")
        .args(words)
        .current_dir(folder)
        .env("TZ", "UTC")
        .output()
        .expect("presend runs")
}

fn text(run: &Output) -> String {
    assert!(run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout.clone()).expect("UTF-8")
}

/// How many rules there are, and which of them passed, is no matter of these snapshots.
fn without_passed(written: &str) -> String {
    let is_passed = |line: &&str| line.trim_start().starts_with("<testcase") && line.ends_with("/>");
    let without = |line: &str, mark: &str| match line.split_once(mark) {
        Some((before, after)) => format!("{before}{mark}…{}", after.trim_start_matches(|c: char| c.is_ascii_digit())),
        None => line.to_owned(),
    };
    let uncounted = |line: &str| without(&without(&without(line, "tests=\""), "skipped=\""), "class=\"passed\">");
    let lines: Vec<&str> = written.lines().filter(|line| !is_passed(line)).collect();
    // A case that was skipped takes three lines.
    let is_skip = |at: usize| lines.get(at).is_some_and(|line| line.trim_start().starts_with("<skipped"));
    let kept = (0..lines.len()).filter(|at| !(is_skip(*at) || is_skip(at + 1) || *at > 0 && is_skip(at - 1)));
    kept.fold(String::new(), |all, at| all + &uncounted(lines[at]) + "\n")
}

#[test]
fn every_form_of_the_same_campaigns() {
    let mut wrong = Vec::new();
    for campaign in CAMPAIGNS {
        for (form, ending) in FORMS {
            let written = without_passed(&text(&presend(&root().join(campaign), &["check", "--offline", "--format", form])));
            let beside = root().join("formats").join(campaign.split('/').nth(1).expect("a name")).join(format!("{form}.{ending}"));
            if std::env::var_os("PRESEND_BLESS").is_some() {
                fs::create_dir_all(beside.parent().expect("a folder")).expect("a folder");
                fs::write(&beside, &written).expect("a file");
            }
            if fs::read_to_string(&beside).unwrap_or_default() != written {
                wrong.push(beside.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "not up to date; run PRESEND_BLESS=1 cargo test --test formats: {wrong:#?}");
}

/// A folder with a draft in which everything tries to act, and what its reports are in every form.
fn hostile(folder: &Path) -> Vec<(&'static str, String)> {
    let draft = "Subject: [TEST] <script>alert(1)</script> ]]> ::error::x \u{1b}[31m\u{202e}@all #12\nFrom: a@shop.example\n\n\
        ::error file=x::owned\n##[error]owned\n\
        Dear Jessica,\n\nTODO: <script>alert(1)</script> ]]> &amp; \u{1b}]0;x\u{7} \u{202e}\u{2066} *|FNAME| `x` [a](javascript:b) https://bad.example/a--><!-- \u{fffe}\n\
        lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore\n";
    fs::write(folder.join("::error::<b>,%0A.txt"), draft).expect("a draft");
    FORMS.iter().map(|(form, _)| (*form, text(&presend(folder, &["check", "--offline", ".", "--format", form])))).collect()
}

#[test]
fn nothing_of_a_hostile_draft_acts_in_any_form() {
    let folder = tempfile::tempdir().expect("a folder");
    for (form, written) in hostile(folder.path()) {
        assert!(written.contains("hardcoded-name"), "{form}: {written}");
        let acts: Vec<char> = written
            .chars()
            .filter(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}'))
            .collect();
        // JSON writes control characters as escapes; the rest must be gone everywhere.
        assert!(acts.is_empty(), "{form}: {acts:?}\n{written}");
        match form {
            "github" => {
                let commands = ["::error ", "::warning ", "::notice "];
                for line in written.lines().filter(|line| line.trim_start().starts_with("::")) {
                    assert!(commands.iter().any(|command| line.starts_with(command)), "{line}");
                    let properties = line.split_once(' ').expect("properties").1.split_once("::").expect("a text").0;
                    assert!(
                        properties
                            .split(',')
                            .all(|one| one.split_once('=').is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_alphabetic()))),
                        "{line}"
                    );
                }
                assert!(!written.contains("##["), "{written}");
            }
            "markdown" => {
                // Outside of code there is no tag, link or mention.
                let plain: String = written.split('`').step_by(2).collect();
                assert!(!plain.contains("<script") && !plain.contains("](") && !plain.contains("@all"), "{plain}");
            }
            "html" => {
                let frames = scraper::Html::parse_document(&written)
                    .select(&scraper::Selector::parse("script, a[href^=javascript]").expect("a selector"))
                    .count();
                assert!(frames == 0, "{written}");
            }
            "junit" => assert!(!written.contains("<script") && !written.contains("]]>"), "{written}"),
            _ => {}
        }
    }
}

#[test]
fn sarif_is_what_the_standard_and_code_scanning_want() {
    let schema = fs::read_to_string(root().join("schemas/sarif/sarif-schema-2.1.0.json")).expect("the schema");
    // As published, this pattern closes a bracket that it never opened.
    let schema: Value = serde_json::from_str(&schema.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$")).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = hostile(folder.path()).remove(1).1;
    let written = CAMPAIGNS.map(|campaign| text(&presend(&root().join(campaign), &["check", "--offline", "--format", "sarif"])));
    let unreadable = text(&presend(folder.path(), &["check", "--offline", "nowhere.eml", "--format", "sarif"]));
    for text in written.iter().chain([&hostile, &unreadable]) {
        let log: Value = serde_json::from_str(text).expect("JSON");
        let faults: Vec<String> = schema.iter_errors(&log).map(|fault| format!("{fault} at {}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        let mut marks = BTreeSet::new();
        for result in run["results"].as_array().expect("results") {
            let at = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
            assert_eq!(rules[at]["id"], result["ruleId"]);
            let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("an address");
            assert!(!uri.starts_with('/') && !uri.contains([' ', ':', '<']), "{uri} counts from the folder of the run");
            assert!(marks.insert(result["partialFingerprints"]["presend/v1"].as_str().expect("a mark")), "a mark is there twice");
        }
        assert!(rules.iter().all(|rule| rule["help"]["markdown"].as_str().is_some_and(|help| help.starts_with("# "))));
    }
    assert_eq!(serde_json::from_str::<Value>(&unreadable).expect("JSON")["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

/// The marks of all findings of a draft.
fn marks(folder: &Path, draft: &str, words: &[&str]) -> BTreeSet<String> {
    fs::create_dir_all(folder.join("mails")).expect("a folder");
    fs::write(folder.join("mails/a.txt"), draft).expect("a draft");
    let run = presend(&folder.join(words[0]), &[&["check", "--offline", "--format", "gitlab"], &words[1..]].concat());
    let issues: Value = serde_json::from_str(&text(&run)).expect("JSON");
    issues.as_array().expect("issues").iter().map(|issue| issue["fingerprint"].as_str().expect("a mark").to_owned()).collect()
}

#[test]
fn a_fingerprint_outlives_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("presend.toml"), "[brief]\ntype = \"newsletter\"\n").expect("settings");
    let draft = "Dear Jessica,\n\nTODO: write this\n\nTODO: write that\n";
    let before = marks(folder.path(), draft, &[".", "mails/a.txt"]);
    assert!(before.len() == 3, "{before:?}");
    let moved = marks(folder.path(), &format!("A new line.\r\n\r\n\r\n{draft}"), &[".", "mails/a.txt"]);
    assert_eq!(before, moved, "lines have moved");
    let other = marks(folder.path(), &draft.replace("Jessica", "Marion"), &[".", "mails/a.txt"]);
    assert_eq!(before.difference(&other).count(), 1, "another name is another finding");
}

/// Where a text is not what the schema of Jenkins says, in xmllint's words.
fn junit_faults(text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("junit.xml");
    fs::write(&file, text).expect("a file");
    let mut lint = Command::new("xmllint");
    lint.args(["--noout", "--nonet", "--schema"]).arg(root().join("schemas/junit/junit-10.xsd")).arg(&file);
    let lint = lint.output().expect("xmllint, which tests/setup installs (Debian's libxml2-utils)");
    let said = String::from_utf8_lossy(&lint.stderr);
    if lint.status.success() { Vec::new() } else { said.lines().map(str::to_owned).collect() }
}

#[test]
fn junit_is_what_its_schema_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, hostile) = hostile(folder.path()).into_iter().find(|(form, _)| *form == "junit").expect("JUnit");
    let written = CAMPAIGNS.map(|campaign| text(&presend(&root().join(campaign), &["check", "--offline", "--format", "junit"])));
    let unreadable = text(&presend(folder.path(), &["check", "--offline", "nowhere.eml", "--format", "junit"]));
    for text in written.iter().chain([&hostile, &unreadable]) {
        assert_eq!(junit_faults(text), Vec::<String>::new(), "{text}");
    }
    assert!(written.iter().any(|text| text.contains("<skipped")) && unreadable.contains("<error"));
    assert!(!junit_faults("<testsuites skipped=\"1\"><testcase/></testsuites>").is_empty(), "a fault would be seen");
}

#[test]
fn junit_counts_what_it_holds() {
    let written = text(&presend(&root().join("museum/customers-welcomed"), &["check", "--offline", "--format", "junit"]));
    let mut reader = quick_xml::Reader::from_str(&written);
    let (mut suites, mut cases, mut failures, mut depth) = (0, 0, 0, 0);
    loop {
        match reader.read_event().expect("XML") {
            quick_xml::events::Event::Start(tag) => {
                depth += 1;
                suites += usize::from(tag.name().as_ref() == "testsuite");
                cases += usize::from(tag.name().as_ref() == "testcase");
                failures += usize::from(tag.name().as_ref() == "failure");
            }
            quick_xml::events::Event::Empty(tag) => cases += usize::from(tag.name().as_ref() == "testcase"),
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((suites, depth), (1, 0), "{written}");
    assert!(failures >= 1 && cases > failures, "{written}");
    assert!(written.contains(&format!("tests=\"{cases}\" failures=\"{failures}\"")), "{written}");
}

#[test]
fn github_shows_ten_of_a_kind_and_counts_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    for at in 0..14 {
        fs::write(folder.path().join(format!("{at}.txt")), "TODO: write this\n").expect("a draft");
    }
    let written = text(&presend(folder.path(), &["check", "--offline", ".", "--format", "github"]));
    assert_eq!(written.matches("::error ").count(), 10, "{written}");
    let last = written.lines().last().expect("a last line");
    assert!(last.contains("hold, 14 findings") && last.contains("4 of them"), "{last}");
}

#[test]
fn a_comment_stays_short_enough_to_be_posted() {
    let folder = tempfile::tempdir().expect("a folder");
    for at in 0..300 {
        fs::write(folder.path().join(format!("{at}.txt")), "Dear Jessica,\n\nTODO: write this\n").expect("a draft");
    }
    let written = text(&presend(folder.path(), &["check", "--offline", ".", "--format", "markdown"]));
    assert!(written.len() <= 65_536 && written.contains("more would not fit"), "{}", written.len());
}

#[test]
fn several_forms_at_once_each_whole_or_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let in_folder = |name: &str| folder.path().join(name);
    fs::write(in_folder("a.txt"), "Dear Jessica,\n").expect("a draft");
    let run = presend(folder.path(), &["check", "--offline", "a.txt", "--also", "sarif=a.sarif", "--also", "junit=a.xml"]);
    assert!(run.status.code() == Some(1) && text(&run).contains("HOLD"));
    assert!(fs::read_to_string(in_folder("a.sarif")).expect("SARIF").contains("2.1.0"));
    assert!(fs::read_to_string(in_folder("a.xml")).expect("XML").starts_with("<?xml"));
    fs::remove_file(in_folder("a.sarif")).expect("a file");
    for (also, said) in [
        ("junit=nowhere/a.xml", "nowhere/a.xml"),
        ("junit=a.txt", "would take its place"),
        ("junit=a.sarif", "two reports"),
        ("sarfi=a.xml", "there is no format `sarfi`"),
        ("sarif", "FORMAT=FILE"),
    ] {
        let run = presend(folder.path(), &["check", "--offline", "a.txt", "--also", "sarif=a.sarif", "--also", also]);
        let err = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.code() == Some(2) && err.contains(said), "{also}: {err}");
        assert!(!in_folder("a.sarif").exists(), "{also}: nothing is written before everything can be");
    }
}
