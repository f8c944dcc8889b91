//! A finished message as a file that any mail program opens.

use super::render::Rendered;
use super::template::Part;
use std::fmt::Write as _;

/// Between the bodies; no text of a mail has it.
const BOUNDARY: &str = "=_presend_proof_=";

/// The message as a mail, `to` being the person's address.
pub fn eml(texts: &[Rendered], to: &str) -> String {
    let mut out = String::new();
    let subject = texts.iter().find(|text| text.part == Part::Subject).map_or("", |text| text.text.as_str());
    let to: String = to.chars().filter(|c| !c.is_control()).collect();
    let _ = write!(out, "To: {to}\r\nSubject: {}\r\nMIME-Version: 1.0\r\n", encoded(subject));
    let bodies: Vec<&Rendered> = texts.iter().filter(|text| matches!(text.part, Part::Text | Part::Html)).collect();
    let kind = |text: &Rendered| if text.part == Part::Html { "html" } else { "plain" };
    let part = |out: &mut String, text: &Rendered| {
        let body = text.text.replace("\r\n", "\n").replace('\n', "\r\n");
        let _ = write!(out, "Content-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n", kind(text));
    };
    match bodies.as_slice() {
        [one] => part(&mut out, one),
        several => {
            let _ = write!(out, "Content-Type: multipart/alternative; boundary=\"{BOUNDARY}\"\r\n\r\n");
            for text in several {
                let _ = write!(out, "--{BOUNDARY}\r\n");
                part(&mut out, text);
            }
            let _ = write!(out, "--{BOUNDARY}--\r\n");
        }
    }
    out
}

/// The body of HTML, if there is one.
pub fn html(texts: &[Rendered]) -> Option<&str> {
    texts.iter().find(|text| text.part == Part::Html).map(|text| text.text.as_str())
}

/// A header as it must be written where it is not ASCII (RFC 2047), folded so that no word is too long.
fn encoded(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.is_ascii() {
        return text;
    }
    let mut words: Vec<String> = vec![String::new()];
    for c in text.chars() {
        let mut written = String::new();
        let mut buffer = [0; 4];
        for byte in c.encode_utf8(&mut buffer).bytes() {
            let _ = match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => write!(written, "{}", char::from(byte)),
                _ => write!(written, "={byte:02X}"),
            };
        }
        if words.last().is_some_and(|word| word.len() + written.len() > 60) {
            words.push(String::new());
        }
        words.last_mut().into_iter().for_each(|word| word.push_str(&written));
    }
    words.iter().map(|word| format!("=?utf-8?Q?{word}?=")).collect::<Vec<_>>().join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;

    #[test]
    fn a_written_mail_is_read_again() {
        let text = |part, text: &str| Rendered { part, text: text.into(), marks: Vec::new() };
        let subject = "Grüße aus Łódź 🌻 an alle, die heute mit uns feiern";
        let texts = [text(Part::Subject, subject), text(Part::Text, "Hi\n"), text(Part::Html, "<p>Hi</p>")];
        let mail = eml(&texts, "ann@club.example");
        let message = Message::parse("a.eml", mail.into_bytes()).expect("a mail");
        assert_eq!(message.subject().map(crate::source::Span::text), Some(subject));
        assert_eq!((message.bodies.len(), html(&texts)), (2, Some("<p>Hi</p>")));
    }
}
