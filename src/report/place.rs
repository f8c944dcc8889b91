//! Where a finding stands, for machines: a path that counts from the folder of the run, and lines.

use crate::source::{Place, Span};
use serde::Serialize;
use std::fmt::Write as _;

/// A place in a file as code hosts want it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// The path, counted from the folder of the run, with `/` between folders.
    pub path: String,
    /// Where in the file; nothing if the draft stands in an archive, whose lines nobody can open.
    pub lines: Option<Place>,
}

impl Spot {
    /// The place of a span; `here` is the folder of the run.
    pub(super) fn of(span: &Span, here: &str) -> Self {
        let place = span.place();
        let path = relative(&place.path, here);
        match path.split_once("!/") {
            Some((archive, _)) => Self { path: archive.to_owned(), lines: None },
            None => Self { path, lines: Some(place) },
        }
    }

    /// The first line, counted from 1.
    pub(super) fn line(&self) -> usize {
        self.lines.as_ref().map_or(1, |place| place.line)
    }
}

/// Where something stands, on the wire.
#[derive(Debug, Serialize)]
pub(super) struct PlaceV1 {
    file: String,
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
}

impl PlaceV1 {
    pub(super) fn of(span: &Span) -> Self {
        let place = span.place();
        Self { file: place.path, line: place.line, column: place.column }
    }
}

/// A path without the folder of the run before it, and with `/` between folders.
pub(super) fn relative(path: &str, here: &str) -> String {
    let slashed = |path: &str| if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let (path, here) = (slashed(path), slashed(here));
    let below = (!here.is_empty()).then(|| path.strip_prefix(here.trim_end_matches('/'))?.strip_prefix('/')).flatten();
    let mut path = below.unwrap_or(&path);
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    if path == "-" { String::from("standard-input") } else { path.to_owned() }
}

/// A path as an address: every byte that could mean something else is written as `%2F` and the like.
pub(super) fn address(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_count_from_the_folder_of_the_run() {
        assert_eq!(relative("/builds/shop/mails/june.html", "/builds/shop"), "mails/june.html");
        assert_eq!(relative("././june.html", "/builds/shop"), "june.html");
        assert_eq!(relative("/builds/shopping/june.html", "/builds/shop"), "/builds/shopping/june.html");
        assert_eq!(relative("-", "/builds"), "standard-input");
    }

    #[test]
    fn an_address_has_nothing_in_it_that_acts() {
        assert_eq!(address("mails/10 % off?.html"), "mails/10%20%25%20off%3F.html");
        assert_eq!(address("/tmp/a:b.html"), "file:///tmp/a%3Ab.html");
        assert_eq!(address("grüße.html"), "gr%C3%BC%C3%9Fe.html");
    }
}
