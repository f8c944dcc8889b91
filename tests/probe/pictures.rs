//! Pictures are judged by their bytes.

use crate::cases::{Case, check};
use crate::server::{Act, answer, bytes, html, page, redirect};
use crate::truth::Truth::{Broken, Fine, Locked, NotIt};
use presend::links::Standing::{Alive, Dead, NotPublic, Suspect};

fn png() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x58\0\0\x01\x2c\x08\x02\0\0\0....\0\0\x08\0IDAT".to_vec();
    png.extend([7; 2048 + 4]);
    png.extend(b"\0\0\0\0IEND....");
    png
}

fn jpeg() -> Vec<u8> {
    let mut jpeg =
        b"\xff\xd8\xff\xc0\0\x11\x08\0\x64\0\xc8\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xda\0\x0c\x03\x01\0\x02\x11\x03\x11\0\x3f\0"
            .to_vec();
    jpeg.extend([1; 900]);
    jpeg.extend(b"\xff\xd9");
    jpeg
}

fn gif(frames: usize) -> Vec<u8> {
    let mut gif = b"GIF89a\x0a\0\x14\0\0\0\0".to_vec();
    (0..frames).for_each(|_| gif.extend(b"\x2c\0\0\0\0\x0a\0\x14\0\0\x02\x02ab\0"));
    gif.push(0x3b);
    gif
}

fn image(kind: &str, body: &[u8]) -> Act {
    answer(200, &format!("Content-Type: image/{kind}"), body)
}

#[test]
fn pictures() {
    check(&hosted(), &[]);
}

/// Pictures on a server.
pub(crate) fn hosted() -> Vec<Case> {
    vec![
        Case::image("png", Fine("the picture shows"), |_| image("png", &png()), Alive, "200").also(|a| {
            a.image.as_ref().is_some_and(|i| (i.format.as_str(), i.width, i.height, i.bytes) == ("png", 600, 300, Some(png().len() as u64)))
        }),
        Case::image("jpeg", Fine("the picture shows"), |_| image("jpeg", &jpeg()), Alive, "200")
            .also(|a| a.image.as_ref().is_some_and(|i| (i.format.as_str(), i.width, i.height) == ("jpeg", 200, 100))),
        Case::image(
            "qr",
            Fine("the picture shows"),
            |_| image("png", include_bytes!("../../fixtures/pictures/qr-staging.png")),
            Alive,
            "200",
        )
        .also(|a| a.image.as_ref().is_some_and(|i| i.codes == ["https://staging.brightnook.example/menu"])),
        Case::image("lying", Fine("the picture shows"), |_| image("png", &jpeg()), Alive, "200")
            .also(|a| a.image.as_ref().is_some_and(|i| i.format == "jpeg")),
        Case::image("animated", Fine("the picture shows"), |_| image("gif", &gif(4)), Alive, "200")
            .also(|a| a.image.as_ref().is_some_and(|i| i.frames == Some(4))),
        Case::image("svg", Fine("the picture shows"), |_| image("svg+xml", b"<svg width='30' height='20'></svg>"), Alive, "200")
            .also(|a| a.image.as_ref().is_some_and(|i| i.format == "svg" && i.width == 30)),
        Case::image(
            "moved",
            Fine("the picture shows"),
            |hit| if hit.path == "/b.png" { image("png", &png()) } else { redirect("/b.png") },
            Alive,
            "200",
        ),
        Case::image("lost", Broken("a gap in the mail"), |_| answer(404, "", ""), Dead, "404"),
        Case::image("zero", Broken("a gap in the mail"), |_| image("png", b""), Dead, "0 bytes"),
        Case::image("html", Broken("a gap in the mail"), |_| page("Oops, wrong turn", "<p>hi</p>"), Dead, "Oops, wrong turn"),
        Case::image("html-as-png", Broken("a gap in the mail"), |_| image("png", html("Hm", "x").as_bytes()), Dead, "web page"),
        Case::image("rubbish", Broken("a gap in the mail"), |_| image("png", b"not a picture at all"), Dead, "not a picture"),
        Case::image(
            "shared-drive",
            Locked("a gap in the mail before strangers"),
            |hit| if hit.path == "/signin" { page("Drive", "<input type=password>") } else { redirect("/signin") },
            NotPublic,
            "login",
        ),
        Case::image("cut-file", NotIt("half a picture"), |_| image("png", &png()[..1500]), Suspect, "ends too early"),
        Case::image("cut-jpeg", NotIt("half a picture"), |_| image("jpeg", &jpeg()[..500]), Suspect, "ends too early"),
        Case::image(
            "cut-connection",
            NotIt("half a picture"),
            |_| {
                let whole = bytes(200, "Content-Type: image/png", png());
                Act::Send(whole[..whole.len() - 500].to_vec())
            },
            Suspect,
            "ends too early",
        ),
        Case::page("as-link", Fine("the picture shows"), |_| image("png", &png()), Alive, "200").also(|a| a.image.is_some()),
    ]
}
