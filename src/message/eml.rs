//! A mail as RFC 5322 and MIME have it, taken apart by mail-parser, with every decoded byte's way back.

use super::html::Html;
use super::{Attachment, Body, Header, Kind, Message, Unread};
use super::{decode, header, kind};
use crate::origin::OffsetMap;
use crate::pictures::LONGEST_PICTURE;
use crate::source::Source;
use mail_parser::{MessageParser, MessagePart, MimeHeaders, PartType};
use std::ops::Range;
use std::sync::Arc;

/// Parses a mail. There is no text that is not one: what cannot be understood is a body without headers.
pub(super) fn parse(name: &str, source: &Arc<Source>) -> Message {
    let mut message = Message::bare(name, source, Kind::Mail);
    let Some(mail) = MessageParser::default().parse(source.bytes()) else {
        message.bodies.push(Body::Text(body(source, 0..source.bytes().len(), mail_parser::Encoding::None, None, None, "text").whole()));
        return message;
    };
    message.headers = mail.headers().iter().map(|header| decoded_header(source, header)).collect();
    for part in &mail.parts {
        take_part(&mut message, part);
    }
    message
}

/// The headers of a text that is a block of headers and nothing else.
pub(super) fn headers(source: &Arc<Source>) -> Vec<Header> {
    let parsed = MessageParser::default().parse_headers(source.bytes());
    parsed.map(|mail| mail.headers().iter().map(|header| decoded_header(source, header)).collect()).unwrap_or_default()
}

fn decoded_header(source: &Arc<Source>, header: &mail_parser::Header<'_>) -> Header {
    let name = header.name().to_owned();
    let range = header.offset_start as usize..(header.offset_end as usize).min(source.bytes().len());
    let (text, map) = header::unstructured(source.bytes(), range.start.min(range.end)..range.end);
    Header { value: Source::decoded(source, format!("{name} header"), text, map).whole(), name }
}

/// Files one MIME part under bodies or attachments.
fn take_part(message: &mut Message, part: &MessagePart<'_>) {
    let source = Arc::clone(&message.source);
    let range = part.offset_body as usize..(part.offset_end as usize).min(source.bytes().len());
    let content_type = part.content_type();
    let charset = content_type.and_then(|kind| kind.attribute("charset"));
    let is_attached = part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
    let is_text = !is_attached && matches!(part.body, PartType::Html(_) | PartType::Text(_));
    if is_text {
        if message.is_too_long("part", &source.span(range.clone())) {
            return;
        }
        note_broken_code(message, part, &range);
    }
    let is_plain = content_type.is_none_or(|kind| kind.subtype().is_none_or(|subtype| subtype.eq_ignore_ascii_case("plain")));
    let is_subtype = |name: &str| content_type.and_then(|kind| kind.subtype()).is_some_and(|subtype| subtype.eq_ignore_ascii_case(name));
    match &part.body {
        PartType::Html(text) if !is_attached => {
            let label = numbered("HTML part", message.bodies.iter().filter(|body| matches!(body, Body::Html(_))).count());
            let body = body(&source, range, part.encoding, charset, Some(text), &label);
            if is_readable(message, &body, charset) {
                message.bodies.push(Body::Html(Html::parse(body)));
            }
        }
        PartType::Text(text) if !is_attached && is_plain => {
            let label = numbered("text part", message.bodies.iter().filter(|body| matches!(body, Body::Text(_))).count());
            let body = body(&source, range, part.encoding, charset, Some(text), &label);
            if is_readable(message, &body, charset) && !body.text().trim().is_empty() {
                message.bodies.push(Body::Text(body.whole()));
            }
        }
        PartType::Multipart(_) => {}
        PartType::Text(text) if !is_attached && is_subtype("x-amp-html") => {
            let label = numbered("AMP part", message.amp.len());
            message.amp.push(Html::parse(body(&source, range, part.encoding, charset, Some(text), &label)));
        }
        PartType::Text(text) if is_subtype("calendar") => {
            let label = numbered("invitation", message.invitations.len());
            message.invitations.push(body(&source, range, part.encoding, charset, Some(text), &label).whole());
            message.attachments.push(attachment(part));
        }
        _ => message.attachments.push(attachment(part)),
    }
}

/// Whether a body could be decoded. One in a charset that nobody knows is listed as unread, unless its bytes read as UTF-8.
fn is_readable(message: &mut Message, body: &Arc<Source>, charset: Option<&str>) -> bool {
    let Some(label) = charset.filter(|label| !is_known(label)).filter(|_| body.text().contains('\u{fffd}')) else { return true };
    message.unread.push(Unread {
        what: format!("the {} ({})", body.part().unwrap_or("part"), body.span(0..0).place()),
        why: format!("nobody knows its charset, {:?}", label.chars().take(40).collect::<String>()),
        remedy: Some(String::from("send it as UTF-8")),
    });
    false
}

