//! Where a link leads, as far as that can be compared between two drafts.

use crate::facts::{Link, LinkKind};
use crate::rules::links::clicks::is_counter;
use crate::rules::links::group::is_literal;

/// Links to pages that readers see and click, and whose addresses tell where they lead.
pub(super) fn clickable(links: &[Link]) -> impl Iterator<Item = &Link> {
    let is_clickable = |link: &&Link| {
        matches!(link.kind, LinkKind::Anchor | LinkKind::Area) && !link.hidden && !link.outlook && link.page().is_some() && is_literal(link)
    };
    links.iter().filter(is_clickable).filter(|link| !link.is_opt_out() && !is_counter(link))
}

/// Host and path, without `www.` and a slash at the end: queries and what is behind `#` differ with tracking.
pub(super) fn page(link: &Link) -> Option<String> {
    let (page, host) = (link.page()?, link.host()?);
    let host = host.strip_prefix("www.").unwrap_or(host);
    Some(format!("{host}{}", page.path.trim_end_matches('/').to_lowercase()))
}

/// The same without what names a language: `de.shop.example/x`, `shop.example/de-at/x` and `shop.de/x` are one page.
pub(super) fn page_in_any_language(link: &Link) -> Option<String> {
    let (page, site) = (link.page()?, link.site()?);
    let name = site.split('.').next()?;
    let parts = page.segments().map(str::to_lowercase).filter(|part| !part.is_empty() && !is_language(part));
    Some(parts.fold(name.to_owned(), |page, part| page + "/" + part.trim_end_matches(".html")))
}

/// `de`, `de-at`, `pt_br`.
fn is_language(part: &str) -> bool {
    let letters = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    match part.split_once(['-', '_']) {
        Some((language, country)) => letters(language) && letters(country),
        None => letters(part),
    }
}

/// The words of a link as they can be compared: letters and digits, lower case.
pub(super) fn words(link: &Link) -> String {
    let words: Vec<String> =
        link.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}
