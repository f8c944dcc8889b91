//! The gate as a team meets it: a repository from `presend init` to a pull request that is held and a waiver, and what is
//! said of exceptions that are wrong.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to) } else { fs::copy(&from, &to).map(|_| ()).expect("a copy") }
    }
}

/// What a shell says to a line.
#[cfg(unix)]
fn typed(line: &str, folder: &Path) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_presend")).parent().expect("a folder").display().to_string();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap_or_default());
    let person = [("GIT_AUTHOR_NAME", "Marion"), ("GIT_AUTHOR_EMAIL", "marion@mill.example")];
    let person = person.into_iter().chain([("GIT_COMMITTER_NAME", "Marion"), ("GIT_COMMITTER_EMAIL", "marion@mill.example")]);
    let alone = [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null"), ("TZ", "UTC"), ("LC_ALL", "C")];
    Command::new("sh").args(["-c", line]).current_dir(folder).env("PATH", path).envs(person.chain(alone)).output().expect("a shell")
}

#[cfg(unix)]
#[test]
fn a_repository_starts_green_and_holds_what_is_new() {
    let path = fixtures().join("template-repository/session.txt");
    let session = fs::read_to_string(&path).expect("a session");
    let folder = tempfile::tempdir().expect("a folder");
    copy(&fixtures().join("template-repository/files"), folder.path());
    let mut seen = String::new();
    for line in session.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let run = typed(line, folder.path());
        let _ = writeln!(seen, "$ {line}");
        for said in [&run.stdout, &run.stderr] {
            for line in String::from_utf8_lossy(said).lines() {
                // How many rules there are is no matter of this session.
                let line = if line.starts_with("Passed ") { "Passed …" } else { line };
                let _ = writeln!(seen, "{line}");
            }
        }
        if !run.status.success() {
            let _ = writeln!(seen, "(exit code {})", run.status.code().unwrap_or(-1));
        }
    }
    if std::env::var_os("PRESEND_BLESS").is_some() {
        fs::write(&path, &seen).expect("a session");
    }
    assert!(fs::read_to_string(&path).expect("a session") == seen, "PRESEND_BLESS=1 cargo test --test gate; now it is:\n{seen}");
}

struct Desk(tempfile::TempDir);

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder"));
        for (name, text) in files {
            fs::write(desk.0.path().join(name), text).expect("a file");
        }
        desk
    }

    fn presend(&self, words: &[&str]) -> (i32, String) {
        let run = Command::new(env!("CARGO_BIN_EXE_presend")).args(words).current_dir(self.0.path()).output().expect("presend runs");
        let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        (run.status.code().expect("an exit code"), said)
    }
}

const JESSICA: (&str, &str) = ("a.txt", "Dear Jessica,\n\nthe mill is open.\n");

fn waiver(lines: &str) -> String {
    format!(
        "[[waiver]]\nrule = \"hardcoded-name\"\ndraft = \"a.txt\"\nreason = \"on purpose\"\nowner = \"Marion\"\nexpires = 2099-01-31\n{lines}"
    )
}

