//! A draft, parsed: its headers and its bodies, each with the way back to the file.

mod archive;
mod cut;
mod decode;
mod draft;
mod eml;
mod emlx;
mod front_matter;
mod header;
pub mod html;
mod inside;
mod issued;
mod kind;
mod mbox;
mod mjml;
mod names;
mod outlook;
mod templates;
mod views;

pub use draft::{Draft, is_web_page, is_worth_opening, open};
pub use inside::Inside;
pub use kind::Kind;
pub use names::{is_doubtful_name, is_draft_name};

use crate::error::Error;
use crate::source::{Source, Span};
use html::Html;
use jiff::Zoned;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Longest draft that is read, in bytes. Gmail cuts a mail at 102 KB; with pictures inside, 25 MB is what providers take.
pub const LONGEST_DRAFT: u64 = 50 * 1024 * 1024;

/// Longest body that is read, in bytes as it stands in the file: a mail of a hundred times the length at which Gmail cuts.
const LONGEST_BODY: usize = 16 * 1024 * 1024;

/// Longest file of many drafts that is read, in bytes: a ZIP archive with its pictures, an mbox.
pub const LONGEST_ARCHIVE: u64 = 256 * 1024 * 1024;

/// Pictures by their paths.
pub type Pictures = Arc<BTreeMap<String, Arc<[u8]>>>;

/// A draft, parsed.
#[derive(Debug)]
pub struct Message {
    /// What people call it: the file, or the file and the one draft in it (`archive.mbox#3`, `export.zip!/index.html`).
    pub name: String,
    /// The file.
    pub source: Arc<Source>,
    /// What kind of file it is.
    pub kind: Kind,
    /// Headers in their order, decoded; for Markdown those that its front matter gives.
    pub headers: Vec<Header>,
    /// The bodies that a reader may see, in their order.
    pub bodies: Vec<Body>,
    /// What else the mail carries.
    pub attachments: Vec<Attachment>,
    /// What programs that know AMP show in place of the HTML part: `text/x-amp-html`.
    pub amp: Vec<Html>,
    /// The texts of the invitations among the attachments: `text/calendar`.
    pub invitations: Vec<Span>,
    /// The files of the archive that it came in, by their paths; empty if it came in none.
    pub files: Arc<[String]>,
    /// The pictures among them, as far as they are small enough to be looked at.
    pub pictures: Pictures,
    /// What could not be read, and therefore is not checked.
    pub unread: Vec<Unread>,
    /// The size of the HTML that an MJML draft becomes, in bytes, where it could be compiled.
    pub compiled: Option<usize>,
}

/// A part of a draft that could not be read, so that nothing is checked in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Which part, with its place: "the text part (mail.eml:12:1)".
    pub what: String,
    /// Why not.
    pub why: String,
    /// What to do, as an imperative.
    pub remedy: Option<String>,
}

/// One header.
#[derive(Debug, Clone)]
pub struct Header {
    /// Its name as written.
    pub name: String,
    /// Its value, decoded and unfolded.
    pub value: Span,
}

/// One body.
#[derive(Debug)]
pub enum Body {
    /// HTML, MJML too.
    Html(Html),
    /// Plain text.
    Text(Span),
    /// Markdown, without its front matter.
    Markdown(Span),
}

/// A part that is not shown as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its file name, if it has one.
    pub name: Option<String>,
    /// Its content type, lower case: `image/png`.
    pub content_type: String,
    /// Its Content-ID without the angle brackets, by which HTML can show it.
    pub content_id: Option<String>,
    /// Its Content-Location, by which a saved web page shows it.
    pub location: Option<String>,
    /// Its decoded size in bytes.
    pub size: usize,
    /// Its bytes, of a picture that is not too long to be looked at.
    pub content: Option<Arc<[u8]>>,
}

impl Message {
    /// Parses a file that holds one draft; of several, the first. [`open`] gives them all.
    ///
    /// # Errors
    /// A file that is empty, too large or holds no draft, or a draft that cannot be read.
    pub fn parse(name: &str, bytes: Vec<u8>) -> Result<Self, Error> {
        let drafts = open(name, bytes)?;
        drafts.first().ok_or_else(|| Error::in_file(name, "this file holds no draft").help("name another file"))?.parse()
    }

    /// A draft of which nothing is known but where it comes from.
    fn bare(name: &str, source: &Arc<Source>, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            source: Arc::clone(source),
            kind,
            headers: Vec::new(),
            bodies: Vec::new(),
            attachments: Vec::new(),
            amp: Vec::new(),
            invitations: Vec::new(),
            files: Arc::from([]),
            pictures: Pictures::default(),
            unread: Vec::new(),
            compiled: None,
        }
    }

    /// Lists a body that is too long for any mail as unread, at its place; says whether it is.
    fn is_too_long(&mut self, what: &str, place: &Span) -> bool {
        let is_too_long = place.end - place.start > LONGEST_BODY;
        if is_too_long {
            self.unread.push(Unread {
                what: format!("the {what} ({})", place.slice(0..0).place()),
                why: format!("it is longer than {} MB", LONGEST_BODY >> 20),
                remedy: Some(String::from("check that it is the mail; move pictures written into the HTML to a web server")),
            });
        }
        is_too_long
    }

    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&Span> {
        self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name)).map(|header| &header.value)
    }

    /// The languages that it says it is in, as tags: `lang` of the HTML, the header Content-Language, `lang` of front matter.
    pub fn languages(&self) -> impl Iterator<Item = String> {
        let in_bodies = self.bodies.iter().filter_map(|body| match body {
            Body::Html(html) => html.language(),
            _ => None,
        });
        in_bodies.chain(self.header("Content-Language").map(|tag| tag.text().trim().to_owned()))
    }

    /// The subject line.
    pub fn subject(&self) -> Option<&Span> {
        self.header("Subject")
    }

    /// Whether the mail has been sent by a server: then nothing in it is waiting to be filled in.
    pub fn has_travelled(&self) -> bool {
        matches!(self.kind, Kind::Mail | Kind::Outlook)
            && ["Received", "Return-Path", "DKIM-Signature", "Delivered-To"].iter().any(|name| self.header(name).is_some())
    }
}

impl Message {
    /// When a mail that has travelled was sent, by its Date header, in the sender's own offset.
    pub fn sent_at(&self) -> Option<Zoned> {
        let date = self.header("Date").filter(|_| self.has_travelled())?;
        jiff::fmt::rfc2822::parse(date.text().trim()).ok()
    }
}

impl Body {
    /// The whole body in its source.
    pub fn whole(&self) -> Span {
        match self {
            Self::Html(html) => html.source().whole(),
            Self::Text(span) | Self::Markdown(span) => span.clone(),
        }
    }

    /// Whether it is HTML.
    pub fn is_html(&self) -> bool {
        matches!(self, Self::Html(_))
    }

    /// The text that this body was parsed from.
    pub fn source(&self) -> &Arc<Source> {
        match self {
            Self::Html(html) => html.source(),
            Self::Text(span) | Self::Markdown(span) => &span.source,
        }
    }
}
