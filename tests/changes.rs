//! What changed since: two versions compared, a sign-off that no other draft passes for, and a watch over a folder.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder"));
        for (name, text) in files {
            desk.write(name, text);
        }
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("a file")
    }

    fn presend(&self, words: &[&str]) -> (i32, String) {
        let run = Command::new(env!("CARGO_BIN_EXE_presend")).args(words).current_dir(self.path()).env("TZ", "UTC").output();
        let run = run.expect("presend runs");
        let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        (run.status.code().expect("an exit code"), said)
    }

    fn git(&self, words: &[&str]) {
        let run = Command::new("git")
            .args(["-c", "user.name=Marion", "-c", "user.email=marion@mill.example", "-c", "commit.gpgsign=false"])
            .args(words)
            .current_dir(self.path())
            .output()
            .expect("git runs");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
}

const OLD: &str = "From: Mill <news@mill.example>\nSubject: Bread on Friday\nContent-Type: text/html\n\n<html><body>\n\
    <p>The mill is open on Friday, and bread is 10 % cheaper with the code BREAD10.</p>\n\
    <p><a href=\"https://mill.example/bread?token=abcdefghijklmnop1234\">See the bread</a></p>\n\
    <img src=\"https://mill.example/loaf.png\" alt=\"A loaf\">\n<p>Mill Lane 1, Oldtown</p>\n</body></html>\n";

fn new() -> String {
    OLD.replace("Bread on Friday", "Bread on Saturday")
        .replace("open on Friday", "open on Saturday")
        .replace("BREAD10", "BREAD15")
        .replace("/bread?", "/rolls?")
        .replace("loaf.png", "roll.png")
        .replace("<p>Mill Lane 1, Oldtown</p>", "<p style=\"color:red\">Mill Lane 1, Oldtown</p>")
}

#[test]
fn diff_tells_what_a_reader_would_meet() {
    let desk = Desk::new(&[("old.eml", OLD), ("new.eml", &new()), ("same.eml", &OLD.replace('\n', "\r\n"))]);
    let (code, said) = desk.presend(&["diff", "old.eml", "new.eml"]);
    assert_eq!(code, 1, "{said}");
    for words in [
        "Bread on [-Friday-]{+Saturday+}",
        "open on [-Friday,-]{+Saturday,+}",
        "[-BREAD10-]",
        "{+BREAD15+}",
        "See the bread: [-https://mill.example/bread",
        "A loaf: [-https://mill.example/loaf.png-] {+https://mill.example/roll.png+}",
        "Markup",
        "new.eml:9:1",
        "Changed: the subject, 1 passage, 1 link, 2 codes, 1 picture and the markup",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("abcdefghijklmnop1234"), "tokens are masked: {said}");
    let (code, said) = desk.presend(&["diff", "old.eml", "same.eml"]);
    assert!(code == 0 && said.contains("The same mail (the files differ in what no reader sees)"), "{said}");
    let (code, said) = desk.presend(&["diff", "old.eml", "old.eml"]);
    assert!(code == 0 && said.contains("the files are the same"), "{said}");
    let (code, said) = desk.presend(&["diff", "old.eml", "nowhere.eml"]);
    assert!(code == 2 && said.contains("nowhere.eml"), "{said}");
}

#[test]
fn diff_writes_for_programs_and_pull_requests() {
    let hostile = OLD.replace("Bread on Friday", "Bread | <script>alert(1)</script> @all \u{1b}[31m").replace("The mill", "The ``` mill");
    let desk = Desk::new(&[("old.eml", OLD), ("new.eml", &hostile)]);
    let (code, said) = desk.presend(&["diff", "old.eml", "new.eml", "--format", "json"]);
    let value: Value = serde_json::from_str(&said).expect("JSON");
    assert!(code == 1 && value["version"] == 1 && value["same"] == false, "{said}");
    assert_eq!(value["changes"][0]["part"], "subject");
    assert_eq!(value["changes"][0]["was"], "Bread on Friday");
    let (_, said) = desk.presend(&["diff", "old.eml", "new.eml", "--format", "markdown", "--output", "out.md"]);
    assert!(said.is_empty(), "{said}");
    let text = desk.read("out.md");
    assert!(text.starts_with("<!-- presend changes -->") && !text.contains('\u{1b}'), "{text}");
    let plain: String = text.lines().skip(1).map(|line| line.split('`').step_by(2).collect::<String>()).collect();
    assert!(!plain.contains("<script") && !plain.contains("@all"), "{plain}");
    let (_, said) = desk.presend(&["diff", "old.eml", "new.eml"]);
    assert!(!said.contains('\u{1b}'), "nothing of a draft acts in a terminal: {said:?}");
}

