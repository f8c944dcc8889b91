//! Every kind of file that drafts come in: what was read stands beside each fixture, or the error where nothing can be read.
//!
//! `PRESEND_BLESS=1 cargo test --test drafts` writes what stands beside them anew.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use presend::error::Error;
use presend::facts::{Facts, Region};
use presend::message::{Attachment, Body, Draft, Inside, Message, is_worth_opening, open};
use presend::settings::Settings;
use presend::source::Span;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The word that is planted once in most fixtures.
const MARKER: &str = "pomegranate";

/// Where an editor shows the marker in the file itself, counted by hand: draft, line, column.
const PLACES: [(&str, &str); 31] = [
    ("eml/newsletter.eml", "newsletter.eml:20:3"),
    ("eml/base64.eml", "base64.eml:8:34"),
    ("emltpl/template.emltpl", "template.emltpl:9:3"),
    ("emlx/42.emlx", "42.emlx:7:8"),
    ("emlx/cut-off.emlx", "cut-off.emlx:7:8"),
    ("mbox/archive.mbox", "archive.mbox:16:16"),
    ("mhtml/page.mhtml", "page.mhtml:15:8"),
    ("html/maizzle.html", "maizzle.html:5:22"),
    ("mjml/sale.mjml", "sale.mjml:10:20"),
    ("markdown/hugo-yaml.md", "hugo-yaml.md:9:4"),
    ("markdown/hugo-json.md", "hugo-json.md:7:10"),
    ("markdown/buttondown.md", "buttondown.md:3:12"),
    ("text/plain.txt", "plain.txt:3:16"),
    ("json/klaviyo.json", "klaviyo.json:8:73"),
    ("json/klaviyo-flow.json", "klaviyo-flow.json:18:36"),
    ("json/sendgrid.json", "sendgrid.json:19:81"),
    ("json/braze.json", "braze.json:7:48"),
    ("json/mailchimp.json", "mailchimp.json:12:71"),
    ("json/mandrill.json", "mandrill.json:6:71"),
    ("json/postmark.json", "postmark.json:5:73"),
    ("json/ghost.json", "ghost.json:1:204"),
    ("json/listmonk.json", "listmonk.json:6:29"),
    ("json/resend.json", "resend.json:9:69"),
    ("json/plain.json", "plain.json:4:69"),
    ("zip/mailchimp.zip", "mailchimp.zip!/index.html:3:15"),
    ("zip/substack.zip", "substack.zip!/posts/101.first-letter.html:1:21"),
    ("zip/buttondown.zip", "buttondown.zip!/emails/spring-letter.md:3:12"),
    ("zip/traversal.zip", "traversal.zip!/outside/evil.html:1:28"),
    ("outlook/sale.msg", "sale.msg!/body.html:2:8"),
    ("outlook/latin.oft", "latin.oft!/body.txt:3:3"),
    ("outlook/rtf.msg", "rtf.msg!/body.html:1:15"),
];

#[test]
fn every_file_is_read_as_it_stands_beside_it() {
    outlook_fixtures();
    for path in fixtures("inputs", ".parsed.json") {
        let drafts = read(&path).unwrap_or_else(|error| panic!("{error}"));
        let shown: Vec<Value> =
            drafts.iter().map(|draft| draft.parse().map_or_else(|error| json!(error.to_string()), |m| parsed(&m))).collect();
        compare(&beside(&path, "parsed.json"), &(serde_json::to_string_pretty(&shown).unwrap() + "\n"));
    }
}

#[test]
fn every_broken_file_has_its_error_beside_it() {
    for path in fixtures("broken", ".error.txt") {
        let errors: Vec<String> = match read(&path) {
            Err(error) => vec![said(&error)],
            Ok(drafts) => drafts.iter().map(|draft| said(&draft.parse().expect_err(&draft.name))).collect(),
        };
        compare(&beside(&path, "error.txt"), &(errors.join("\n") + "\n"));
    }
}

