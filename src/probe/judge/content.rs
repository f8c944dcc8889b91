//! Pages that answer and are not what the mail promises: missing, sold out, ended, closed, parked.

use super::super::page::Page;
use super::phrases::{CART, CLOSED, ENDED, MISSING, PARKED, PARKING_HOSTS, SOLD_OUT};
use super::sentences::{CRASHES, GONE, LOST, OVER, SHUT, Sentence};
use crate::links::Hop;
use reqwest::header::HeaderMap;
use url::Url;

/// A text is short if it is shorter than this: about what a header and a footer need.
const SHORT: usize = 1500;

/// The phrase that a title or heading consists of, give or take a shop's name, a number or a word of regret.
pub(super) fn says<'a>(text: &str, phrases: &'a [&'a str]) -> Option<&'a str> {
    readings(text, |text| phrases.iter().find(|phrase| text.strip_prefix(**phrase).is_some_and(says_no_more)).copied())
}

/// Whether a title or heading is a sentence of a thing and what became of it: "this voucher" "has expired".
pub(super) fn tells(text: &str, sentence: &Sentence) -> bool {
    let fate = |rest: &str| sentence.fates.iter().any(|fate| rest.strip_prefix(*fate).is_some_and(says_no_more));
    let whole = |text: &str| {
        let mut rests = sentence.things.iter().filter_map(|thing| text.strip_prefix(*thing)?.strip_prefix(' '));
        rests.any(fate).then_some(())
    };
    readings(text, whole).is_some()
}

/// The first way to read a title that means something: as a whole or one of its parts, without words of regret before it.
fn readings<T>(text: &str, mut meant: impl FnMut(&str) -> Option<T>) -> Option<T> {
    let text = text.to_lowercase().replace(['’', '‘'], "'");
    let parts = text.split(['|', '–', '—', '·', '•', '»', '«']).flat_map(|part| part.split(" - ")).flat_map(|part| part.split(": "));
    parts.chain([text.as_str()]).find_map(|part| {
        let bare = part.trim_matches(|c: char| !c.is_alphanumeric()).trim();
        std::iter::successors(Some(bare), |text| without_regret(text)).find_map(&mut meant)
    })
}

/// A text without its first word, if that is one of those that stand before the phrase proper.
fn without_regret(text: &str) -> Option<&str> {
    let words = [
        "404",
        "500",
        "502",
        "503",
        "http",
        "error",
        "oops",
        "we're sorry",
        "we are sorry",
        "sorry",
        "whoops",
        "ups",
        "hoppla",
        "uh oh",
        "oh no",
        "hmm",
        "unfortunately",
        "it looks like",
        "looks like",
        "but ",
        "the ",
        "this ",
        "that ",
    ];
    words.iter().find_map(|word| text.strip_prefix(word)).map(|rest| rest.trim_start_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether what follows a phrase adds nothing to it.
fn says_no_more(rest: &str) -> bool {
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    !rest.starts_with(char::is_alphanumeric) && words.all(|word| TAIL.contains(&word))
}

/// Words behind a phrase that add nothing to it: "… you're looking for".
const TAIL: [&str; 16] = [
    "404",
    "error",
    "sorry",
    "now",
    "anymore",
    "any",
    "longer",
    "more",
    "you",
    "re",
    "are",
    "were",
    "looking",
    "for",
    "requested",
    "anywhere",
];

/// "Not found" with status 200: the phrase or the theme's own mark, and a second sign beside it.
pub(super) fn missing(hops: &[Hop], url: &Url, page: &Page) -> Option<String> {
    if url.path() == "/" {
        return None;
    }
    if let Some(words) = error_address(hops, url) {
        return Some(words);
    }
    let is_missing = |words: &str| says(words, MISSING).is_some() || tells(words, &LOST);
    let title = is_missing(&page.title).then(|| format!("its title says “{}”", page.title));
    let heading = is_missing(&page.heading).then(|| format!("its heading says “{}”", page.heading));
    let marks = ["error404", "error-404", "page-404", "template-404", "page-not-found", "template-not-found", "not-found", "notfound"];
    let classes: Vec<&str> = page.body_class.split_whitespace().collect();
    let class = marks.iter().find(|mark| classes.contains(*mark)).map(|mark| format!("its code calls it “{mark}”"));
    let elsewhere = page.canonical.as_deref().and_then(|canonical| url.join(canonical).ok()).filter(|canonical| {
        let path = canonical.path().trim_end_matches('/');
        path.is_empty() || path.contains("404") || path.contains("not-found")
    });
    let mut signs: Vec<String> = [class, title, heading].into_iter().flatten().collect();
    let first = signs.first()?.clone();
    signs.extend(page.noindex.then(|| "it hides from search engines".into()));
    signs.extend((page.text_len < SHORT).then(|| "it holds hardly any text".into()));
    signs.extend(elsewhere.map(|url| format!("it gives {url} as its real address")));
    let second = signs.get(1)?;
    Some(format!("it answers as if all were well, but {first}, and {second}"))
}

/// A redirect to an address that calls itself an error.
fn error_address(hops: &[Hop], url: &Url) -> Option<String> {
    let names = [
        "404",
        "error",
        "errors",
        "not-found",
        "notfound",
        "page-not-found",
        "pagenotfound",
        "not_found",
        "error404",
        "errorpage",
        "error-page",
        "500",
    ];
    let segments: Vec<String> = url.path_segments()?.map(|segment| segment.split('.').next().unwrap_or(segment).to_lowercase()).collect();
    let name = segments.iter().find(|segment| names.contains(&segment.as_str()))?;
    let before = Url::parse(&hops.first()?.url).ok()?;
    let moved = hops.len() > 1 && !before.path().to_lowercase().contains(name.as_str());
    moved.then(|| format!("it answers as if all were well, but leads to an error page ({})", url.path()))
}

/// Sold out, by the data a shop gives search engines, by its own button, or in so many words.
pub(super) fn sold_out(page: &Page) -> Option<String> {
    let mut offers = page.availability.clone();
    for data in &page.json_ld {
        if let Ok(value) = serde_json::from_str(data) {
            collect(&value, &mut offers);
        }
    }
    let gone = |offer: &String| {
        let bare: String = offer.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        bare == "oos" || ["outofstock", "soldout", "discontinued"].iter().any(|word| bare.ends_with(word))
    };
    if !offers.is_empty() {
        // One variant that can be bought is enough.
        return offers.iter().all(gone).then(|| {
            let word = offers.first().and_then(|offer| offer.rsplit('/').next()).unwrap_or_default();
            format!("the product is sold out, by the data the shop gives search engines ({word})")
        });
    }
    let dead = page.dead_buttons.iter().find(|text| says(text, SOLD_OUT).is_some());
    let buyable = page.live_buttons.iter().any(|text| says(text, CART).is_some());
    if let Some(text) = dead.filter(|_| !buyable) {
        return Some(format!("the product is sold out: its button says “{text}” and cannot be pressed"));
    }
    spoken(page, SOLD_OUT, &GONE).map(|words| format!("the product cannot be bought: {words}"))
}

/// All values of `availability`, however deep; the reader of JSON bounds the depth.
fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_str() {
                    Some(text) if key == "availability" => found.push(text.to_owned()),
                    _ => collect(value, found),
                }
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// A sale, an offer or an event that is over.
pub(super) fn ended(page: &Page) -> Option<String> {
    if let Some(words) = spoken(page, ENDED, &OVER) {
        return Some(format!("the offer is over: {words}"));
    }
    let text = page.text.to_lowercase().replace('’', "'");
    let phrase = ENDED.iter().find(|phrase| page.text_len < SHORT && text.contains(**phrase))?;
    Some(format!("the offer is over: the page says “{phrase}”"))
}

/// An error page, a building site or a fresh server's greeting.
pub(super) fn closed(page: &Page) -> Option<String> {
    if page.text_len > 2 * SHORT {
        return None;
    }
    if let Some(words) = spoken(page, CLOSED, &SHUT) {
        return Some(format!("there is no working page: {words}"));
    }
    let text = page.text.to_lowercase().replace(" :", ":");
    let crash = CRASHES.iter().find(|crash| page.text_len < SHORT && text.contains(**crash))?;
    Some(format!("there is no working page: it says “{crash}”"))
}

fn spoken(page: &Page, phrases: &[&str], sentence: &Sentence) -> Option<String> {
    let told = |words: &str| says(words, phrases).is_some() || tells(words, sentence);
    let title = told(&page.title).then(|| format!("its title says “{}”", page.title));
    title.or_else(|| told(&page.heading).then(|| format!("its heading says “{}”", page.heading)))
}

/// A domain that is parked or for sale.
pub(super) fn parked(url: &Url, headers: &HeaderMap, page: Option<&Page>) -> Option<String> {
    let known = |host: &str| PARKING_HOSTS.iter().find(|known| host == **known || host.ends_with(&format!(".{known}")));
    // The brokers' own front pages are ordinary pages; a link that ends deeper is a domain of theirs.
    if let Some(host) = url.host_str().and_then(known).filter(|_| url.path() != "/" || url.query().is_some()) {
        return Some(format!("the domain is parked or for sale: it leads to {host}"));
    }
    if headers.contains_key("x-adblock-key") {
        return Some("the domain is parked: its answer carries the mark of parked domains (X-Adblock-Key)".into());
    }
    let page = page?;
    let source =
        page.sources.iter().filter_map(|source| url.join(source).ok()).find_map(|source| source.host_str().and_then(known).copied());
    if let Some(host) = source.filter(|_| page.text_len < 2 * SHORT) {
        return Some(format!("the domain is parked or for sale: its content comes from {host}"));
    }
    let text = format!("{} {}", page.title, page.text).to_lowercase();
    let phrase = PARKED.iter().find(|phrase| page.text_len < SHORT && text.contains(**phrase))?;
    Some(format!("the domain is parked or for sale: the page says “{phrase}”"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_and_articles_about_them_are_not() {
        for title in [
            "Page not found | Lampenhaus",
            "404 – Page Not Found",
            "Oops! Page not found.",
            "Lampenhaus - Seite nicht gefunden",
            "404",
            "Error 404 (Not Found)",
            "Sorry, this page isn’t available",
            "Pagina niet gevonden",
            "お探しのページは見つかりません。",
            "404 Not Found",
            "The page you requested was not found",
        ] {
            assert!(says(title, MISSING).is_some(), "{title}");
        }
        for title in
            ["This page has been moved or deleted", "Sorry, this link is no longer valid.", "The page you requested cannot be found"]
        {
            assert!(tells(title, &LOST) || says(title, MISSING).is_some(), "{title}");
        }
        assert!(tells("This voucher has expired", &OVER) && tells("Lampenhaus | Registration is closed", &OVER));
        assert!(!tells("This voucher has expired? Your rights", &OVER) && !tells("The job has been filled with joy", &OVER));
        for title in [
            "Lost and not found: a story",
            "How to fix page not found errors on your site",
            "Peugeot 404 – a history",
            "404 ideas for lamps",
            "Notfound Records",
        ] {
            assert_eq!(says(title, MISSING), None, "{title}");
        }
        assert!(says("This sale has ended!", ENDED).is_some());
        assert_eq!(says("The sale is over here: all lamps reduced", ENDED), None);
    }
}
