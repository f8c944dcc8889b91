//! `presend.toml`: whatever is wrong in it is said with its place and what was probably meant.

use crate::desk::Desk;

fn refused(settings: &str, words: &[&str]) {
    Desk::new().with("presend.toml", settings).presend("check --offline draft.txt").assert_refused(words);
}

#[test]
fn mistakes_in_the_settings_are_pointed_at() {
    refused("[brief]\ndomans = [\"a.example\"]\n", &["presend.toml:2:1", "there is no key `domans`", "did you mean `domains`?"]);
    refused("[breif]\n", &["presend.toml:1:2", "did you mean `brief`?"]);
    refused("[rules]\ndeadlink = \"off\"\n", &["presend.toml:2:1", "there is no rule `deadlink`", "did you mean `dead-link`?"]);
    refused("[rules]\ndead-link = \"of\"\n", &["presend.toml:2:13", "did you mean `off`?"]);
    refused("[brief]\ntype = \"welcom\"\n", &["presend.toml:2:8", "did you mean `welcome`?"]);
    refused("[brief]\nzone = \"Europe/Lodnon\"\n", &["presend.toml:2:8", "there is no time zone `Europe/Lodnon`"]);
    refused("[brief]\nsend-at = \"soon\"\n", &["presend.toml:2:11", "`soon` is not a time"]);
    refused("[lists.a]\nfile = \"a.csv\"\nrole = \"custmers\"\n", &["presend.toml:3:8", "did you mean `customers`?"]);
    refused("[brief]\nto = [\"nobody.csv\"]\n", &["nobody.csv: this list does not exist"]);
    refused("[brief]\ndrafts = [\"draft.txt\"]\n", &["presend.toml:2:11", "[[campaign]]"]);
    refused("[brief]\naudience = \"many\"\n", &["presend.toml:2:12"]);
    refused("[brief\n", &["presend.toml:1:7"]);
}

#[test]
fn campaigns_without_drafts_are_refused() {
    let campaign = |text: &str| Desk::new().with("presend.toml", text).presend("check --offline");
    campaign("[[campaign]]\ndrafts = [\"june/*.eml\"]\n").assert_refused(&["presend.toml:2:11", "no file matches `june/*.eml`"]);
    campaign("[[campaign]]\ndrafts = [\"darft.txt\"]\n").assert_refused(&["did you mean `draft.txt`?"]);
    campaign("[brief]\ntype = \"service\"\n").assert_refused(&["presend.toml: it describes no campaign"]);
    campaign("[[campaign]]\nname = \"June\"\n").assert_refused(&["presend.toml"]);
}

#[test]
fn a_settings_file_must_be_there_and_be_text() {
    Desk::new()
        .presend("check --offline --config persend.toml draft.txt")
        .assert_refused(&["persend.toml: this settings file does not exist"]);
    Desk::new().with("presend.toml", b"\xff\xfe[\0").presend("check draft.txt").assert_refused(&["presend.toml", "save it as UTF-8"]);
    let marked = Desk::new().with("presend.toml", "\u{feff}[brief]\r\ntype = \"service\"\r\n");
    assert_eq!(marked.presend("check --offline draft.txt").code, 0, "a byte order mark and Windows line ends do no harm");
}

#[test]
fn a_severity_can_be_set() {
    let desk = Desk::new().with("a.txt", "Dear Jessica,\n\nhow was it?\n");
    assert_eq!(desk.presend("check --offline a.txt").code, 1);
    for (level, code, shown) in [("off", 0, false), ("note", 0, true), ("warn", 0, true), ("block", 1, true)] {
        let desk = Desk::new()
            .with("a.txt", "Dear Jessica,\n\nhow was it?\n")
            .with("presend.toml", format!("[rules]\nhardcoded-name = \"{level}\"\n"));
        let ended = desk.presend("check --offline a.txt");
        assert_eq!((ended.code, ended.out.contains("[hardcoded-name]")), (code, shown), "{level}: {}", ended.out);
    }
    let desk = Desk::new().with("a.txt", "Dear Jessica,\n\nhow was it?\n").with("presend.toml", "[rules]\nhardcoded-name = \"note\"\n");
    assert_eq!(desk.presend("check --offline a.txt --hold-at note").code, 1);
}

#[test]
fn what_is_required_and_missing_makes_the_run_incomplete() {
    let desk =
        Desk::new().with("a.txt", "See https://a.example/x\n").with("presend.toml", "[brief]\nrequire = [\"links\", \"audience\"]\n");
    let ended = desk.presend("check --offline a.txt");
    assert_eq!(ended.code, 3, "{}", ended.said());
    assert!(ended.out.contains("INCOMPLETE"), "{}", ended.out);
    let quiet = desk.presend("check --offline --quiet a.txt");
    assert!(quiet.out.contains("whether its link opens: the network was not asked"), "a hook says why, too: {}", quiet.out);
    let github = desk.presend("check --offline --format github a.txt");
    assert!(github.out.contains(": a.txt: who gets it: no send list was given"), "{}", github.out);
    let desk = desk.with("a.txt", "Dear Jessica,\n");
    assert_eq!(desk.presend("check --offline a.txt").code, 1, "a hold is more than a gap");
}