#[test]
fn a_waiver_lets_pass_what_it_names_and_nothing_else() {
    let (code, said) = Desk::new(&[JESSICA, ("presend.toml", &waiver(""))]).presend(&["check", "--offline", "a.txt"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Waived") && said.contains("on purpose; Marion, until 2099-01-31"), "{said}");
    let (code, said) = Desk::new(&[JESSICA, ("presend.toml", &waiver("words = \"Marion\"\n"))]).presend(&["check", "--offline", "a.txt"]);
    assert!(code == 1 && said.contains("[hardcoded-name]") && said.contains("[unused-waiver]"), "{said}");
    let ended = waiver("").replace("2099", "2020");
    let (code, said) = Desk::new(&[JESSICA, ("presend.toml", &ended)]).presend(&["check", "--offline", "a.txt"]);
    assert!(code == 1 && said.contains("[expired-waiver]") && said.contains("ended on 2020-01-31; Marion answers for it"), "{said}");
    let other = [JESSICA, ("b.txt", "Hello,\n\nthe mill is open.\n"), ("presend.toml", &waiver(""))];
    let (code, said) = Desk::new(&other).presend(&["check", "--offline", "b.txt"]);
    assert!(code == 0 && !said.contains("unused-waiver"), "a draft that is not looked at says nothing of its waivers: {said}");
}

#[test]
fn waivers_that_are_half_written_are_refused() {
    for (from, to, said) in [
        ("draft = \"a.txt\"\n", "", "would let everything pass"),
        ("reason = \"on purpose\"", "reason = \" \"", "needs a reason"),
        ("owner = \"Marion\"\n", "", "owner"),
        ("2099-01-31", "\"soon\"", "this is not a day"),
        ("hardcoded-name", "hardcoded-nam", "did you mean `hardcoded-name`?"),
    ] {
        let text = waiver("").replace(from, to);
        let (code, answer) = Desk::new(&[JESSICA, ("presend.toml", &text)]).presend(&["check", "--offline", "a.txt"]);
        assert!(code == 2 && answer.contains(said) && answer.contains("presend.toml:"), "{said}: {answer}");
    }
}

#[test]
fn a_mistake_on_purpose_must_be_there() {
    let settings = "[[expected]]\nrule = \"hardcoded-name\"\ndraft = \"a.txt\"\nreason = \"the joke of the day\"\n";
    let (code, said) = Desk::new(&[JESSICA, ("presend.toml", settings)]).presend(&["check", "--offline", "a.txt"]);
    assert!(code == 0 && said.contains("Meant") && said.contains("the joke of the day"), "{said}");
    let mended = [("a.txt", "Dear reader,\n\nthe mill is open.\n"), ("presend.toml", settings)];
    let (code, said) = Desk::new(&mended).presend(&["check", "--offline", "a.txt"]);
    assert!(code == 1 && said.contains("[missing-mistake]"), "{said}");
}

#[test]
fn a_baseline_knows_findings_wherever_the_run_is_started() {
    let desk = Desk::new(&[JESSICA]);
    assert_eq!(desk.presend(&["baseline", "--offline", "a.txt"]).0, 0);
    let (code, said) = desk.presend(&["check", "--offline", "a.txt"]);
    assert!(code == 0 && said.contains("1 finding that the baseline knows"), "{said}");
    let full = desk.0.path().join("a.txt");
    assert_eq!(desk.presend(&["check", "--offline", full.to_str().expect("a path")]).0, 0, "named by its full path");
    assert_eq!(desk.presend(&["check", "--offline", "--no-baseline", "a.txt"]).0, 1);
    fs::write(desk.0.path().join("a.txt"), "Hello,\n\n\nDear Jessica,\n\nTODO: open the mill.\n").expect("a draft");
    let (code, said) = desk.presend(&["check", "--offline", "a.txt"]);
    assert!(code == 1 && said.contains("[unfinished-text]"), "{said}");
    fs::write(desk.0.path().join("presend-baseline.json"), "{}").expect("a file");
    let (code, said) = desk.presend(&["check", "--offline", "a.txt"]);
    assert!(code == 2 && said.contains("this is not a baseline"), "{said}");
}

#[test]
fn what_counts_people_is_never_known_before() {
    let desk = Desk::new(&[]);
    copy(&fixtures().join("museum/customers-welcomed"), desk.0.path());
    let (code, said) = desk.presend(&["baseline", "--offline"]);
    assert!(code == 0 && said.contains("1 more belongs to one send, and still holds it"), "{said}");
    assert_eq!(desk.presend(&["check", "--offline"]).0, 1);
}

#[test]
fn the_settings_say_from_where_on_a_send_is_held() {
    let settings = "[rules]\nhardcoded-name = \"note\"\n[gate]\nhold-at = \"note\"\n";
    let desk = Desk::new(&[JESSICA, ("presend.toml", settings)]);
    assert_eq!(desk.presend(&["check", "--offline", "a.txt"]).0, 1);
    assert_eq!(desk.presend(&["check", "--offline", "a.txt", "--hold-at", "warn"]).0, 0, "what is typed wins");
}

#[test]
fn settings_of_a_repository_hold_in_its_folders() {
    let desk = Desk::new(&[("presend.toml", "[rules]\nhardcoded-name = \"off\"\n[[campaign]]\ndrafts = [\"mails/*.txt\"]\n")]);
    fs::create_dir_all(desk.0.path().join("mails/june")).expect("folders");
    fs::write(desk.0.path().join("mails/a.txt"), JESSICA.1).expect("a draft");
    let below = |words: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_presend")).args(words).current_dir(desk.0.path().join("mails")).output();
        let run = run.expect("presend runs");
        (run.status.code().expect("an exit code"), String::from_utf8_lossy(&run.stdout).into_owned())
    };
    assert_eq!(below(&["check", "--offline", "a.txt"]).0, 1, "outside of a repository a folder knows nothing of those above it");
    fs::create_dir(desk.0.path().join(".git")).expect("a repository");
    for words in
        [&["check", "--offline", "a.txt"][..], &["check", "--offline", "."], &["check", "--offline"], &["check", "--offline", "./a.txt"]]
    {
        let (code, said) = below(words);
        assert!(code == 0 && said.contains("a.txt"), "{words:?}: {said}");
    }
    let (code, said) = below(&["approve", "a.txt", "--by", "Jo"]);
    assert!(code == 0 && said.starts_with("mails/a.txt is approved by Jo (../presend.toml)"), "{said}");
    assert_eq!(desk.presend(&["check", "--offline", "mails/a.txt"]).0, 0);
    assert!(!desk.0.path().join("mails/presend.toml").exists());
    // A baseline is written where a check looks for it.
    assert!(below(&["baseline", "--offline"]).1.contains("written to ../presend-baseline.json"));
}

#[test]
fn a_baseline_is_written_where_the_settings_look_for_it() {
    let desk = Desk::new(&[JESSICA, ("presend.toml", "[gate]\nbaseline = \"known.json\"\n[[campaign]]\ndrafts = [\"a.txt\"]\n")]);
    let (code, said) = desk.presend(&["baseline", "--offline"]);
    assert!(code == 0 && said.contains("1 finding of 1 draft written to known.json"), "{said}");
    assert_eq!(desk.presend(&["check", "--offline"]).0, 0);
}

/// Types into a terminal that is none, as util-linux's `script` makes one.
#[cfg(target_os = "linux")]
#[test]
fn init_asks_whoever_sits_at_a_terminal() {
    use std::io::Write as _;
    let files = [
        ("b.eml", "From: The mill <hello@mill.example>\nSubject: x\n\nHello *|FNAME|*,\n\nthe mill is open.\n"),
        ("members.csv", "Email\na@post.example\n"),
    ];
    let typed = |command: &str, words: &str| {
        let desk = Desk::new(&files);
        let line = format!("{} {command}", env!("CARGO_BIN_EXE_presend"));
        let mut run = Command::new("script")
            .args(["-qec", &line, "typescript.log"])
            .current_dir(desk.0.path())
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("script, of util-linux");
        run.stdin.take().expect("a pipe").write_all(words.as_bytes()).expect("a pipe");
        let run = run.wait_with_output().expect("an end");
        let written = fs::read_to_string(desk.0.path().join("presend.toml")).expect("settings");
        let (code, said) = desk.presend(&["check", "--offline"]);
        assert!(code != 2, "what is written can be read: {said}");
        (String::from_utf8_lossy(&run.stdout).into_owned(), written)
    };
    let (said, written) = typed("init", "welcome\n\n1\n\n\n");
    assert!(said.contains("What kind of mail") && said.contains("Your own domains [mill.example]"), "{said}");
    for line in ["type = \"welcome\"", "domains = [\"mill.example\"]", "to = [\"members.csv\"]", "esp = \"mailchimp\""] {
        assert!(written.lines().any(|written| written == line), "{line}: {written}");
    }
    let (said, written) = typed("init --yes", "");
    assert!(!said.contains("What kind of mail") && written.contains("# type = "), "{said}{written}");
}

#[test]
fn init_writes_what_can_be_checked_at_once_and_never_twice() {
    let desk = Desk::new(&[
        JESSICA,
        ("Unsubscribed.csv", "Email\na@post.example\n"),
        ("b.eml", "From: The mill <hello@Mill.example>\nSubject: x\n\nHello,\n\nthe mill is open.\n"),
    ]);
    let (code, said) = desk.presend(&["init"]);
    assert!(code == 0 && said.contains("2 drafts, 1 list"), "{said}");
    let written = fs::read_to_string(desk.0.path().join("presend.toml")).expect("settings");
    assert!(written.contains("domains = [\"mill.example\"]") && written.contains("[lists.unsubscribed]"), "{written}");
    let (code, said) = desk.presend(&["check", "--offline"]);
    assert!(code == 1 && said.contains("a.txt") && said.contains("2 drafts checked"), "{said}");
    let (code, said) = desk.presend(&["init"]);
    assert!(code == 2 && said.contains("stays as it is"), "{said}");
    assert_eq!(fs::read_to_string(desk.0.path().join("presend.toml")).expect("settings"), written);
    // Every line that is commented out is one that could be used.
    let plain: String = written
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| rest.starts_with('[') || rest.contains(" = ")).unwrap_or(line))
        .fold(String::new(), |all, line| all + line + "\n");
    fs::write(desk.0.path().join("presend.toml"), plain.replace("members.csv", "Unsubscribed.csv")).expect("settings");
    let (code, said) = desk.presend(&["check", "--offline"]);
    assert!(code == 1, "{said}");
}

#[test]
fn a_baseline_is_of_the_same_send_as_the_check() {
    let desk = Desk::new(&[("a.txt", "Our sale ends on 2 March 2026.\n")]);
    let said = ["--offline", "--send-at", "2026-11-27T09:00", "a.txt"];
    let with = |command: &'static str| [&[command][..], &said[..]].concat();
    assert_eq!(desk.presend(&with("check")).0, 1);
    assert_eq!(desk.presend(&with("baseline")).0, 0);
    let (code, text) = desk.presend(&with("check"));
    assert!(code == 0 && text.contains("1 finding that the baseline knows"), "{text}");
}
