//! What is written: no colours into a pipe, nothing that acts in a terminal, whole files or none, pages of rules.

use crate::desk::Desk;
use std::fs;

#[test]
fn a_pipe_gets_no_colours_and_no_escapes_of_the_draft() {
    let nasty = "Subject: \u{1b}]0;owned\u{7}[TEST] \u{1b}[31mred\u{202e}\nFrom: a@a.example\n\nDear \u{1b}[2JJessica,\n\nTODO: \u{9b}31m x\r\u{8}\n";
    // A file with more control characters than words is taken for no draft at all.
    let nasty = format!("{nasty}\n{}", "and so on, in plain words, until the end of the mail\n".repeat(4));
    let desk = Desk::new().with("nasty.eml", nasty).with("\u{1b}[31mname.txt", "Dear Jessica,\n");
    for words in ["check --offline nasty.eml", "check --offline .", "check --offline nasty.eml --format json"] {
        let ended = desk.presend(words);
        assert_eq!(ended.code, 1, "{}", ended.said());
        let acts = |c: &char| (c.is_control() && *c != '\n') || (*c == '\u{202e}' && !words.ends_with("json"));
        let left: Vec<char> = ended.said().chars().filter(acts).collect();
        assert!(left.is_empty(), "{words}: {left:?} in {}", ended.out);
    }
    let missing = desk.presend("check \u{1b}[31mmissing.txt");
    assert!(!missing.said().contains('\u{1b}'), "{:?}", missing.said());
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let desk = Desk::new().with("report.txt", "the one before\n");
    let ended = desk.presend("check --offline draft.txt --output report.txt");
    assert_eq!((ended.code, ended.out.as_str()), (0, ""), "{}", ended.said());
    let report = fs::read_to_string(desk.path("report.txt")).expect("a report");
    assert!(report.starts_with("draft.txt") && report.contains("CLEAR") && !report.contains('\u{1b}'), "{report}");

    desk.presend("check --offline draft.txt --to nobody.csv --output report.txt").assert_refused(&["nobody.csv"]);
    assert_eq!(fs::read_to_string(desk.path("report.txt")).expect("a report"), report, "a run that fails leaves the old report");
    let left: Vec<_> = fs::read_dir(desk.folder()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 2, "nothing half-written stays behind: {left:?}");
}

#[test]
fn a_report_that_cannot_be_written_is_said_before_the_work() {
    let desk = Desk::new();
    desk.presend("check --offline draft.txt --output nowhere/report.txt")
        .assert_refused(&["nowhere/report.txt: this file cannot be written"]);
    desk.presend("check --offline draft.txt --output .").assert_refused(&["this is a folder"]);
    desk.presend("check --offline draft.txt --output draft.txt").assert_refused(&["draft.txt"]);
    assert!(fs::read_to_string(desk.path("draft.txt")).expect("the draft").starts_with("Hello"), "the draft is still there");
}

#[test]
fn the_json_report_says_what_the_terminal_says() {
    let desk = Desk::new().with("a.txt", "Dear Jessica,\n\nhow was it?\n");
    let ended = desk.presend("check --offline a.txt --format json");
    let report: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!((report["version"].as_u64(), report["verdict"].as_str(), report["exit_code"].as_i64()), (Some(1), Some("hold"), Some(1)));
    let finding = &report["drafts"][0]["findings"][0];
    assert_eq!(
        (finding["rule"].as_str(), finding["place"]["line"].as_u64(), finding["place"]["column"].as_u64()),
        (Some("hardcoded-name"), Some(1), Some(6))
    );
    assert_eq!(finding["place"]["text"], "Jessica");
    let broken: serde_json::Value = serde_json::from_str(&desk.presend("check --offline nothing.txt --format json").out).expect("JSON");
    assert!(broken["unreadable"][0]["message"].as_str().is_some_and(|message| message.contains("does not exist")), "{broken}");
    assert_eq!((broken["exit_code"].as_i64(), broken["verdict"].as_str()), (Some(2), Some("incomplete")), "{broken}");
}

#[test]
fn rules_explain_themselves() {
    let desk = Desk::new();
    let all = desk.presend("rules");
    assert!(all.code == 0 && all.out.lines().count() >= 20 && all.out.contains("customers-welcomed"), "{}", all.out);
    assert_eq!(desk.presend("explain").out, all.out);
    let page = desk.presend("explain dead-link");
    assert!(page.code == 0 && page.out.starts_with("# dead-link"), "{}", page.out);
    assert_eq!(desk.presend("explain [dead-link]").out, page.out);
    desk.presend("explain deadlink").assert_refused(&["there is no rule `deadlink`", "did you mean `dead-link`?"]);
    desk.presend("explain xyzzy").assert_refused(&["`presend rules` lists all rules"]);
}
