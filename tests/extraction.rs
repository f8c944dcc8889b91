//! Where links and pictures hide in a mail: each is found, once, with its exact place.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests stop where something is missing")]

use presend::facts::{Facts, ImageKind, LinkKind};
use presend::message::Message;
use presend::settings::Settings;

fn facts(name: &str, text: &str) -> Facts {
    Facts::notice(&Message::parse(name, text.as_bytes().to_vec()).expect("a draft"), &Settings::default())
}

fn links(name: &str, text: &str) -> Vec<(LinkKind, String, String)> {
    let facts = facts(name, text);
    facts.links.iter().map(|link| (link.kind, link.span.text().to_owned(), link.text.clone())).collect()
}

fn images(text: &str) -> Vec<(ImageKind, String)> {
    facts("a.html", text).images.iter().map(|image| (image.kind, image.span.text().to_owned())).collect()
}

#[test]
fn links_are_found_where_they_hide() {
    let cases = [
        ("<a href='https://a.example/'>Words <img src=x.png alt=Alt> more</a>", LinkKind::Anchor, "https://a.example/", "Words more"),
        ("<map><area href='https://a.example/'></map>", LinkKind::Area, "https://a.example/", ""),
        ("<p>Look: https://a.example/x, now</p>", LinkKind::Text, "https://a.example/x", "https://a.example/x"),
        ("<form action='https://a.example/go'></form>", LinkKind::Form, "https://a.example/go", ""),
        ("<video src='https://a.example/v.mp4'></video>", LinkKind::Media, "https://a.example/v.mp4", ""),
        (
            "<!--[if mso]><v:rect href=\"https://a.example/\"><center>Go</center></v:rect><![endif]-->",
            LinkKind::Anchor,
            "https://a.example/",
            "Go",
        ),
        ("<mj-section><mj-button href='https://a.example/'>Go</mj-button></mj-section>", LinkKind::Anchor, "https://a.example/", "Go"),
    ];
    for (html, kind, address, text) in cases {
        assert_eq!(links("a.html", html), [(kind, address.to_owned(), text.to_owned())], "{html}");
    }
}

#[test]
fn what_is_no_link_is_none() {
    for html in [
        "<link href='https://a.example/a.css'><base href='https://a.example/'>",
        "<mj-head><mj-font name=x href='https://a.example/f.css'></mj-font></mj-head>",
        "<code>curl https://a.example/</code>",
        "<!--[if !mso]><a href='https://a.example/'>x</a><![endif]-->",
        "<!-- <a href='https://a.example/'>x</a> -->",
    ] {
        assert_eq!(links("a.html", html), [], "{html}");
    }
}

#[test]
fn pictures_are_found_where_they_hide() {
    for (html, kind, address) in [
        ("<div background='https://a.example/b.png'>x</div>", ImageKind::Background, "https://a.example/b.png"),
        ("<div style='background:url(&quot;https://a.example/b.png&quot;)'>x</div>", ImageKind::Background, "https://a.example/b.png"),
        ("<style>td{background:url(https://a.example/b.png)}</style>", ImageKind::Background, "https://a.example/b.png"),
        ("<!--[if gte mso 9]><v:fill src='https://a.example/b.png'/><![endif]-->", ImageKind::Background, "https://a.example/b.png"),
        ("<video poster='https://a.example/b.png'></video>", ImageKind::Poster, "https://a.example/b.png"),
        ("<picture><source srcset='https://a.example/b.png 2x'></picture>", ImageKind::Candidate, "https://a.example/b.png"),
    ] {
        assert_eq!(images(html), [(kind, address.to_owned())], "{html}");
    }
    let sizes = images("<img src='a.png' srcset='https://a.example/1.png 600w, https://a.example/2.png 1200w'>");
    assert_eq!(sizes.iter().filter(|(kind, _)| *kind == ImageKind::Candidate).count(), 2);
}

#[test]
fn a_button_written_twice_for_outlook_is_marked() {
    let html = "<!--[if mso]><v:rect href=\"https://a.example/\">Go</v:rect><![endif]--><a href=\"https://a.example/\">Go</a>";
    let found: Vec<bool> = facts("a.html", html).links.iter().map(|link| link.outlook).collect();
    assert_eq!(found, [true, false]);
}

#[test]
fn invitations_and_headers_have_links_too() {
    let mail = "From: a@a.example\nSubject: x\nList-Unsubscribe: <https://a.example/u>, <mailto:u@a.example>\n\
        Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nSee https://a.example/t\n--x\n\
        Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nURL:https://a.example/c\nEND:VCALENDAR\n--x--\n";
    let kinds: Vec<(LinkKind, String)> = links("a.eml", mail).into_iter().map(|(kind, address, _)| (kind, address)).collect();
    let expected = [
        (LinkKind::ListUnsubscribe, "https://a.example/u"),
        (LinkKind::ListUnsubscribe, "mailto:u@a.example"),
        (LinkKind::Text, "https://a.example/t"),
        (LinkKind::Calendar, "https://a.example/c"),
    ];
    assert_eq!(kinds, expected.map(|(kind, address)| (kind, address.to_owned())));
}
