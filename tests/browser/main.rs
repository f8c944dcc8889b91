//! The page in a browser, as people meet it: nothing runs, nothing is fetched, pins lead to findings and back, and whoever
//! uses a keyboard or a screen reader gets everywhere.
//!
//! Pictures of the pages are left in `target/tmp/browser/` for whoever changes how they look.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "tests may open files, and stop where something is missing"
)]

mod devtools;

use devtools::{Browser, Page};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Writes the page of a folder, and gives its path.
fn page(folder: &Path, into: &Path) -> PathBuf {
    let path = into.join("report.html");
    let run = Command::new(env!("CARGO_BIN_EXE_presend"))
        .args(["check", "--offline", "--format", "html", "--output"])
        .arg(&path)
        .current_dir(folder)
        .env("TZ", "UTC")
        .output()
        .expect("presend runs");
    assert!(run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    path
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A mail that tries everything, in HTML and in plain text.
fn hostile(folder: &Path) {
    let html = "<html><head><meta http-equiv=\"refresh\" content=\"0;url=http://bad.example/refresh\"><base href=\"http://bad.example/\" target=\"_top\">\
        <link rel=stylesheet href=\"http://bad.example/style.css\"><style>@import 'http://bad.example/import.css'; body{background:url(http://bad.example/back.png)}</style>\
        <script>top.hacked=1;alert(1)</script><script src=\"http://bad.example/a.js\"></script></head><body onload=\"alert(2)\">\
        <p>Dear Jessica,</p></iframe><script>alert(3)</script>\"><img src=http://bad.example/pixel.gif onerror=alert(4)>\
        <svg onload=alert(5)><script>alert(6)</script></svg><iframe src=\"http://bad.example/frame\"></iframe>\
        <a id=away href=\"http://bad.example/away\" target=_top>Shop now</a> <a/href=\"javascript:alert(7)\">here</a>\
        <form action=\"http://bad.example/form\"><input name=a><button>Go</button></form><video src=http://bad.example/v.mp4 autoplay></video>\
        <p>TODO: \u{1b}[31m \u{202e} &quot;&gt;&lt;/iframe&gt;&lt;script&gt;alert(8)&lt;/script&gt;</p></body></html>";
    fs::write(folder.join("a\"><script>alert(9).html"), html).expect("a draft");
    fs::write(
        folder.join("b.txt"),
        "Subject: </title><script>alert(10)</script>\n\nDear Jessica,\n\n</pre><img src=x onerror=alert(11)>\n",
    )
    .expect("a draft");
    fs::write(folder.join("presend.toml"), "[[campaign]]\ndrafts = [\"/*.html\", \"/*.txt\"]\n").expect("settings");
}

/// Pages of every kind, by name.
fn pages(into: &Path) -> Vec<(&'static str, PathBuf)> {
    let hostile_folder = into.join("hostile-mails");
    fs::create_dir(&hostile_folder).expect("a folder");
    hostile(&hostile_folder);
    let folders = [
        ("welcome", fixture("museum/customers-welcomed")),
        ("spring", fixture("campaigns/spring-promotion")),
        ("letter", fixture("campaigns/letter-from-the-quay")),
        ("versions", fixture("museum/offers-variants-differ")),
        ("hostile", hostile_folder),
    ];
    let make = |(name, folder): (&'static str, PathBuf)| {
        let own = into.join(name);
        fs::create_dir(&own).expect("a folder");
        (name, page(&folder, &own))
    };
    folders.into_iter().map(make).collect()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().expect("a list").iter().map(|one| one.as_str().expect("a text").to_owned()).collect()
}

/// What axe-core (<https://github.com/dequelabs/axe-core>) finds to be serious.
fn faults(page: &mut Page<'_>, axe: &str) -> Vec<String> {
    page.value(axe);
    // The mail in the frame is not ours to make readable.
    let found = page.value(
        "axe.run(document, { iframes: false, resultTypes: ['violations'] }).then(r => r.violations.filter(v => \
         ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; ')))",
    );
    texts(&found)
}

#[test]
fn pages_are_sound_quiet_and_readable_for_everybody() {
    let Some(mut browser) = Browser::start() else { return };
    let axe = fs::read_to_string(fixture("axe/axe.js")).expect("axe-core");
    let folder = tempfile::tempdir().expect("a folder");
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    fs::create_dir_all(&pictures).expect("a folder");
    for (name, path) in pages(folder.path()) {
        for (width, scheme) in [(1280, "light"), (390, "light"), (1280, "dark")] {
            let mut page = browser.open(&path, width, scheme);
            let what = format!("{name}, {width} wide, {scheme}");
            let shot = page.picture();
            fs::write(pictures.join(format!("{name}-{width}-{scheme}.png")), unpacked(&shot)).expect("a picture");
            assert!(page.complaints().is_empty(), "{what}: {:#?}", page.complaints());
            let (wide, seen) = (page.value("document.documentElement.scrollWidth"), page.value("innerWidth"));
            assert!(wide.as_u64() <= seen.as_u64(), "{what}: the page itself never scrolls sideways: {wide} in {seen}");
            assert_eq!(faults(&mut page, &axe), Vec::<String>::new(), "{what}");
        }
    }
    let asked: Vec<String> = browser.asked().into_iter().filter(|line| line.contains(".example")).collect();
    assert!(asked.is_empty(), "the pages asked the web: {asked:#?}");
}

/// Bytes from Base64.
fn unpacked(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => u32::from(c - b'A'),
        b'a'..=b'z' => u32::from(c - b'a') + 26,
        b'0'..=b'9' => u32::from(c - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u32> = text.bytes().filter(|c| *c != b'=').map(value).collect();
    let bytes = |four: &[u32]| {
        let whole = four.iter().fold(0, |sum, digit| sum << 6 | digit) << (6 * (4 - four.len()));
        whole.to_be_bytes()[1..four.len()].to_vec()
    };
    digits.chunks(4).flat_map(bytes).collect()
}

#[test]
fn a_page_that_asks_the_web_would_be_noticed() {
    let Some(mut browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("open.html");
    fs::write(&path, "<p>x</p><img src=\"http://open.example/a.png\"><script>console.error('x')</script>").expect("a page");
    let page = browser.open(&path, 1280, "light");
    page.browser.wait(Duration::from_secs(1));
    assert!(!page.complaints().is_empty());
    assert!(browser.asked().iter().any(|line| line.contains("open.example")), "{:?}", browser.asked());
}

#[test]
fn a_hostile_mail_does_nothing() {
    let Some(mut browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    hostile(folder.path());
    let path = page(folder.path(), folder.path());
    let mut page = browser.open(&path, 1280, "light");
    let address = page.value("location.href");
    assert_eq!(
        page.value("[typeof hacked, document.scripts.length, document.querySelectorAll('.draft').length]"),
        json!(["undefined", 0, 2])
    );
    assert!(page.value_in_mail("document.body.innerText").as_str().expect("a mail").contains("Dear"), "the mail is shown");
    // Neither a hand nor a keyboard gets out by a link of the mail.
    let place =
        page.value_in_mail("(() => { const r = document.querySelector('#away').getBoundingClientRect(); return [r.x + 5, r.y + 5]; })()");
    let frame = page.value("(() => { const f = document.querySelector('iframe'); f.scrollIntoView(); const r = f.getBoundingClientRect(); return [r.x, r.y]; })()");
    let add = |at: usize| place[at].as_f64().expect("a number") + frame[at].as_f64().expect("a number");
    page.click_at(add(0), add(1));
    page.value_in_mail("document.querySelector('#away').click()");
    page.browser.wait(Duration::from_millis(500));
    assert_eq!(page.value("location.href"), address);
    assert!(page.value_in_mail("document.querySelector('#away').title").as_str().expect("a title").contains("bad.example/away"));
    assert!(page.value_in_mail("document.body.innerText").as_str().expect("a mail").contains("Shop now"), "the mail is still there");
    assert!(page.complaints().is_empty(), "{:#?}", page.complaints());
    let asked: Vec<String> = browser.asked().into_iter().filter(|line| line.contains(".example")).collect();
    assert!(asked.is_empty(), "{asked:#?}");
}

#[test]
fn pins_lead_to_findings_and_back() {
    let Some(mut browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let filler = "<p>The mill is open.</p>".repeat(120);
    let draft = format!("<html><body><h1>News</h1>{filler}<p>TODO: write this</p>{filler}</body></html>");
    fs::write(folder.path().join("a.html"), draft).expect("a draft");
    fs::write(folder.path().join("b.txt"), format!("Hello,\n\n{}TODO: write that\n", "The mill is open.\n".repeat(200))).expect("a draft");
    fs::write(folder.path().join("presend.toml"), "[[campaign]]\ndrafts = [\"a.html\", \"b.txt\"]\n[brief]\ntype = \"service\"\n")
        .expect("settings");
    let path = page(folder.path(), folder.path());
    let mut page = browser.open(&path, 1280, "light");
    let number =
        page.value("[...document.querySelectorAll('#draft-1 li.finding')].findIndex(f => f.textContent.includes('unfinished-text')) + 1");
    // From the row of pins to the finding.
    page.click(&format!("#draft-1 nav.pins a:nth-child({number})"));
    assert_eq!(page.value("location.hash"), json!(format!("#draft-1-finding-{number}")));
    let in_sight = |id: &str| {
        format!(
            "(() => {{ const r = document.getElementById('{id}').getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight; }})()"
        )
    };
    assert_eq!(page.value(&in_sight(&format!("draft-1-finding-{number}"))), json!(true));
    // From the finding to its pin in the mail, which says what it is.
    let pin = format!("document.getElementById('presend-pin-{number}')");
    let seen = format!("(() => {{ const r = {pin}.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }})()");
    assert_eq!(page.value_in_mail(&seen), json!(false), "it is far down");
    page.click(&format!("#draft-1-finding-{number} a.pin"));
    assert_eq!(page.value_in_mail(&seen), json!(true));
    assert!(page.value_in_mail(&format!("getComputedStyle({pin}, '::after').content")).as_str().expect("words").contains("TODO"));
    // In a plain text both ways.
    page.click("#draft-2-finding-1 a.pin");
    assert_eq!((page.value("location.hash"), page.value(&in_sight("draft-2-pin-1"))), (json!("#draft-2-pin-1"), json!(true)));
    page.click("#draft-2-pin-1");
    assert_eq!((page.value("location.hash"), page.value(&in_sight("draft-2-finding-1"))), (json!("#draft-2-finding-1"), json!(true)));
    assert!(page.complaints().is_empty(), "{:#?}", page.complaints());
}

#[test]
fn a_keyboard_gets_everywhere_in_the_order_of_the_page() {
    let Some(mut browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = page(&fixture("museum/customers-welcomed"), folder.path());
    let mut page = browser.open(&path, 1280, "light");
    page.value("window.met = []");
    for _ in 0..40 {
        page.press("Tab", 9);
        page.value("met.push(document.activeElement)");
    }
    let met = page.value(
        "[...new Set(met)].filter(e => e !== document.body).map(e => e.matches('.skip') ? 'skip' : e.matches('a.pin') ? 'pin' : e.tagName)",
    );
    let met = texts(&met);
    assert!(met.starts_with(&["skip".into(), "pin".into(), "INPUT".into(), "IFRAME".into(), "pin".into()]), "{met:?}");
    let ordered = "(l => l.every((e, i) => !i || l[i - 1].compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING))([...new Set(met)].filter(e => e !== document.body))";
    assert_eq!(page.value(ordered), json!(true), "{met:?}");
    let wanted = "[...document.querySelectorAll('a[href], input:checked, summary, iframe, [tabindex=\"0\"]')].filter(e => !met.includes(e)).map(e => e.outerHTML.slice(0, 80))";
    assert_eq!(texts(&page.value(wanted)), Vec::<String>::new(), "never reached");
    page.value("document.querySelector('.skip').focus()");
    assert_eq!(page.value("document.querySelector('.skip').getBoundingClientRect().left >= 0"), json!(true), "it shows itself");
    page.press("Enter", 13);
    assert_eq!(page.value("location.hash"), json!("#result"));
}

#[test]
fn the_mail_is_looked_at_in_three_ways_beside_its_charts() {
    let Some(mut browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = page(&fixture("campaigns/spring-promotion"), folder.path());
    let mut page = browser.open(&path, 1280, "light");
    let look = "(s => [document.querySelector('iframe').getBoundingClientRect().width, s.filter])(getComputedStyle(document.querySelector('iframe')))";
    let wide = page.value(look);
    assert!(wide[0].as_f64() > Some(450.0) && wide[1] == "none", "{wide}");
    page.click("input[value=narrow]");
    assert_eq!(page.value(look), json!([390, "none"]));
    page.click("input[value=dark]");
    assert_eq!(page.value(look), json!([wide[0], "invert(1) hue-rotate(180deg)"]));
    let drawn = "[...document.querySelectorAll('svg .bar, svg .dot, .matrix td')].every(e => { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0; })";
    assert_eq!(page.value(drawn), json!(true));
    assert_eq!(
        page.value("['svg .bar', '.legend li', '.matrix tbody tr'].map(s => document.querySelectorAll(s).length)"),
        json!([3, 3, 3])
    );
    let longest = "(b => b.width.baseVal.value >= Math.max(...[...document.querySelectorAll('svg .bar')].map(b => b.width.baseVal.value)))(document.querySelector('svg .bar'))";
    assert_eq!(page.value(longest), json!(true), "the largest stands first and is the longest");
}