#[test]
fn the_marker_is_where_an_editor_shows_it() {
    outlook_fixtures();
    for (file, place) in PLACES {
        let drafts = read(&folder("inputs").join(file)).unwrap_or_else(|error| panic!("{error}"));
        let messages = drafts.iter().filter_map(|draft| draft.parse().ok());
        let found: Vec<String> = messages.flat_map(|message| marked(&message)).map(|span| span.place().to_string()).collect();
        assert_eq!(found.first().map(String::as_str), Some(place), "{file}: {found:?}");
    }
}

#[test]
fn facts_stand_where_they_say() {
    for path in fixtures("inputs", ".parsed.json") {
        for message in read(&path).unwrap().iter().filter_map(|draft| draft.parse().ok()) {
            let facts = Facts::notice(&message, &Settings::default());
            for link in &facts.links {
                assert_eq!(link.span.text().trim(), link.href, "{}", message.name);
            }
            for tag in &facts.tags.tags {
                assert!(tag.span.source.text().is_char_boundary(tag.span.end) && !tag.span.text().is_empty(), "{}", message.name);
            }
        }
    }
}

#[test]
fn pictures_are_known_to_be_in_the_file_or_not() {
    let message = |file: &str| read(&folder("inputs").join(file)).unwrap()[0].parse().unwrap();
    let archive = message("zip/mailchimp.zip");
    assert_eq!(archive.inside("images/logo.png"), Inside::Present);
    assert_eq!(archive.inside("images/gone.png"), Inside::Missing);
    let page = message("mhtml/page.mhtml");
    assert_eq!(page.inside("https://northlight.example/logo.png"), Inside::Present);
    assert_eq!(page.inside("https://northlight.example/other.png"), Inside::Elsewhere);
}

#[test]
fn a_search_meets_only_files_that_hold_drafts() {
    let worth = |name: &str, text: &str| is_worth_opening(name, text.as_bytes());
    assert!(!worth("package.json", "{\"name\": \"x\", \"version\": \"1.0.0\"}"));
    assert!(!worth("broken.json", "{"));
    assert!(worth("mail.json", "{\"subject\": \"x\", \"html\": \"<p>x</p>\"}"));
    assert!(worth("a.html", "<p>x"));
}

#[test]
fn a_folder_and_a_pattern_stand_for_their_drafts() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::fs::create_dir(path("deep")).unwrap();
    for (name, text) in [
        ("a.eml", "Subject: a\n\na"),
        ("package.json", "{\"name\": \"x\"}"),
        ("mail.json", "{\"subject\": \"x\", \"text\": \"y\"}"),
        ("README.md", "# x"),
        ("deep/b.eml", "Subject: b\n\nb"),
        ("deep/page.liquid", "<h1>{{ product.title }}</h1>"),
        ("deep/sale.html.erb", "<p>Hello <%= @name %></p><a href=\"<%= @unsubscribe_url %>\">Unsubscribe</a>"),
        ("deep/_piece.html.erb", "<a href=\"<%= @unsubscribe_url %>\">Unsubscribe</a>"),
    ] {
        std::fs::write(path(name), text).unwrap();
    }
    let fixture = |name: &str| self::folder("inputs").join("zip").join(name);
    std::fs::copy(fixture("mailchimp.zip"), path("z.zip")).unwrap();
    let all = [path("a.eml"), path("deep/b.eml"), path("deep/sale.html.erb"), path("mail.json"), path("z.zip")];
    assert_eq!(presend::read::drafts(&folder.path().to_string_lossy()), all);
    assert_eq!(presend::read::drafts(&path("*.eml")), [path("a.eml")]);
    assert_eq!(presend::read::drafts(&path("**/*.eml")), [path("a.eml"), path("deep/b.eml")]);
    assert_eq!(presend::read::drafts(&path("*.msg")), [path("*.msg")]);
}

