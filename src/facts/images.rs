//! Images: what they show, what stands for them, how large they are meant to be.

use crate::source::Span;

/// One image of an HTML or Markdown body.
#[derive(Debug, Clone)]
pub struct Image {
    /// Where it is fetched from, trimmed; nothing if the tag has no source.
    pub source: Option<String>,
    /// The place of the source, or of the tag if there is none.
    pub span: Span,
    /// The whole tag.
    pub tag: Span,
    /// The text that stands for it.
    pub alt: Option<String>,
    /// Width and height in pixels, as written.
    pub size: (Option<u32>, Option<u32>),
    /// The index of the link around it.
    pub link: Option<usize>,
}

impl Image {
    /// The address from which it is fetched, if it is one on the web.
    pub fn web_source(&self) -> Option<&str> {
        let is_web = |source: &&str| source.starts_with("http://") || source.starts_with("https://");
        self.source.as_deref().filter(is_web)
    }
}
