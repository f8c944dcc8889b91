//! The drafts of a file: most files are one, an mbox or an archive holds many.

use super::html::Html;
use super::kind::{self, File};
use super::{Attachment, Body, Header, Kind, LONGEST_ARCHIVE, LONGEST_BODY, LONGEST_DRAFT, Message, Pictures, Unread};
use super::{archive, cut, eml, emlx, front_matter, mbox, mjml, outlook, templates, views};
use crate::error::Error;
use crate::source::Source;
use std::sync::Arc;

/// One draft of a file, not yet parsed, so that a file of a thousand mails need not be a thousand trees at once.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What people call it: the file, or the file and the one draft in it (`archive.mbox#3`, `export.zip!/index.html`).
    pub name: String,
    /// Its text, or what stands in its place.
    pub(super) content: Content,
    /// Headers that stand beside it: in the table of an export, in the JSON of a template.
    pub(super) headers: Vec<Header>,
    /// The files of the archive that it came in.
    pub(super) files: Arc<[String]>,
    /// The pictures among them.
    pub(super) pictures: Pictures,
    /// What was left unread on the way to it.
    pub(super) unread: Vec<Unread>,
}

/// What a draft is made of.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// A mail with its headers.
    Mail(Arc<Source>),
    /// One text of a kind that is text.
    Text(Kind, Arc<Source>),
    /// Bodies that some program has taken apart already.
    Parts(Parts),
    /// A draft that is there and cannot be read.
    Broken(Error),
}

/// Bodies that some program has taken apart already.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    /// The file.
    pub(super) source: Arc<Source>,
    /// What kind of file.
    pub(super) kind: Kind,
    /// The bodies, each with its markup.
    pub(super) bodies: Vec<(Kind, Arc<Source>)>,
    /// What else is there.
    pub(super) attachments: Vec<Attachment>,
}

impl Draft {
    pub(super) fn new(name: impl Into<String>, content: Content) -> Self {
        Self { name: name.into(), content, headers: Vec::new(), files: Arc::from([]), pictures: Pictures::default(), unread: Vec::new() }
    }

    /// Parses it.
    ///
    /// # Errors
    /// A draft that is there and cannot be read: locked with a password, too large, cut off in the middle, MJML with an
    /// element that is not closed.
    pub fn parse(&self) -> Result<Message, Error> {
        let mut message = match &self.content {
            Content::Mail(source) => eml::parse(&self.name, source),
            Content::Text(kind, source) => parse_text(&self.name, *kind, source)?,
            Content::Parts(parts) => parse_parts(&self.name, parts)?,
            Content::Broken(error) => return Err(error.clone()),
        };
        if let Some(error) = cut::cut_off(&message) {
            return Err(error);
        }
        message.headers.splice(0..0, self.headers.iter().cloned());
        message.files = Arc::clone(&self.files);
        message.pictures = Arc::clone(&self.pictures);
        message.unread.splice(0..0, self.unread.iter().cloned());
        Ok(message)
    }
}

/// Parses a draft that is one text, with or without front matter.
fn parse_text(name: &str, kind: Kind, source: &Arc<Source>) -> Result<Message, Error> {
    let mut message = Message::bare(name, source, kind);
    if source.bytes().len() > LONGEST_BODY {
        return Err(Error::in_file(name, format!("this draft is longer than {} MB", LONGEST_BODY >> 20))
            .help("check that it is the draft and not a list; move pictures written into it to a web server"));
    }
    let (headers, body) = front_matter::split(source, kind == Kind::Markdown);
    message.headers = headers;
    match kind {
        Kind::Text => message.bodies.push(Body::Text(body)),
        Kind::Markdown => message.bodies.push(Body::Markdown(body)),
        // Front matter before HTML (Maizzle, Jekyll) is blanked out in the eyes of the parser by starting behind it.
        _ => add_markup(&mut message, kind, front_matter::without(source, &body))?,
    }
    Ok(message)
}