#[test]
fn what_is_required_holds_up_no_draft_that_has_nothing_of_it() {
    let desk = Desk::new()
        .with("presend.toml", "[brief]\nrequire = [\"links\", \"coupons\"]\n")
        .with("plain.txt", "The new lamps are here.\n")
        .with("pool.txt", "Your code is {{ coupon_code }}.\n")
        .with("list.csv", "email,coupon_code\none@a.example,AB12C\ntwo@a.example,AB13D\n");
    let ended = desk.presend("check --offline plain.txt");
    assert_eq!(ended.code, 0, "neither a link nor a code: {}", ended.said());
    let ended = desk.presend("check --offline pool.txt");
    assert_eq!(ended.code, 3, "a code for each person: {}", ended.said());
    assert!(ended.out.contains("the codes that {{ coupon_code }} becomes"), "it says what is missing: {}", ended.out);
    assert_eq!(desk.presend("check --offline pool.txt --to list.csv").code, 0, "the send list has the codes");
}

#[test]
fn what_the_platform_may_add_is_not_checked_rather_than_passed() {
    let desk = Desk::new()
        .with("piece.txt", "Our autumn range is here.\n")
        .with("whole.eml", "From: a@a.example\nSubject: Autumn\n\nOur autumn range is here.\n");
    let ended = desk.presend("check --offline --type newsletter piece.txt --format json");
    assert_eq!(ended.code, 0, "{}", ended.said());
    let report: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    let draft = &report["drafts"][0];
    assert!(!draft["passed"].to_string().contains("unsubscribe-missing\""), "{}", draft["passed"]);
    assert!(draft["not_checked"].to_string().contains("the platform may add a footer"), "{}", draft["not_checked"]);
    assert_eq!(desk.presend("check --offline --type newsletter whole.eml").code, 1, "a mail as a mail program has it");
    assert_eq!(desk.presend("check --offline whole.eml").code, 0, "nobody says that it goes to many");
}

#[test]
fn a_footer_in_a_language_that_nobody_reads_is_not_checked() {
    let desk = Desk::new()
        .with("estonian.html", "<html lang=\"et\"><body><p>Uudised põhjast. <a href=\"https://pood.example/\">Poodi</a></p></body></html>")
        .with(
            "japanese.html",
            "<html lang=\"en\"><body><p>新商品のお知らせ。</p><p>北屋 <a href=\"https://kita.example/\">配信停止</a></p></body></html>",
        )
        .with("english.html", "<html lang=\"{{ lang }}\"><body><p>News from the north.</p></body></html>");
    let missing = "presend does not read the language of this mail";
    let ended = desk.presend("check --offline --type newsletter estonian.html");
    assert!(ended.code == 0 && ended.out.contains("how to get off the list and where its sender is"), "{}", ended.said());
    assert!(ended.out.contains(missing), "{}", ended.said());
    let ended = desk.presend("check --offline --type newsletter japanese.html");
    assert!(ended.code == 0 && ended.out.contains(&format!("whether it says where its sender is: {missing}")), "{}", ended.said());
    assert_eq!(desk.presend("check --offline --type newsletter english.html").code, 1, "a merge tag names no language");
}

#[test]
fn a_hidden_way_out_of_a_piece_is_none() {
    let desk = Desk::new().with(
        "piece.html",
        "<p>Our autumn range is here. 12 Harbour Road</p><p style=\"display:none\"><a href=\"https://a.example/unsubscribe\">Unsubscribe</a></p>",
    );
    let ended = desk.presend("check --offline --type newsletter piece.html");
    assert!(ended.code == 0 && ended.out.contains("whether it says how to get off the list: "), "{}", ended.said());
}

#[test]
fn a_list_is_known_by_its_role_in_many_words_and_missed_under_none() {
    let list = "email\none@a.example\n";
    let desk = Desk::new().with("a.txt", "The lamps are here.\n").with("send.csv", list).with("left.csv", list);
    for name in ["unsubs", "unsubscribers", "abgemeldet", "Désabonnés", "bajas", "left:unsubscribed"] {
        let ended = desk.presend(&format!("check --offline a.txt --to send.csv --list {name}=left.csv"));
        assert!(ended.code == 1 && ended.out.contains("[opted-out-mailed]"), "{name}: {}", ended.said());
    }
    let unknown = desk.presend("check --offline a.txt --to send.csv --list gone=left.csv");
    assert!(unknown.out.contains("--list gone:unsubscribed=left.csv"), "{}", unknown.said());
}

#[test]
fn what_one_link_leaves_open_is_said() {
    let desk = Desk::new()
        .with("link.html", "<p><a href=\"https://lumo.example/?utm_campaign=black-friday-2025\">See the lamps</a></p>")
        .with("picture.html", "<p>Hello</p><img src=\"https://lumo.example/a.png\" alt=\"A lamp\">");
    let ended = desk.presend("check --offline --send-at 2026-11-27T09:00 link.html");
    assert!(ended.out.contains("whether an old campaign in its links is its own"), "{}", ended.said());
    let ended = desk.presend("check --offline picture.html");
    assert!(ended.out.contains("whether its pictures load: the network was not asked"), "{}", ended.said());
}