#[test]
fn only_the_folders_of_a_search_say_which_template_is_a_mail() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    for name in ["newsletters/site/about.hbs", "newsletters/site/shared/emailTemplates/hello.hbs"] {
        std::fs::create_dir_all(std::path::Path::new(&path(name)).parent().unwrap()).unwrap();
        std::fs::write(path(name), "<p>Hello {{ name }}</p>").unwrap();
    }
    let found = |name: &str| presend::read::drafts(&path(name));
    assert_eq!(found("newsletters/site"), [path("newsletters/site/shared/emailTemplates/hello.hbs")]);
    assert_eq!(found("newsletters").len(), 2);
    std::fs::create_dir(path("newsletters/.git")).unwrap();
    assert_eq!(found("newsletters").len(), 1, "the name of a repository says nothing about its files");
}

#[test]
fn an_archive_with_nothing_but_templates_is_opened_for_the_mails_among_them() {
    let zip = |files: &[(&str, &str)]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let page = ("theme/page.liquid", "<h1>{{ product.title }}</h1>");
    let mail = ("emails/sale.liquid", "<p>Hello {{ name }}</p>");
    assert!(!presend::message::is_worth_opening("theme.zip", &zip(&[page])));
    assert!(presend::message::is_worth_opening("theme.zip", &zip(&[page, mail])));
}

#[test]
fn deep_and_long_files_end_in_time() {
    let started = std::time::Instant::now();
    let mut mail = String::from("Subject: Deep\nFrom: a@b.example\n");
    for depth in 0..5000 {
        writeln!(mail, "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}").unwrap();
    }
    mail.push_str("Content-Type: text/plain\n\nHello\n--b0--\n");
    assert!(open("deep.eml", mail.into_bytes()).unwrap()[0].parse().is_ok());
    let nested = format!("{{\"subject\": {}1{}}}", "[".repeat(200_000), "]".repeat(200_000));
    assert!(open("deep.json", nested.into_bytes()).is_err());
    let long = json!({"subject": "x", "html": "<p>\u{e9}\n</p>".repeat(100_000)}).to_string();
    assert!(open("long.json", long.into_bytes()).is_ok());
    let endless = json!({"subject": "x", "html": "<p>x</p>".repeat(3_000_000)}).to_string();
    let message = open("endless.json", endless.into_bytes()).unwrap()[0].parse().unwrap();
    assert!(message.bodies.is_empty() && message.unread[0].why.contains("longer than 16 MB"), "{:?}", message.unread);
    let letters = "From a@b.example Mon Feb  2 09:00:00 2026\nSubject: x\n\nHello\n\n".repeat(5_000);
    assert_eq!(open("many.mbox", letters.into_bytes()).unwrap().len(), 5_000);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn many_small_files_cannot_fill_the_memory() {
    let mut single = zip::ZipWriter::new(Cursor::new(Vec::new()));
    single.start_file("0.html", zip::write::SimpleFileOptions::default()).unwrap();
    single.write_all(format!("<p>Hello</p>{}", "<!-- Lorem ipsum dolor sit amet 0123456789 -->\n".repeat(160_000)).as_bytes()).unwrap();
    let mut single = single.finish_into_readable().unwrap();
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..40 {
        archive.raw_copy_file_rename(single.by_index(0).unwrap(), format!("{number}.html")).unwrap();
    }
    let error = open("many.zip", archive.finish().unwrap().into_inner()).expect_err("too much");
    assert!(error.message().contains("unpacks to more than 256 MB"), "{error}");
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), name in "a\\.(eml|emlx|mbox|msg|mht|html|mjml|md|txt|json|zip)") {
        survive(&name, bytes);
    }

    #[test]
    fn random_cuts_never_panic(index in 0..60_usize, at in 0.0..1.0_f64, byte: u8) {
        let files = fixtures("inputs", ".parsed.json");
        let path = &files[index % files.len()];
        let mut bytes = std::fs::read(path).unwrap();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a small length")]
        let place = (bytes.len() as f64 * at) as usize;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        survive(&name, bytes[..place].to_vec());
        bytes[place] = byte;
        survive(&name, bytes);
    }
}

