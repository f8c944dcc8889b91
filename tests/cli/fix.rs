//! `presend fix`: what it mends, what it leaves, and that a file is whole before and after.

use crate::desk::Desk;
use std::fs;

const BROKEN: &str = "<html><body>\r\n<p>Hello *|FNMAE|*, and {{ name|default:\u{201c}friend\u{201d} }}</p>\r\n\
<p>\u{fc}ber <a href=\"https://mill.example/a?b=1&amp;amp;c=2&amp;amp;d=3\">uns</a></p>\r\n<p>*|FNAME|* *|LNAME|* *|UNSUB|*</p>\r\n</body></html>\r\n";

#[test]
fn what_has_one_right_writing_is_shown_and_then_written() {
    let desk = Desk::new().with("a.html", BROKEN);
    let ended = desk.presend("fix a.html");
    assert_eq!(ended.code, 1, "{}", ended.said());
    assert!(ended.out.contains("+ <p>Hello *|FNAME|*") && ended.out.contains("nothing is written yet"), "{}", ended.out);
    assert!(ended.out.contains("b=1&amp;c=2&amp;d=3"), "{}", ended.out);
    assert_eq!(fs::read_to_string(desk.path("a.html")).expect("the draft"), BROKEN, "nothing is written unless it is asked for");
    let ended = desk.presend("fix --write a.html");
    assert_eq!(ended.code, 0, "{}", ended.said());
    let mended = fs::read_to_string(desk.path("a.html")).expect("the draft");
    let wanted = BROKEN.replace("FNMAE", "FNAME").replace("&amp;amp;", "&amp;");
    assert_eq!(mended.replace(['\u{201c}', '\u{201d}'], "\""), wanted.replace(['\u{201c}', '\u{201d}'], "\""), "nothing else has changed");
    assert!(desk.presend("fix a.html").out.contains("nothing that can be repaired"), "mended once is mended");
}

#[test]
fn a_mail_is_mended_where_its_bytes_are_its_words() {
    let mail = |encoding: &str, body: &str| {
        format!(
            "From: a@mill.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}"
        )
    };
    let printable = mail("quoted-printable", "<p class=3D\"a\">Hello *|FNMAE|*, the mill is =\r\nopen. *|LNAME|*</p>\r\n");
    let split = mail("quoted-printable", "<p class=3D\"a\">Hello *|FN=\r\nMAE|*, the mill is open. *|LNAME|*</p>\r\n");
    let base = mail("base64", "PHA+SGVsbG8gKnxGTk1BRXwqLCB0aGUgbWlsbCBpcyBvcGVuLiAqfExOQU1FfCo8L3A+\r\n");
    let desk = Desk::new().with("a.eml", &printable).with("split.eml", &split).with("base.eml", &base);
    let ended = desk.presend("fix --write a.eml split.eml base.eml");
    assert_eq!(ended.code, 0, "{}", ended.said());
    assert_eq!(ended.out.matches("must be mended by hand").count(), 2, "{}", ended.out);
    let text = |name: &str| fs::read_to_string(desk.path(name)).expect("a mail");
    assert_eq!(text("a.eml"), printable.replace("FNMAE", "FNAME"));
    assert_eq!((text("split.eml"), text("base.eml")), (split, base), "what cannot be mended exactly stays");
}

#[test]
fn what_is_waived_or_clear_stays_as_it_is() {
    let waiver =
        "[[waiver]]\nrule = \"broken-tag\"\ndraft = \"a.txt\"\nreason = \"a field of ours\"\nowner = \"Marion\"\nexpires = 2099-01-31\n";
    let desk = Desk::new().with("a.txt", "Hello *|FNMAE|*, *|LNAME|*\n").with("presend.toml", waiver);
    let ended = desk.presend("fix a.txt");
    assert!(ended.code == 0 && ended.out.contains("nothing that can be repaired"), "{}", ended.said());
}
