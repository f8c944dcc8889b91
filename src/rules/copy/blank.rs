//! Whether a reader sees anything of an element.

use scraper::ElementRef;

/// Whether an element has neither words nor anything that is seen without.
pub(super) fn is_blank(element: ElementRef<'_>) -> bool {
    let says = element.text().any(|text| !text.trim_matches(|c: char| c.is_whitespace() || BLANKS.contains(&c)).is_empty());
    !says && !element.descendants().filter_map(ElementRef::wrap).any(|inside| is_seen(inside.value().name()))
}

/// Whether an element is seen without words.
pub(super) fn is_seen(name: &str) -> bool {
    SEEN.contains(&name)
}

/// Characters that leave a place blank.
const BLANKS: [char; 5] = ['\u{a0}', '\u{200b}', '\u{200c}', '\u{feff}', '\u{ad}'];

const SEEN: [&str; 16] = [
    "img",
    "svg",
    "hr",
    "input",
    "video",
    "i",
    "canvas",
    "object",
    "iframe",
    "mj-image",
    "mj-include",
    "mj-raw",
    "amp-img",
    "picture",
    "v:rect",
    "v:roundrect",
];