#[test]
fn diff_tells_who_gets_it_now_and_who_did() {
    let desk = Desk::new(&[
        ("old.eml", OLD),
        ("a.csv", "email\nann@a.example\nbob@a.example\n"),
        ("b.csv", "email\nBOB@a.example\ncid@a.example\n"),
        ("c.csv", "email\ndan@a.example\n"),
    ]);
    let (code, said) = desk.presend(&["diff", "old.eml", "old.eml", "--to-before", "a.csv", "--to", "b.csv", "--to", "c.csv"]);
    assert!(code == 1 && said.contains("2 → 3 people") && said.contains("2 new") && said.contains("1 gone"), "{said}");
    assert!(!said.contains("cid@"), "people are masked: {said}");
    let (code, said) = desk.presend(&["diff", "old.eml", "old.eml", "--to-before", "a.csv", "--to", "a.csv"]);
    assert!(code == 0 && said.contains("the same people get it"), "{said}");
    let (code, _) = desk.presend(&["diff", "old.eml", "old.eml", "--to", "a.csv"]);
    assert_eq!(code, 2, "one list alone says nothing");
}

const LETTER: &str = "Subject: The mill in June\n\nHello,\n\nthe mill is open at nine.\n";

#[test]
fn an_approval_holds_for_the_bytes_that_were_approved() {
    let desk = Desk::new(&[("mails/june.txt", LETTER), ("presend.toml", "[brief]\ntype = \"service\"\n")]);
    let (code, said) = desk.presend(&["approve", "mails/june.txt", "--by", "Marion"]);
    assert!(code == 0 && said.contains("mails/june.txt is approved by Marion"), "{said}");
    assert!(desk.read("presend.toml").starts_with("[brief]\ntype = \"service\"\n\n[[approval]]\ndraft = \"mails/june.txt\""));
    let (code, said) = desk.presend(&["check", "--offline", "mails/june.txt"]);
    assert!(code == 0 && said.contains("Approved by Marion on 2"), "{said}");
    desk.write("mails/june.txt", &LETTER.replace("nine", "ten"));
    let (code, said) = desk.presend(&["check", "--offline", "mails/june.txt"]);
    assert!(code == 1 && said.contains("[changed-since-approval]") && said.contains("Marion approved it on"), "{said}");
    assert!(said.contains("if that version is in git"), "it says how what changed could be told: {said}");
    assert!(desk.presend(&["baseline", "--offline", "mails/june.txt"]).1.starts_with("0 findings"), "no baseline takes its place");
    // With a copy of what was approved, it is told.
    desk.write("approved/june.txt", LETTER);
    desk.write("presend.toml", &format!("{}copy = \"approved/june.txt\"\n", desk.read("presend.toml")));
    let (_, said) = desk.presend(&["check", "--offline", "mails/june.txt", "--verbose"]);
    assert!(said.contains("approved it on") && said.contains(": 1 passage") && said.contains("is \"the mill is open at ten.\""), "{said}");
    // Approved again, by somebody else: one approval, the new one.
    let (code, _) = desk.presend(&["approve", "mails/june.txt", "--by", "Ann"]);
    let settings = desk.read("presend.toml");
    assert!(code == 0 && settings.matches("[[approval]]").count() == 1 && settings.contains("by = \"Ann\""), "{settings}");
    assert_eq!(desk.presend(&["check", "--offline", "mails/june.txt"]).0, 0);
}

#[test]
fn what_was_approved_is_found_in_git() {
    let desk = Desk::new(&[("mails/june.txt", LETTER)]);
    desk.git(&["init", "-q"]);
    desk.presend(&["approve", "mails/june.txt", "--by", "Marion"]);
    desk.git(&["add", "."]);
    desk.git(&["commit", "-q", "-m", "June"]);
    desk.git(&["tag", "v1"]);
    desk.write("mails/june.txt", &LETTER.replace("June", "July"));
    desk.git(&["commit", "-q", "-a", "-m", "July"]);
    let (code, said) = desk.presend(&["check", "--offline", "mails/june.txt"]);
    assert!(code == 1 && said.contains(": the subject") && said.contains("The mill in June"), "{said}");
    let (code, said) = desk.presend(&["diff", "v1:mails/june.txt", "mails/june.txt"]);
    assert!(code == 1 && said.contains("The mill in [-June-]{+July+}"), "{said}");
    let (code, said) = desk.presend(&["diff", "v2:mails/june.txt", "mails/june.txt"]);
    assert!(code == 2 && said.contains("git has no `v2:mails/june.txt`"), "{said}");
}

