//! Which pictures of a mail can still be swapped once it is sent, and which cannot.

use crate::facts::Facts;
use crate::links::{masked, merge_tag};
use std::collections::BTreeSet;

/// How much of an address that holds its picture itself is shown.
const LONGEST_DATA: usize = 40;

/// The pictures of a draft by where they are, each address once; spacers and counters too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pictures {
    /// On a web server: another file can be put under the same address. Tokens and people are masked.
    pub hosted: BTreeSet<String>,
    /// In the mail itself, by `cid:`, `data:` or Content-Location: it goes out with the mail.
    pub inside: BTreeSet<String>,
}

impl Pictures {
    /// The pictures of a draft. Those whose address a merge tag fills in are hosted if their address begins like one.
    pub(super) fn of(facts: &Facts) -> Self {
        let mut pictures = Self::default();
        for image in &facts.images {
            let Some(source) = image.source.as_deref().filter(|source| !source.is_empty()) else { continue };
            if image.web_source().is_some() && (image.file.is_none() || merge_tag(source).is_some()) {
                pictures.hosted.insert(masked(source));
            } else if image.is_inside() {
                pictures.inside.insert(shortened(source));
            }
        }
        pictures
    }

    /// The same in half a line; nothing where there are no pictures.
    pub(super) fn sentence(&self) -> Option<String> {
        match (self.hosted.len(), self.inside.len()) {
            (0, 0) => None,
            (hosted, 0) => Some(format!("{hosted} hosted, which can be swapped after the send")),
            (0, inside) => Some(format!("{inside} inside the mail, which cannot be swapped after the send")),
            (hosted, inside) => {
                Some(format!("{hosted} hosted, which can be swapped after the send; {inside} inside the mail, which cannot"))
            }
        }
    }
}

fn shortened(source: &str) -> String {
    if !source.starts_with("data:") || source.chars().count() <= LONGEST_DATA {
        return source.to_owned();
    }
    source.chars().take(LONGEST_DATA).chain(['…']).collect()
}