fn is_known(label: &str) -> bool {
    let label = label.trim_matches(['"', '\'', ' ']);
    encoding_rs::Encoding::for_label(label.as_bytes()).is_some()
        || mail_parser::decoders::charsets::map::charset_decoder(label.as_bytes()).is_some()
}

/// Lists the end of a body as unread where its base64 breaks off: four letters stand for three bytes, always.
fn note_broken_code(message: &mut Message, part: &MessagePart<'_>, range: &Range<usize>) {
    if part.encoding != mail_parser::Encoding::Base64 {
        return;
    }
    let code = message.source.bytes().get(range.clone()).unwrap_or_default();
    let letters = code.iter().filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=')).count();
    if !letters.is_multiple_of(4) {
        message.unread.push(Unread {
            what: format!("the end of a part ({})", message.source.span(range.end..range.end).place()),
            why: String::from("its base64 code breaks off"),
            remedy: Some(String::from("save or export the mail again")),
        });
    }
}

fn numbered(label: &str, before: usize) -> String {
    if before == 0 { label.to_owned() } else { format!("{label} {}", before + 1) }
}

/// The source of one decoded body. `parsed` is mail-parser's own decoding, which wins where a charset is named.
fn body(
    source: &Arc<Source>,
    range: Range<usize>,
    transfer: mail_parser::Encoding,
    charset: Option<&str>,
    parsed: Option<&str>,
    label: &str,
) -> Arc<Source> {
    let (mut text, mut map) = decode::decode(source.bytes(), range.clone(), transfer, charset);
    if charset.is_none() && text.contains('\u{fffd}') {
        let guess = kind::charset_of(source.bytes().get(range.clone()).unwrap_or_default());
        (text, map) = decode::decode(source.bytes(), range, transfer, Some(guess.name()));
    } else if let Some(parsed) = parsed.filter(|parsed| charset.is_some() && **parsed != text) {
        map = OffsetMap::coarse(parsed.len(), range);
        parsed.clone_into(&mut text);
    }
    Source::decoded(source, label, text, map)
}

fn attachment(part: &MessagePart<'_>) -> Attachment {
    let content_type = part.content_type().map_or_else(
        || "application/octet-stream".to_owned(),
        |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream")).to_ascii_lowercase(),
    );
    Attachment {
        name: part.attachment_name().map(str::to_owned),
        content_id: part.content_id().map(|id| id.trim_matches(['<', '>']).to_owned()),
        location: part.content_location().map(|place| place.trim().to_owned()),
        size: part.contents().len(),
        content: picture(&content_type, part.contents()),
        content_type,
    }
}

/// The bytes of an attachment, if it may be a picture that can be looked at.
pub(super) fn picture(content_type: &str, bytes: &[u8]) -> Option<Arc<[u8]>> {
    let may_be = content_type.starts_with("image/") || content_type == "application/octet-stream";
    (may_be && !bytes.is_empty() && bytes.len() <= LONGEST_PICTURE).then(|| Arc::from(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: =?utf-8?Q?B=C3=BCro?= <b@a.example>\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= an alle\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHallo Welt\r\n--x\r\n\
        Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Gr=FC=DFe von =\r\nhier</p>\r\n--x--\r\n";

    #[test]
    fn parts_are_decoded_and_lead_back() {
        for mail in [MAIL.to_owned(), MAIL.replace("\r\n", "\n")] {
            let message = parse("a.eml", &Source::raw("a.eml", mail.clone()));
            let subject = message.subject().expect("a subject");
            assert_eq!(subject.text(), "Grüße an alle");
            assert_eq!(subject.slice(8..15).place().to_string(), "a.eml:2:38");
            assert_eq!(message.bodies.len(), 2);
            assert_eq!(message.bodies[0].source().text().trim_end(), "Hallo Welt");
            let html = message.bodies[1].source();
            let at = html.text().find("hier").expect("hier");
            assert_eq!(html.span(at..at + 4).place().to_string(), "a.eml:15:1");
        }
    }

    #[test]
    fn pictures_inside_are_attachments() {
        let mail = "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<img src=cid:logo>\n--x\n\
            Content-Type: image/png\nContent-ID: <logo>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--x--\n";
        let message = parse("a.eml", &Source::raw("a.eml", mail));
        assert_eq!(message.attachments.len(), 1);
        assert_eq!(message.attachments[0].content_id.as_deref(), Some("logo"));
        assert_eq!(message.attachments[0].content_type, "image/png");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_parse(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            for body in parse("a.eml", &Source::raw("a.eml", bytes)).bodies {
                body.source().whole().place();
            }
        }
    }
}
