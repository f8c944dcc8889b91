//! Drafts, lists and coupons that cannot be read: one error each, with the file, the line and a remedy.

use crate::desk::Desk;
use std::fs;
use std::path::Path;

#[test]
fn every_broken_draft_has_its_error_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/broken/drafts");
    let mut seen = 0;
    for entry in fs::read_dir(&folder).expect("fixtures").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".error.txt") {
            continue;
        }
        let desk = Desk::new().with(&name, fs::read(entry.path()).expect("a fixture"));
        let ended = desk.presend(&format!("check --offline {name}"));
        let error = ended.out.trim_start_matches("could not be read").trim().to_owned() + "\n";
        let beside = folder.join(format!("{name}.error.txt"));
        if std::env::var_os("PRESEND_BLESS").is_some() {
            fs::write(&beside, &error).expect("the error can be written");
        }
        assert_eq!(error, fs::read_to_string(&beside).unwrap_or_default(), "{name}: PRESEND_BLESS=1 writes the error anew");
        ended.assert_refused(&[&name]);
        seen += 1;
    }
    assert!(seen >= 6, "broken drafts are missing");
}

#[test]
fn a_missing_draft_offers_the_nearest_name() {
    let desk = Desk::new();
    desk.presend("check darft.txt").assert_refused(&["darft.txt: this draft does not exist", "did you mean `draft.txt`?"]);
    desk.presend("check nothing-like-it.eml").assert_refused(&["check the name and the folder"]);
    desk.presend("check draft.txt/deeper.txt").assert_refused(&["draft.txt/deeper.txt"]);
}

#[test]
fn a_draft_of_sixty_megabytes_is_refused() {
    let desk = Desk::new().with("huge.html", vec![b'x'; 60 * 1024 * 1024]);
    desk.presend("check --offline huge.html").assert_refused(&["huge.html: this file is larger than 50 MB"]);
}

#[test]
fn one_bad_draft_does_not_hide_the_others() {
    let desk = Desk::new().with("mails/a.txt", "Dear Jessica,\n\nhow was it?\n").with("mails/b.eml", "");
    let ended = desk.presend("check --offline mails");
    assert_eq!(ended.code, 1, "{}", ended.out);
    assert!(ended.out.contains("[hardcoded-name]") && ended.out.contains("mails/b.eml: this draft is empty"), "{}", ended.out);
    let desk = Desk::new().with("mails/a.txt", "Hello,\n").with("mails/b.eml", "");
    assert_eq!(desk.presend("check --offline mails").code, 2);
}

#[test]
fn lists_that_are_none_are_refused() {
    let desk = Desk::new()
        .with("no-address.csv", "name,city\nAnn,Bath\n")
        .with("quote.csv", "email,name\na@a.example,\"Ann\nb@a.example,Bob\n")
        .with("empty.csv", "")
        .with("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        .with("page.csv", "<!doctype html><html><body>Please log in</body></html>");
    let offline = |list: &str| desk.presend(&format!("check --offline draft.txt --to {list}"));
    offline("no-address.csv").assert_refused(&["no-address.csv:1:1", "`name`, `city`", "`email`"]);
    offline("quote.csv").assert_refused(&["quote.csv:2:13", "never properly closed"]);
    offline("empty.csv").assert_refused(&["empty.csv: this list is empty"]);
    offline("picture.csv").assert_refused(&["picture.csv"]);
    offline("page.csv").assert_refused(&["page.csv"]);
    offline("emtpy.csv").assert_refused(&["emtpy.csv: this list does not exist", "did you mean `empty.csv`?"]);
    offline(".").assert_refused(&["this list is a folder"]);
    desk.presend("check --offline draft.txt --list unsubscribed=quote.csv").assert_refused(&["quote.csv:2:13"]);
}

#[test]
fn a_coupon_date_that_nobody_can_read_is_refused() {
    let desk = Desk::new().with("codes.csv", "code,ends\nSPRING15,2026-04-01\nSUMMER15,31/31/2026\n").with("codes.json", "[{\"code\": ");
    desk.presend("check --offline draft.txt --coupons codes.csv").assert_refused(&["codes.csv:3:10", "31/31/2026", "2026-12-31"]);
    desk.presend("check --offline draft.txt --coupons codes.json").assert_refused(&["codes.json:1"]);
    desk.presend("check --offline draft.txt --coupons coeds.csv").assert_refused(&["did you mean `codes.csv`?"]);
}

#[test]
fn recorded_answers_that_are_none_are_refused() {
    let desk = Desk::new().with("links.json", "{\"version\": 9}").with("half.json", "{\"version\": 1, \"answers\": [");
    desk.presend("check draft.txt --links links.json").assert_refused(&["links.json: link answers of version 9"]);
    desk.presend("check draft.txt --links half.json").assert_refused(&["half.json:1:"]);
    desk.presend("check draft.txt --links lniks.json").assert_refused(&["did you mean `links.json`?"]);
}

#[test]
fn flags_that_cannot_be_understood_are_refused() {
    let desk = Desk::new();
    desk.presend("check draft.txt --send-at tomorrow").assert_refused(&["--send-at: `tomorrow`", "2026-11-27T09:00"]);
    desk.presend("check draft.txt --list customers").assert_refused(&["--list customers", "--list customers=customers.csv"]);
    desk.presend("check draft.txt --list a:custmers=a.csv").assert_refused(&["there is no role `custmers`"]);
    desk.presend("check draft.txt --list =a.csv").assert_refused(&["--list =a.csv"]);
    let ended = desk.presend("check draft.txt --type welcom");
    assert!(ended.code == 2 && ended.err.contains("a similar value exists: 'welcome'"), "{}", ended.err);
    let ended = desk.presend("check draft.txt --ofline");
    assert!(ended.code == 2 && ended.err.contains("'--offline'"), "{}", ended.err);
}