fn survive(name: &str, bytes: Vec<u8>) {
    for message in open(name, bytes).into_iter().flatten().filter_map(|draft| draft.parse().ok()) {
        for passage in Facts::notice(&message, &Settings::default()).passages {
            passage.whole().place();
        }
    }
}

fn read(path: &Path) -> Result<Vec<Draft>, Error> {
    open(&path.file_name().unwrap().to_string_lossy(), std::fs::read(path).unwrap())
}

/// An error with its remedy, which every error has.
fn said(error: &Error) -> String {
    assert!(error.remedy().is_some() && error.place().is_some(), "{error}");
    error.to_string()
}

fn folder(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(kind).join("drafts")
}

/// The files below a folder, without those that stand beside others.
fn fixtures(kind: &str, beside: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder(kind)];
    while let Some(folder) = folders.pop() {
        for path in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.retain(|path| !path.to_string_lossy().ends_with(beside));
    files.sort();
    assert!(!files.is_empty());
    files
}

fn beside(path: &Path, what: &str) -> PathBuf {
    PathBuf::from(format!("{}.{what}", path.display()))
}

/// An attachment without its bytes, whose number is its size.
fn attached(part: &Attachment) -> String {
    let Attachment { name, content_type, content_id, location, size, content: _ } = part;
    format!(
        "Attachment {{ name: {name:?}, content_type: {content_type:?}, content_id: {content_id:?}, location: {location:?}, size: {size} }}"
    )
}