fn parse_parts(name: &str, parts: &Parts) -> Result<Message, Error> {
    let mut message = Message::bare(name, &parts.source, parts.kind);
    message.attachments.clone_from(&parts.attachments);
    for (kind, source) in &parts.bodies {
        if message.is_too_long(source.part().unwrap_or("body"), &source.whole()) {
            continue;
        }
        match kind {
            Kind::Text => message.bodies.push(Body::Text(source.whole())),
            Kind::Markdown => message.bodies.push(Body::Markdown(source.whole())),
            _ => add_markup(&mut message, *kind, Arc::clone(source))?,
        }
    }
    Ok(message)
}

/// Adds HTML, or MJML after trying to compile it.
fn add_markup(message: &mut Message, kind: Kind, source: Arc<Source>) -> Result<(), Error> {
    if kind == Kind::Mjml {
        match mjml::compile(&source)? {
            Ok(size) => message.compiled = Some(size),
            Err(why) => message.unread.push(Unread {
                what: String::from("the HTML that this MJML becomes"),
                why: format!("it could not be compiled: {why}"),
                remedy: Some(String::from("compile it with your own MJML and check the HTML as well")),
            }),
        }
    }
    message.bodies.push(Body::Html(Html::parse(source)));
    Ok(())
}

/// The drafts of a file; never none. `name` is how the person named the file; what it is, its content says first.
///
/// # Errors
/// A file that is empty, binary or too large, an archive that is broken or holds no draft, a JSON that holds no draft.
pub fn open(name: &str, bytes: Vec<u8>) -> Result<Vec<Draft>, Error> {
    let file = kind::recognise(name, &bytes)?;
    let longest = if matches!(file, File::Zip | File::Mbox) { LONGEST_ARCHIVE } else { LONGEST_DRAFT };
    if bytes.len() as u64 > longest {
        return Err(Error::in_file(name, format!("this file is larger than {} MB", longest >> 20))
            .help("check that it is the draft and not an archive or a list; move large pictures to a web server"));
    }
    match file {
        File::Zip => archive::open(name, &bytes),
        _ => open_single(name, file, bytes),
    }
}

/// The drafts of a file that is no archive.
pub(super) fn open_single(name: &str, file: File, bytes: Vec<u8>) -> Result<Vec<Draft>, Error> {
    let one = |content| Ok(vec![Draft::new(name, content)]);
    match file {
        File::Draft(Kind::Mail) => one(Content::Mail(Source::raw(name, bytes))),
        File::Draft(kind) => one(Content::Text(kind, Source::file(name, kind::decode_file(bytes)))),
        File::Emlx => Ok(vec![emlx::open(name, bytes)]),
        File::Mbox => Ok(mbox::open(&Source::raw(name, bytes))),
        File::Json => templates::open(&Source::file(name, kind::decode_file(bytes))),
        File::Outlook => outlook::open(name, bytes).map(|draft| vec![draft]),
        File::Zip => Err(Error::in_file(name, "an archive inside an archive is not opened").help("unpack it and name the draft in it")),
    }
}

/// Whether a file that was met on a search through a folder is HTML of a site and no mail: a program runs in it that lies beside
/// it.
pub fn is_web_page(name: &str, bytes: &[u8]) -> bool {
    let is_html = || matches!(kind::recognise(name, bytes), Ok(File::Draft(Kind::Html)));
    views::may_be_page(bytes) && is_html() && views::is_page(&kind::decode_file(bytes.to_vec()))
}

/// Whether a file that was met on a search through a folder is meant: a JSON, an archive or a file of a template language
/// there is mostly something else.
pub fn is_worth_opening(name: &str, bytes: &[u8]) -> bool {
    if views::is_view_name(name) {
        return views::is_mail(name, &kind::decode_file(bytes.to_vec()));
    }
    match kind::recognise(name, bytes) {
        Ok(File::Json) => templates::open(&Source::file(name, kind::decode_file(bytes.to_vec()))).is_ok(),
        Ok(File::Zip) => archive::is_worth_opening(bytes),
        _ => !kind::is_json_name(name),
    }
}
