//! Addresses that begin where `<base href>` says.

use super::{Image, Link};
use url::Url;

/// Endings of pages, by which a path without a slash is told from a site without its scheme.
const PAGES: [&str; 7] = [".html", ".htm", ".php", ".asp", ".aspx", ".jsp", ".pdf"];

/// Writes paths out in full, as a browser reads them. What may be a slip (`shop.example`, `#`, a merge tag) stays as it is.
pub(super) fn settle(base: &Url, links: &mut [Link], images: &mut [Image]) {
    for link in links {
        if let Some(full) = is_path(&link.href).then(|| base.join(&link.href).ok()).flatten() {
            link.href = full.into();
            (link.url, link.plain_page, link.characters) = Default::default();
        }
    }
    for image in images {
        (image.url, image.spacer) = Default::default();
        let Some(source) = &mut image.source else { continue };
        let is_bare = !source.contains(':') && source.contains('.') && !has_tag(source) && !source.starts_with('#');
        if let Some(full) = (is_bare || is_path(source)).then(|| base.join(source).ok()).flatten() {
            *source = full.into();
        }
    }
}

fn has_tag(address: &str) -> bool {
    address.contains(['{', '[', '<', '$', '*', '\\']) || address.contains("%%")
}

fn is_path(address: &str) -> bool {
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    let page = || PAGES.iter().any(|ending| head.to_ascii_lowercase().ends_with(ending));
    let is_word = head.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let leads_on = address.starts_with(['/', '.', '?']) || is_word && address.contains('/') || page();
    leads_on && !head.contains([':', '@']) && !has_tag(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_from_a_slip() {
        for path in ["/a", "a/b", "./a", "../a", "?a=b", "//shop.example/a", "about.html", "about.html?x#y"] {
            assert!(is_path(path), "{path}");
        }
        for other in [
            "",
            "#",
            "#a",
            "a",
            "url",
            "shop.example",
            "www.shop.example/a",
            "ann@shop.example",
            "/{{ a }}",
            "mailto:a",
            "https://a.example/",
            "%%a%%/b",
            "tel:1/2",
        ] {
            assert!(!is_path(other), "{other}");
        }
    }
}
