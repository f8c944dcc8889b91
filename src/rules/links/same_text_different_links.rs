//! The same words over links to different pages.

use super::clicks::is_counter;
use super::group::{is_literal, place};
use crate::facts::{Link, LinkKind};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use std::collections::BTreeMap;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "same-text-different-links",
    severity: Severity::Note,
    summary: "The same words lead to different pages in one mail",
    repair: Repair::Redirect,
    page: include_str!("same_text_different_links.md"),
    check: Check::Draft(check),
};

/// Fewest words that say enough about a page to be meant for one only.
const FEWEST_WORDS: usize = 3;

/// Words with which captions of any page begin: "a blog post", "our shop".
const ARTICLES: [&str; 14] = ["a", "an", "our", "my", "his", "her", "their", "this", "that", "ein", "eine", "un", "une", "na"];

/// Words with which buttons begin that stand under many offers.
const BUTTONS: [&str; 22] = [
    "read", "learn", "shop", "view", "see", "get", "find", "more", "click", "download", "register", "sign", "buy", "book", "watch",
    "listen", "join", "order", "discover", "explore", "add", "mehr",
];

/// A link and the page that it leads to.
type Lead<'a> = (&'a Link, String);

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut by_text: BTreeMap<(Option<usize>, String), Vec<Lead<'_>>> = BTreeMap::new();
    for link in &context.facts.links {
        let Some(page) = Some(link).filter(|link| says_enough(&link.text)).and_then(page_of) else { continue };
        let links = by_text.entry((link.part, link.text.to_lowercase())).or_default();
        if links.iter().all(|(_, known)| *known != page) {
            links.push((link, page));
        }
    }
    // Three and more are a list with one caption, such as "Watch the recording" under every talk.
    let pairs = by_text.into_values().filter(|links| links.len() == 2);
    pairs.filter_map(|links| finding(&links)).collect()
}

fn finding(links: &[Lead<'_>]) -> Option<Finding> {
    let ((first, _), others) = links.split_first()?;
    let finding = Finding::new(place(first), format!("\"{}\" leads to different pages", first.text))
        .help("see whether both are meant; if so, let the words tell them apart");
    Some(others.iter().fold(finding, |finding, (link, _)| finding.related(place(link), "the same words, another page")))
}

/// The page that a link leads to, without what counts clicks: host and path.
fn page_of(link: &Link) -> Option<String> {
    let parts = link.page()?;
    let fits =
        link.kind == LinkKind::Anchor && is_literal(link) && !link.hidden && !link.outlook && !link.is_opt_out() && !is_counter(link);
    let (host, path) = (link.host()?.trim_start_matches("www."), parts.path.trim_end_matches('/'));
    let keys =
        parts.pairs().filter(|(key, _)| !key.starts_with("utm_")).fold(String::new(), |keys, (key, value)| format!("{keys}&{key}={value}"));
    // An address that hands another one on is somebody's counter.
    let hands_on = parts.query.is_some_and(|query| query.contains("http"));
    (fits && !hands_on).then(|| format!("{host}{path}{keys}"))
}

/// Whether words name one page, as headlines do and buttons do not.
fn says_enough(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.first().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).unwrap_or_default();
    words.len() >= FEWEST_WORDS
        && !BUTTONS.contains(&first.as_str())
        && !ARTICLES.contains(&first.as_str())
        && !text.contains("://")
        && !text.contains("www.")
}