fn compare(path: &Path, shown: &str) {
    if std::env::var_os("PRESEND_BLESS").is_some() {
        std::fs::write(path, shown).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(shown, expected, "{}", path.display());
}

/// Every place of the marker in headers and bodies.
fn marked(message: &Message) -> Vec<Span> {
    let texts = message.headers.iter().map(|header| header.value.clone()).chain(message.bodies.iter().map(Body::whole));
    texts.flat_map(|span| span.text().match_indices(MARKER).map(|(at, word)| span.slice(at..at + word.len())).collect::<Vec<_>>()).collect()
}

/// A message with what was read of it, and nothing else.
fn parsed(message: &Message) -> Value {
    let facts = Facts::notice(message, &Settings::default());
    let headers = message.headers.iter().filter(|header| !matches!(&*header.name, "Content-Type" | "MIME-Version" | "Mime-Version"));
    let preheader = facts.passages.iter().find(|passage| passage.region == Region::Preheader);
    let mut shown = json!({
        "name": message.name,
        "kind": format!("{:?}", message.kind),
        "headers": headers.map(|header| format!("{}: {} ({})", header.name, header.value.text(), place(&header.value))).collect::<Vec<_>>(),
        "preheader": preheader.map(|passage| passage.text.clone()),
        "bodies": message.bodies.iter().map(|body| self::body(body, &facts)).collect::<Vec<_>>(),
        "attachments": message.attachments.iter().map(attached).collect::<Vec<_>>(),
        "files": message.files.to_vec(),
        "unread": message.unread.iter().map(|part| format!("{}: {} ({})", part.what, part.why, part.remedy.as_deref().unwrap_or("-"))).collect::<Vec<_>>(),
        "compiles": message.compiled.map(|_| true),
    });
    shown.as_object_mut().unwrap().retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    shown
}

/// A body by its markup, its part of the file and the words that a reader sees first.
fn body(body: &Body, facts: &Facts) -> String {
    let markup = match body {
        Body::Html(_) => "html",
        Body::Text(_) => "text",
        Body::Markdown(_) => "markdown",
    };
    let own = facts.passages.iter().filter(|passage| Arc::ptr_eq(&passage.whole().source, body.source()) && passage.region == Region::Body);
    let words = own.map(|passage| passage.text.as_str()).collect::<Vec<_>>().join(" | ");
    format!("{markup} ({}): {}", body.source().part().unwrap_or("the file"), words.chars().take(70).collect::<String>())
}

fn place(span: &Span) -> String {
    let place = span.place();
    format!("{}:{}", place.line, place.column)
}

/// An Outlook file: its name and its streams.
type OutlookFile = (&'static str, Vec<(&'static str, Vec<u8>)>);

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Messages with HTML, in a code page, and with HTML wrapped in RTF.
fn outlook_files() -> [OutlookFile; 3] {
    let rtf = br"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Gr\'fc\'dfe, one pomegranate\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}}";
    let mut packed: Vec<u8> = [0, u32::try_from(rtf.len()).unwrap()].iter().flat_map(|number| number.to_le_bytes()).collect();
    packed.extend(b"MELA\0\0\0\0");
    packed.extend(rtf);
    let travelled = "Received: from a.example\r\nFrom: Northlight <hello@northlight.example>\r\nSubject: Wrapped in RTF\r\n\r\n";
    let html = b"<p>Dear all,</p>\r\n<p>one pomegranate from us</p>\r\n<img src=\"cid:logo\">";
    let sale = vec![
        ("/__substg1.0_0037001F", wide("Spring sale – all week")),
        ("/__substg1.0_0C1A001F", wide("Northlight")),
        ("/__substg1.0_5D01001F", wide("hello@northlight.example")),
        ("/__substg1.0_1000001F", wide("Dear all,\r\nsee you soon.\r\n")),
        ("/__substg1.0_10130102", html.to_vec()),
        ("/__attach_version1.0_#00000000/__substg1.0_3707001F", wide("logo.png")),
        ("/__attach_version1.0_#00000000/__substg1.0_370E001F", wide("image/png")),
        ("/__attach_version1.0_#00000000/__substg1.0_3712001F", wide("logo")),
        ("/__attach_version1.0_#00000000/__substg1.0_37010102", b"\x89PNG\r\n\x1a\n".to_vec()),
    ];
    let latin = vec![
        ("/__substg1.0_0037001E", b"Fr\xfchling \x96 bald".to_vec()),
        ("/__substg1.0_1000001E", b"Gr\xfc\xdfe,\r\n\r\na pomegranate \x80 5\r\n".to_vec()),
    ];
    let wrapped = vec![
        ("/__substg1.0_0037001F", wide("Wrapped in RTF")),
        ("/__substg1.0_007D001F", wide(travelled)),
        ("/__substg1.0_10090102", packed),
    ];
    [("sale.msg", sale), ("latin.oft", latin), ("rtf.msg", wrapped)]
}

/// Writes the Outlook fixtures where they are missing: compound files with the streams of MS-OXMSG.
fn outlook_fixtures() {
    let folder = folder("inputs").join("outlook");
    for (name, streams) in outlook_files() {
        let path = folder.join(name);
        if path.exists() {
            continue;
        }
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        let mut properties = vec![0_u8; 32];
        // The code page of 8-bit texts: 1252.
        properties.extend([0x03, 0x00, 0xfd, 0x3f, 6, 0, 0, 0, 0xe4, 0x04, 0, 0, 0, 0, 0, 0]);
        file.create_stream("/__properties_version1.0").unwrap().write_all(&properties).unwrap();
        for (stream, bytes) in streams {
            if let Some((storage, _)) = stream.rsplit_once('/').filter(|(storage, _)| !storage.is_empty()) {
                file.create_storage_all(storage).unwrap();
            }
            file.create_stream(stream).unwrap().write_all(&bytes).unwrap();
        }
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(path, file.into_inner().into_inner()).unwrap();
    }
}
