//! What just works: other delimiters and charsets, standard input, folders, the settings file alone.

use crate::desk::Desk;

/// The text as a spreadsheet saves "Unicode text".
fn utf_16(text: &str) -> Vec<u8> {
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn lists_of_every_make_are_read() {
    let rows = "E-Mail,Name\nann@a.example,Ann\nbob@a.example,Böb\n";
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(rows);
    let lists: [(&str, Vec<u8>); 8] = [
        ("comma.csv", rows.into()),
        ("semicolon.csv", rows.replace(',', ";").into()),
        ("tab.tsv", rows.replace(',', "\t").into()),
        ("bom.csv", format!("\u{feff}{rows}").into()),
        ("utf16.txt", utf_16(&rows.replace(',', "\t"))),
        ("windows.csv", latin.into_owned()),
        ("crlf.csv", rows.replace('\n', "\r\n").into()),
        ("addresses.txt", "ann@a.example\nBob@A.example\n".into()),
    ];
    for (name, bytes) in lists {
        let desk = Desk::new().with(name, bytes).with("gone.csv", "email\nBOB@a.example\n");
        let ended = desk.presend(&format!("check --offline draft.txt --to {name} --list unsubscribed=gone.csv --type newsletter"));
        assert_eq!(ended.code, 1, "{name}: {}", ended.said());
        assert!(ended.out.contains("1 of the 2 people on the send list has unsubscribed"), "{name}: {}", ended.out);
    }
}

#[test]
fn standard_input_is_a_draft() {
    let desk = Desk::new();
    let ended = desk.presend_with("check --offline -", b"Subject: [TEST] hello\nFrom: a@a.example\n\nDear Jessica,\n\nhow was it?\n");
    assert_eq!(ended.code, 1, "{}", ended.said());
    assert!(ended.out.contains("[test-subject]") && ended.out.contains("[hardcoded-name]"), "{}", ended.out);
    desk.presend_with("check --offline -", b"").assert_refused(&["this draft is empty"]);
}

#[test]
fn a_folder_means_all_its_drafts() {
    let desk = Desk::new()
        .with("mails/a.txt", "Hello,\n\nall is well.\n")
        .with("mails/deeper/b.md", "# Lorem ipsum\n")
        .with("mails/README.md", "# Lorem ipsum\n")
        .with("mails/list.csv", "email\nann@a.example\n");
    let ended = desk.presend("check --offline mails");
    assert_eq!(ended.code, 1, "{}", ended.said());
    assert!(ended.out.contains("2 drafts checked: 1 to hold, 1 clear"), "{}", ended.out);
    assert!(ended.out.contains("mails/deeper/b.md:1:3"), "{}", ended.out);
    let desk = Desk::new().with("empty/list.csv", "email\n");
    desk.presend("check empty").assert_refused(&["empty: there is no draft in this folder"]);
}

#[test]
fn the_settings_file_alone_is_enough() {
    let desk = Desk::new()
        .with("mails/june.txt", "Hello,\n\nall is well.\n")
        .with("presend.toml", "[[campaign]]\nname = \"June\"\ndrafts = [\"mails/*.txt\"]\nsend-at = \"2026-06-01T09:00\"\n");
    let ended = desk.presend("check --offline");
    assert_eq!(ended.code, 0, "{}", ended.said());
    assert!(ended.out.contains("mails/june.txt") && ended.out.contains("1 June 2026"), "{}", ended.out);
    let ended = desk.presend("check --offline mails/june.txt");
    assert!(ended.out.contains("1 June 2026"), "a draft that is named keeps its campaign: {}", ended.out);
    Desk::new().presend("check").assert_refused(&["there is nothing to check", "presend.toml"]);
}

#[test]
fn recorded_answers_stand_for_the_network_even_offline() {
    let answers = "{\"version\": 1, \"answers\": [{\"url\": \"https://a.example/x\", \"standing\": \"dead\", \"reason\": \"it is gone\"}]}";
    let desk = Desk::new()
        .with("a.txt", "See https://a.example/x\n")
        .with("answers.json", answers)
        .with("mails/presend.toml", "[links]\nanswers = \"../answers.json\"\n[[campaign]]\ndrafts = [\"b.txt\"]\n")
        .with("mails/b.txt", "See https://a.example/x\n");
    for words in ["check a.txt --links answers.json", "check mails", "check mails --offline"] {
        let ended = desk.presend(words);
        assert!(ended.code == 1 && ended.out.contains("[dead-link]"), "{words}: {}", ended.said());
    }
    let ended = desk.presend("check --offline a.txt");
    assert!(ended.code == 0 && ended.out.contains("whether its link opens: the network was not asked"), "{}", ended.said());
}

#[test]
fn pages_of_a_site_that_are_met_beside_mails_are_left_out_and_named() {
    let page = "<!DOCTYPE html><body><div id=\"root\"></div><script type=\"module\" src=\"/src/main.tsx\"></script></body>";
    let desk = Desk::new().with("site/index.html", page);
    let beside = desk.presend("check --offline .");
    assert_eq!(beside.code, 0, "{}", beside.said());
    assert!(beside.out.contains("left out as pages of a web site: site/index.html; name a file"), "{}", beside.said());
    let named = desk.presend("check --offline site/index.html");
    assert!(named.code == 1 && named.out.contains("[empty-mail]"), "{}", named.said());
    desk.presend("check --offline site").assert_refused(&["there is no draft beside it"]);
}

#[test]
fn markdown_with_metadata_and_no_mark_is_read_as_markdown() {
    let letter = "Title: Number 12\nDate: 2026-11-27\nCategory: weekly\n\nSee\n<img src=\"https://a.example/lamp.png\" alt=\"A lamp\">\n";
    let desk = Desk::new().with("12.md", letter);
    let ended = desk.presend("check --offline --format json 12.md");
    let report: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(report["drafts"][0]["subject"], "Number 12");
    assert_eq!(report["drafts"][0]["findings"], serde_json::json!([]), "neither a faulty date nor markup that is shown");
}

#[test]
fn front_matter_says_the_language() {
    let text = "Les adresses sont ici.\n\nadresses, prix, calendrier\n";
    let desk = Desk::new().with("plain.md", "adresses, prix\n").with("french.md", format!("---\nlang: fr\n---\n{text}"));
    assert!(desk.presend("check --offline plain.md").out.contains("[misspelling]"), "English, as far as anybody can tell");
    let ended = desk.presend("check --offline french.md");
    assert!(ended.code == 0 && !ended.out.contains("[misspelling]"), "{}", ended.said());
}

#[test]
fn samples_that_a_template_language_fills_are_not_what_readers_get() {
    let mail = |name: &str| {
        format!(
            r##"<!DOCTYPE html><html lang="en" xmlns:th="http://www.thymeleaf.org"><head><title th:text="#{{mail.title}}">Title here</title></head><body>
<div th:replace="fragments/header :: header"></div>
<h1 th:text="#{{mail.welcome}}"></h1>
<p th:text="|Hello ${{user.name}},|">Hello John,</p>
<p>{name},</p>
<p>your order <strong th:text="${{order.number}}">12345</strong> of <span th:text="${{day}}">1 January 2010</span> is on its way.</p>
<ul><li th:each="item : ${{order.items}}" th:text="${{item.name}}"></li></ul>
<p><a href="#" th:href="@{{${{trackingUrl}}}}">Track your order</a> <a th:href="@{{/account}}" href="account.html">Your account</a></p>
<img src="logo.png" th:src="@{{${{logoUrl}}}}" alt="Lamp shop" width="100">
<p>See you soon, the lamp shop, 12 Harbour Road, Whitby</p></body></html>"##
        )
    };
    let filled = mail("Dear <span th:text=\"${user.name}\">Jessica</span>");
    let desk = Desk::new().with("filled.html", filled).with("typed.html", mail("Dear Jessica"));
    let ended = desk.presend("check --offline --format json filled.html");
    let report: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(report["drafts"][0]["findings"], serde_json::json!([]));
    let ended = desk.presend("check --offline typed.html");
    assert!(ended.code == 1 && ended.out.contains("[hardcoded-name]"), "{}", ended.said());
}
