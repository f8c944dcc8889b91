//! The page that people read: its structure, that nothing in it runs or leaves it, and that every pin leads to a finding.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn page(folder: &Path, words: &[&str]) -> (String, Html) {
    let run = Command::new(env!("CARGO_BIN_EXE_presend"))
        .env("DICPATH", "no-dictionaries")
        .args(["check", "--offline", "--format", "html"])
        .args(words)
        .current_dir(folder)
        .env("TZ", "UTC")
        .output()
        .expect("presend runs");
    assert!(run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    let page = Html::parse_document(&text);
    (text, page)
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What must hold of every page, whatever the mail.
fn holds_together(page: &Html, name: &str) {
    assert!(page.errors.is_empty(), "{name}: {:?}", page.errors);
    let mut ids = BTreeSet::new();
    for element in all(page, "[id]") {
        let id = element.attr("id").expect("an id");
        assert!(ids.insert(id.to_owned()), "{name}: the id {id} is there twice");
    }
    for link in all(page, "a[href]") {
        let href = link.attr("href").expect("an address");
        let target = href.strip_prefix('#').unwrap_or_else(|| panic!("{name}: {href} leads out of the page"));
        assert!(ids.contains(target), "{name}: {href} leads nowhere");
        assert!(!words(link).is_empty() || link.attr("aria-label").is_some(), "{name}: {href} has no words");
    }
    for reference in all(page, "[aria-labelledby]") {
        assert!(ids.contains(reference.attr("aria-labelledby").expect("a name")), "{name}: {}", reference.html());
    }
    // Nothing runs, and nothing is fetched.
    assert!(all(page, "script, link, object, embed, form, base, img, video, audio, source").is_empty(), "{name}");
    let acts =
        |element: &ElementRef<'_>| element.value().attrs().any(|(key, _)| key.starts_with("on") || key == "src" || key == "background");
    assert!(!all(page, "*").iter().any(acts), "{name}");
    let policy = all(page, "meta[http-equiv=Content-Security-Policy]");
    assert!(policy.len() == 1 && policy[0].attr("content").expect("a policy").starts_with("default-src 'none';"), "{name}");
    for style in all(page, "style, [style]") {
        let text = style.attr("style").map_or_else(|| style.inner_html(), str::to_owned);
        assert!(!text.contains("url(") && !text.contains("@import"), "{name}: {text}");
    }
    for frame in all(page, "iframe") {
        assert_eq!(frame.attr("sandbox"), Some(""), "{name}: nothing is allowed in the frame");
        assert!(frame.attr("title").is_some() && frame.attr("srcdoc").is_some() && frame.attr("src").is_none(), "{name}");
    }
    let mut before = 0;
    for heading in all(page, "h1, h2, h3, h4, h5, h6") {
        let level = heading.value().name()[1..].parse::<usize>().expect("a level");
        assert!(level <= before + 1, "{name}: a heading of level {level} follows one of level {before}: {}", words(heading));
        assert!(!words(heading).is_empty(), "{name}: an empty heading");
        before = level;
    }
    assert_eq!(all(page, "h1").len(), 1, "{name}");
    assert!(all(page, "html[lang]").len() == 1 && all(page, "main").len() == 1 && all(page, "a.skip").len() == 1, "{name}");
    for table in all(page, "table") {
        let has = |selector: &str| table.select(&Selector::parse(selector).expect("a selector")).next().is_some();
        assert!(has("caption") && has("th[scope=col]"), "{name}: a table has a caption and headers");
    }
    assert!(all(page, "svg").iter().all(|svg| svg.attr("role") == Some("img") && svg.attr("aria-labelledby").is_some()), "{name}");
    let unlabelled = |input: &ElementRef<'_>| input.parent().and_then(ElementRef::wrap).is_none_or(|above| above.value().name() != "label");
    assert!(!all(page, "input").iter().any(unlabelled), "{name}: an input has no label");
}

#[test]
fn every_exhibit_makes_a_sound_page() {
    let mut pages = 0;
    for part in ["museum", "campaigns"] {
        for folder in
            fs::read_dir(fixtures().join(part)).expect("fixtures").flatten().map(|entry| entry.path()).filter(|path| path.is_dir())
        {
            let name = folder.display().to_string();
            let (_, page) = page(&folder, &[]);
            holds_together(&page, &name);
            let pins = all(&page, "nav.pins a.pin");
            let findings = all(&page, ".draft li.finding");
            assert_eq!(pins.len(), findings.len(), "{name}: a pin for each finding");
            for finding in findings {
                let labels: Vec<String> = finding.select(&Selector::parse("dt").expect("a selector")).map(words).collect();
                assert!(["Place", "Once sent", "Rule"].iter().all(|label| labels.iter().any(|known| known == label)), "{name}: {labels:?}");
                let word = finding.select(&Selector::parse(".word").expect("a selector")).next().map(words).expect("a word");
                assert!(
                    ["Do not send", "Fix", "Look"].iter().any(|known| word.contains(known)),
                    "{name}: {word} is said in words, not in colour"
                );
            }
            pages += 1;
        }
    }
    assert!(pages > 30);
}

#[test]
fn the_mail_is_shown_with_its_pins() {
    let (_, page) = page(&fixtures().join("museum/customers-welcomed"), &[]);
    let frame = all(&page, "iframe")[0].attr("srcdoc").expect("the mail").to_owned();
    let mail = Html::parse_document(&frame);
    let pin = mail.select(&Selector::parse("sup").expect("a selector")).next().expect("a pin in the mail");
    assert_eq!(words(pin), "1");
    assert!(words(pin.parent().and_then(ElementRef::wrap).expect("an element")).contains("1Welcome to the dairy"), "{frame}");
    assert!(words(all(&page, "h1")[0]).contains("Do not send this yet: 1 to fix"));
    assert!(words(all(&page, "li.finding")[0]).contains("263 of 412 people"));
    // Who stands on which lists, as a picture and as numbers.
    assert!(all(&page, "svg .bar").len() >= 2 && all(&page, "table.matrix td").len() >= 4);
    let signed = words(all(&page, ".signoff")[0]);
    assert!(["Name", "Date", "Signature"].iter().all(|word| signed.contains(word)), "{signed}");
}

#[test]
fn a_hostile_draft_stays_in_its_frame() {
    let folder = tempfile::tempdir().expect("a folder");
    let draft = "<html><head><meta http-equiv=\"refresh\" content=\"0;url=https://bad.example/\"><title>x</title></head><body>\
        <p>Dear Jessica,</p></iframe><script>alert(1)</script>\"><img src=https://bad.example/a onerror=alert(1)>\
        <p>TODO: ]]> ::error:: \u{1b}[31m \u{202e} &quot;&gt;&lt;/iframe&gt;&lt;script&gt;alert(2)&lt;/script&gt;</p></body></html>";
    fs::write(folder.path().join("a\"><script>alert(3).html"), draft).expect("a draft");
    let plain = "Subject: </title></h2><script>alert(4)</script>\n\nDear Jessica,\n\n</pre><script>alert(5)</script>\n";
    fs::write(folder.path().join("b.txt"), plain).expect("a draft");
    fs::write(
        folder.path().join("presend.toml"),
        "[[waiver]]\nrule = \"hardcoded-name\"\ndraft = \"b.txt\"\nreason = \"<script>alert(6)</script>\"\nowner = \"</td><script>\"\nexpires = 2099-01-31\n",
    )
    .expect("settings");
    let (text, page) = page(folder.path(), &["."]);
    holds_together(&page, "hostile");
    let frame = all(&page, "iframe")[0].attr("srcdoc").expect("the mail").to_owned();
    assert!(frame.contains("Jessica") && !frame.contains("refresh"), "{frame}");
    assert!(words(all(&page, "main")[0]).contains("<script>alert(6)</script>"), "words are shown as words");
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "nothing acts in a terminal");
    assert_eq!(text.matches("<script").count(), 0, "nothing of the mail is markup of the page");
}

#[test]
fn a_run_over_nothing_and_one_that_fails_make_pages_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, page) = page(folder.path(), &["nowhere.eml"]);
    holds_together(&page, "nothing");
    assert!(words(all(&page, "main")[0]).contains("does not exist"));
}
