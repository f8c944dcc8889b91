//! Pictures that a draft brings with it, and the addresses in their QR codes.

use crate::desk::Desk;
use std::fs;
use std::io::Write;

/// A QR code with `https://staging.brightnook.example/menu`.
const STAGING: &str = "fixtures/pictures/qr-staging.png";

fn bytes(path: &str) -> Vec<u8> {
    fs::read(path).expect("a picture")
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut code = String::new();
    for three in bytes.chunks(3) {
        let all = three.iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let letter = LETTERS[(all >> (18 - 6 * at) & 63) as usize];
            code.push(if at <= three.len() { char::from(letter) } else { '=' });
        }
    }
    code
}

fn page(source: &str) -> String {
    format!(
        "<html><body><h1>Our new menu</h1><p>Scan the code with your telephone.</p><img src=\"{source}\" alt=\"The menu\" width=\"148\">\
         <p><a href=\"https://brightnook.example/unsubscribe\">Unsubscribe</a></p></body></html>"
    )
}

fn mail(picture: &[u8]) -> String {
    format!(
        "From: news@brightnook.example\nSubject: Menu\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n{}\n--x\n\
         Content-Type: image/png\nContent-ID: <menu>\nContent-Transfer-Encoding: base64\n\n{}\n--x--\n",
        page("cid:menu"),
        base64(picture)
    )
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
        zip.write_all(bytes).expect("a file");
    }
    zip.finish().expect("an archive").into_inner()
}

#[test]
fn codes_are_read_wherever_the_picture_is() {
    let code = bytes(STAGING);
    let desk = Desk::new()
        .with("mail.eml", mail(&code))
        .with("data.html", page(&format!("data:image/png;base64,{}", base64(&code))))
        .with("beside.html", page("pictures/menu.png"))
        .with("pictures/menu.png", &code)
        .with("export.zip", zip(&[("index.html", page("img/menu.png").as_bytes()), ("img/menu.png", &code)]));
    for (draft, place) in [
        ("mail.eml", "mail.eml:8:"),
        ("data.html", "data.html:1:"),
        ("beside.html", "beside.html:1:"),
        ("export.zip", "export.zip!/index.html:1:"),
    ] {
        let ended = desk.presend(&format!("check --offline {draft}"));
        assert!(ended.out.contains("the address in the QR code leads to staging.brightnook.example"), "{draft}: {}", ended.said());
        assert!(ended.out.contains(place) && ended.out.contains("(QR code in "), "{draft}: {}", ended.said());
    }
}

#[test]
fn good_codes_and_codes_without_an_address_are_silent() {
    for code in ["fixtures/pictures/qr.png", "fixtures/pictures/qr-wifi.png"] {
        let ended = Desk::new().with("mail.eml", mail(&bytes(code))).presend("check --offline mail.eml");
        assert!(ended.code == 0 && !ended.out.contains("QR code"), "{code}: {}", ended.said());
    }
}

#[test]
fn pictures_of_an_export_are_there_or_missing() {
    let whole = zip(&[("index.html", page("img/menu.png").as_bytes()), ("img/menu.png", &bytes("fixtures/pictures/qr.png"))]);
    let ended = Desk::new().with("export.zip", whole).presend("check --offline export.zip");
    assert!(!ended.out.contains("[local-image]"), "{}", ended.said());
    let ended =
        Desk::new().with("export.zip", zip(&[("index.html", page("img/menu.png").as_bytes())])).presend("check --offline export.zip");
    assert!(ended.out.contains("[local-image]") && ended.out.contains("is not in the archive"), "{}", ended.said());
}

#[test]
fn the_report_says_which_pictures_can_be_swapped() {
    let hosted = page("cid:menu").replace("</h1>", "</h1><img src=\"https://cdn.brightnook.example/logo.png\" alt=\"Bright Nook\">");
    let mail = mail(&bytes("fixtures/pictures/qr.png")).replace(&page("cid:menu"), &hosted);
    let desk = Desk::new().with("mail.eml", mail);
    let ended = desk.presend("check --offline mail.eml");
    assert!(
        ended.out.contains("Pictures: 1 hosted, which can be swapped after the send; 1 inside the mail, which cannot"),
        "{}",
        ended.said()
    );
    let json = desk.presend("check --offline --format json mail.eml").out;
    assert!(
        json.contains("\"hosted\": [\n          \"https://cdn.brightnook.example/logo.png\"") && json.contains("\"cid:menu\""),
        "{json}"
    );
}
