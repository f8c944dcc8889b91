//! A draft, parsed: its headers and its bodies, each with the way back to the file.

mod cut;
mod decode;
mod eml;
mod front_matter;
pub mod html;
mod header;
mod kind;

pub use kind::Kind;

use crate::error::Error;
use crate::source::{Source, Span};
use html::Html;
use std::sync::Arc;

/// Longest draft that is read, in bytes. Gmail cuts a mail at 102 KB; with pictures inside, 25 MB is what providers take.
pub const LONGEST_DRAFT: u64 = 50 * 1024 * 1024;

/// A draft, parsed.
#[derive(Debug)]
pub struct Message {
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
    /// Its decoded size in bytes.
    pub size: usize,
}

impl Message {
    /// Parses a draft. `name` is how the person named the file; the kind is recognised by content first.
    ///
    /// # Errors
    /// A file that is empty, binary or too large, or that ends in the middle.
    pub fn parse(name: &str, bytes: Vec<u8>) -> Result<Self, Error> {
        if bytes.len() as u64 > LONGEST_DRAFT {
            return Err(Error::in_file(name, format!("this draft is larger than {} MB", LONGEST_DRAFT >> 20))
                .help("check that it is the draft and not an archive or a list; move large pictures to a web server"));
        }
        let message = match kind::recognise(name, &bytes)? {
            Kind::Mail => eml::parse(&Source::raw(name, bytes)),
            kind => Self::parse_text(kind, &Source::file(name, kind::decode_file(bytes))),
        };
        cut::cut_off(&message).map_or(Ok(message), Err)
    }

    /// Parses a draft that is one text.
    fn parse_text(kind: Kind, source: &Arc<Source>) -> Self {
        let (headers, body) = front_matter::split(source);
        let body = match kind {
            Kind::Text => Body::Text(body),
            Kind::Markdown => Body::Markdown(body),
            // Front matter before HTML (Maizzle, Jekyll) is blanked out in the eyes of the parser by starting behind it.
            Kind::Html | Kind::Mjml | Kind::Mail => Body::Html(Html::parse(front_matter::without(source, &body))),
        };
        Self { source: Arc::clone(source), kind, headers, bodies: vec![body], attachments: Vec::new() }
    }

    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&Span> {
        self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name)).map(|header| &header.value)
    }

    /// The subject line.
    pub fn subject(&self) -> Option<&Span> {
        self.header("Subject")
    }

    /// Whether the mail has been sent by a server: then nothing in it is waiting to be filled in.
    pub fn has_travelled(&self) -> bool {
        self.kind == Kind::Mail
            && ["Received", "Return-Path", "DKIM-Signature", "Delivered-To"].iter().any(|name| self.header(name).is_some())
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