#[test]
fn half_an_approval_is_refused() {
    let good = "[[approval]]\ndraft = \"a.txt\"\nsha256 = \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\nby = \"Ann\"\non = 2026-11-20\n";
    for (from, to, said) in [
        ("ba7816bf", "", "this is not a SHA-256"),
        ("\"Ann\"", "\" \"", "needs the name"),
        ("2026-11-20", "\"soon\"", "this is not a day"),
        ("by = \"Ann\"\n", "", "by"),
    ] {
        let desk = Desk::new(&[("a.txt", LETTER), ("presend.toml", &good.replace(from, to))]);
        let (code, answer) = desk.presend(&["check", "--offline", "a.txt"]);
        assert!(code == 2 && answer.contains(said) && answer.contains("presend.toml:"), "{said}: {answer}");
    }
    let desk = Desk::new(&[("a.txt", LETTER)]);
    assert_eq!(desk.presend(&["approve", "a.txt", "--by", " "]).0, 2);
}

/// Reads lines until one holds some words; gives all that was said.
fn until(lines: &Receiver<String>, words: &str) -> String {
    let mut said = String::new();
    loop {
        let line = lines.recv_timeout(Duration::from_mins(1)).unwrap_or_else(|_| panic!("never said: {words}; said: {said}"));
        said.push_str(&line);
        said.push('\n');
        if line.contains(words) {
            return said;
        }
    }
}

#[cfg(unix)]
#[test]
fn watch_checks_again_whenever_something_is_saved() {
    let fine = "Hello,\n\nthe mill is open.\n";
    let desk = Desk::new(&[("a.txt", fine), ("presend.toml", "[brief]\ntype = \"service\"\n[[campaign]]\ndrafts = [\"/*.txt\"]\n")]);
    let mut watch = Command::new(env!("CARGO_BIN_EXE_presend"))
        .args(["watch", "--offline", "--also", "json=report.json"])
        .current_dir(desk.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("presend runs");
    let (sender, lines) = channel();
    for out in
        [Box::new(watch.stdout.take().expect("a pipe")) as Box<dyn std::io::Read + Send>, Box::new(watch.stderr.take().expect("a pipe"))]
    {
        let sender = sender.clone();
        thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    }
    assert!(until(&lines, "Watching").contains("CLEAR"));
    // A draft is saved as editors do: a new file takes the place of the old one.
    desk.write("a.txt.new", "Hello,\n\nTODO: write this\n");
    fs::rename(desk.path().join("a.txt.new"), desk.path().join("a.txt")).expect("a rename");
    assert!(until(&lines, "Watching").contains("[unfinished-text]"));
    // Another draft comes, the settings change, and are broken for a while.
    desk.write("b.txt", "Dear Jessica,\n\nthe mill is open.\n");
    assert!(until(&lines, "Watching").contains("[hardcoded-name]"));
    let settings = desk.read("presend.toml");
    desk.write("presend.toml", &format!("{settings}[rules]\nunfinished-text = "));
    assert!(until(&lines, "Watching").contains("presend.toml:"), "what is wrong is said, and the watch goes on");
    desk.write("presend.toml", &format!("{settings}[rules]\nunfinished-text = \"off\"\nhardcoded-name = \"off\"\n"));
    assert!(until(&lines, "Watching").contains("CLEAR"));
    desk.write("a.txt", "Dear Jessica,\n\nTODO: x\n");
    desk.write("presend.toml", &settings);
    assert!(until(&lines, "Watching").contains("HOLD"));
    // What it writes itself wakes it not: nothing more is said until it is told to end.
    assert!(lines.recv_timeout(Duration::from_millis(1500)).is_err(), "its own report wakes it");
    Command::new("kill").args(["-INT", &watch.id().to_string()]).status().expect("kill");
    let ended = watch.wait().expect("an end");
    assert_eq!(ended.code(), Some(1), "the last exit code");
}
