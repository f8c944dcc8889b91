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
    page_of(folder, &[&["check", "--offline"], words].concat())
}

/// The page that a command writes.
fn page_of(folder: &Path, words: &[&str]) -> (String, Html) {
    let run = Command::new(env!("CARGO_BIN_EXE_presend"))
        .env("DICPATH", "no-dictionaries")
        .args(words)
        .args(["--format", "html"])
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
        if let Some(target) = href.strip_prefix("about:srcdoc#") {
            let frame = all(page, "iframe").into_iter().find(|frame| frame.attr("name") == link.attr("target")).expect("a frame");
            assert!(frame.attr("srcdoc").expect("a mail").contains(&format!("<sup id=\"{target}\"")), "{name}: {href} leads nowhere");
        } else {
            let target = href.strip_prefix('#').unwrap_or_else(|| panic!("{name}: {href} leads out of the page"));
            assert!(ids.contains(target), "{name}: {href} leads nowhere");
        }
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
            // A plan is no mail, and has no place for pins.
            assert!(pins.len() == findings.len() || !all(&page, "h3[id$=-map]").is_empty(), "{name}: a pin for each finding");
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
    assert!(signed.contains("30d608b1939da56c33d49854cb9d8a3e48a1a33226209ad0e62cd689e4434541"), "as sha256sum has it: {signed}");
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

/// The words of a row, those of each cell apart.
fn cells(row: ElementRef<'_>) -> String {
    row.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// Flows with everything that can be drawn: a chain, two loops, one flow that is off, and names that try to be markup.
const FLOWS: &str = r#"
[[flow]]
name = "WELCOME"
trigger = { joins = "newsletter" }
reentry = "never"
steps = [{ send = "Welcome", coupons = ["WELCOME10"] }, { wait = "3 days" }, { send = "More" }, { add = "members" }]
[[flow]]
name = "</text></svg><script>alert(1)</script>"
trigger = [{ joins = "members" }, { event = "\"><img src=x onerror=alert(2)>" }]
reentry = "always"
steps = [{ wait = "2 days" }, { send = "\u001b[31m \u202e ]]> </title>" }, { raise = "moved on" }]
[[flow]]
name = "ROUND"
trigger = { event = "moved on" }
reentry = "always"
steps = [{ remove = "members" }, { wait = "3 days" }, { add = "members" }]
[[flow]]
name = "ORDINARY"
trigger = { tagged = "ordinary" }
state = "draft"
steps = [{ send = "Nothing" }]
[[flow]]
name = "SELF"
trigger = { joins = "self" }
steps = [{ wait = "1 day" }, { remove = "self" }, { add = "self" }]
"#;

fn with_flows() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = "at = 2026-11-23T09:00:00\nflows = [\"flows.toml\"]\n[lists]\ncustomers = \"customers.csv\"\n[[change]]\nadd = \"cohort.csv\"\ninto = \"newsletter\"\n";
    for (name, text) in [
        ("flows.toml", FLOWS),
        ("plan.toml", plan),
        ("presend.toml", "plan = \"plan.toml\"\n"),
        ("cohort.csv", "email\nann@a.example\nben@a.example\n"),
        ("customers.csv", "email\nann@a.example\n"),
    ] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

#[test]
fn the_map_of_flows_is_drawn_and_said() {
    let folder = with_flows();
    let (text, page) = page_of(folder.path(), &["flows", "flows.toml"]);
    holds_together(&page, "map");
    assert_eq!(text.matches("<script").count() + text.matches("<img").count(), 0, "names are no markup");
    assert!(!text.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'));
    let boxes: Vec<String> = all(&page, "svg.map g").into_iter().filter(|group| group.html().contains("<rect")).map(cells).collect();
    // Five flows, and the lists, events and the tag that start them.
    assert_eq!(boxes.len(), 5 + 6, "{boxes:#?}");
    let has = |parts: &[&str]| boxes.iter().any(|words| parts.iter().all(|part| words.contains(part)));
    assert!(has(&["List", "newsletter"]) && has(&["Event", "moved on"]) && has(&["Tag", "ordinary"]), "{boxes:#?}");
    assert!(has(&["WELCOME", "again: never", "at once: Welcome", "with WELCOME10", "after 3 days: More"]), "{boxes:#?}");
    assert!(has(&["ORDINARY", "off (draft)"]) && has(&["↺ SELF"]) && !has(&["↺ WELCOME"]), "{boxes:#?}");
    // What is off and what leads back is dashed, not only coloured.
    assert_eq!((all(&page, "svg.map rect.off").len(), all(&page, "svg.map path.arrow.back").len()), (1, 2));
    // The same as a table: a row for each arrow.
    let rows: Vec<String> = all(&page, "table tbody tr").into_iter().map(cells).collect();
    assert_eq!(rows.len(), all(&page, "svg.map path.arrow").len());
    assert!(rows.contains(&String::from("List: newsletter WELCOME its trigger")), "{rows:#?}");
    assert!(rows.contains(&String::from("Flow: SELF SELF ↺ back in a loop: it adds to the list self")), "{rows:#?}");
    // The picture is described, and can be moved with the keys of a keyboard where it is too wide.
    assert!(words(all(&page, "svg.map desc")[0]).contains("the flows: 5.") && all(&page, "div.wide[tabindex=\"0\"] svg.map").len() == 1);
    assert_eq!(all(&page, "section.flow").len(), 5);
}

#[test]
fn a_rehearsal_is_drawn_with_its_people() {
    let folder = with_flows();
    for command in [&["rehearse", "plan.toml"][..], &["check", "--offline"]] {
        let (_, page) = page_of(folder.path(), command);
        holds_together(&page, "rehearsal");
        let labels: Vec<String> = all(&page, "svg.map text.label").into_iter().map(words).collect();
        assert!(labels.iter().filter(|label| *label == "2 people").count() >= 3, "{labels:?}");
        let rows: Vec<String> = all(&page, "table tbody tr").into_iter().map(cells).collect();
        assert!(rows.contains(&String::from("List: newsletter WELCOME its trigger 2 people")), "{rows:#?}");
        assert!(rows.iter().any(|row| row.starts_with("Mon 23 Nov 2026, 09:00 2 (up to) WELCOME Welcome")), "{rows:#?}");
        assert!(rows.iter().any(|row| row.starts_with("WELCOME10 WELCOME up to 2 1")), "{rows:#?}");
        let headings: Vec<String> = all(&page, "h1, h3").into_iter().map(words).collect();
        assert!(headings[0].contains("Do not do this yet"), "{headings:?}");
        for wanted in ["What is to be done", "What it sets off", "The map of flows", "Which codes go out", "Not rehearsed"] {
            assert!(headings.iter().any(|heading| heading.starts_with(wanted)), "{wanted}: {headings:?}");
        }
    }
}
