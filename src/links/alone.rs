//! Which addresses are never asked, and why: opening them would do something, tell on a person, or say nothing.

use super::words::{ACTION_KEYS, ACTIONS, CARTS, COUNTERS, Counter, LEAVING, OPENS, PREFERENCES, WALLED};
use crate::facts::{Characters, TAG_SIGNS};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use url::{Host, Url};

/// Why an address is left alone, as a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alone {
    /// It takes a person off a list, or shows their settings.
    Unsubscribe,
    /// Opening it does something: confirm, vote, reply to an invitation, fill a cart.
    Action,
    /// It counts an open or a click for one person.
    Tracking,
    /// It is no web address: `mailto:`, `tel:`, an app.
    Scheme,
    /// It holds a merge tag and is complete only when the mail goes out.
    MergeTag,
    /// The site answers programs with a wall, whatever the page: a person has to look.
    Walled,
    /// It cannot be read as an address.
    Malformed,
    /// The user wants it left alone.
    Skipped,
}

/// Why an address is left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftAlone {
    /// The kind of reason.
    pub kind: Alone,
    /// The reason in plain words, with the evidence.
    pub reason: String,
}

impl LeftAlone {
    /// A reason of a kind, for callers who know more than the address tells: that it stands in List-Unsubscribe, say.
    pub fn new(kind: Alone, reason: impl Into<String>) -> Self {
        Self { kind, reason: reason.into() }
    }
}

/// Says why an address must not be asked, judging by the address alone; nothing if it may be asked.
///
/// It errs on the side of leaving alone: an address that was not asked is listed, one that was opened cannot be closed.
pub fn left_alone(address: &str) -> Option<LeftAlone> {
    let address = address.trim();
    if let Some(tag) = merge_tag(address) {
        return Some(LeftAlone::new(Alone::MergeTag, format!("it holds the merge tag {tag}, which is filled in when the mail goes out")));
    }
    let Ok(url) = Url::parse(address) else {
        return Some(LeftAlone::new(Alone::Malformed, "it cannot be read as a web address"));
    };
    if !matches!(url.scheme(), "http" | "https") {
        return Some(LeftAlone::new(Alone::Scheme, scheme_words(url.scheme())));
    }
    let host = match url.host() {
        Some(Host::Domain(host)) => host.trim_end_matches('.').to_lowercase(),
        _ => String::new(),
    };
    counter(&host, &url).or_else(|| by_path(&url)).or_else(|| by_query(&url)).or_else(|| walled(&host))
}

fn scheme_words(scheme: &str) -> String {
    match scheme {
        "mailto" => "it opens the mail program; there is no page to ask".into(),
        "tel" | "callto" => "it dials a telephone number; there is no page to ask".into(),
        "sms" | "smsto" | "whatsapp" => "it writes a message; there is no page to ask".into(),
        "cid" => "it is a picture inside the mail".into(),
        "data" => "its content stands in the address itself".into(),
        "file" => "it is a file on one computer".into(),
        "javascript" => "it is a script, which mail programs remove".into(),
        other => format!("it opens an app ({other}:); there is no page to ask"),
    }
}

/// The first merge tag of an address in any of the common dialects, percent-encoded or not.
pub fn merge_tag(address: &str) -> Option<&str> {
    const PAIRS: &[(&str, &str)] = &[
        ("*|", "|*"),
        ("{{", "}}"),
        ("{%", "%}"),
        ("<%", "%>"),
        ("%%", "%%"),
        ("[[", "]]"),
        ("${", "}"),
        ("$[", "]"),
        ("[%", "%]"),
        ("%7B%7B", "%7D%7D"),
        ("%7b%7b", "%7d%7d"),
        ("*%7C", "%7C*"),
        ("*%7c", "%7c*"),
        ("%5B%5B", "%5D%5D"),
        ("#{", "}"),
    ];
    if !Characters::of(address).has(TAG_SIGNS) {
        return None;
    }
    for (open, close) in PAIRS {
        if let Some(start) = address.find(open) {
            let inner = start + open.len();
            // An opened tag that never closes is still no address that can be asked.
            let end = address.get(inner..).and_then(|rest| rest.find(close)).map_or(address.len(), |at| inner + at + close.len());
            return address.get(start..end);
        }
    }
    single_delimiters(address)
}

/// Tags between single characters, which are told from ordinary text by being a name: `%first_name%`, `{email}`, `[EMAIL]`.
fn single_delimiters(address: &str) -> Option<&str> {
    let is_name = |name: &str| {
        name.len() >= 3
            && name.len() <= 60
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b':' | b' '))
    };
    for (open, close) in [('{', '}'), ('[', ']'), ('%', '%')] {
        let Some(start) = address.find(open) else { continue };
        let Some(name) = address.get(start + 1..).and_then(|rest| rest.split(close).next().filter(|name| name.len() < rest.len())) else {
            continue;
        };
        // `%20name%20` is percent-encoding, `filters[colour]=red` and `[2001:db8::1]` are ordinary addresses.
        let sure = match open {
            '%' => !name.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)),
            '[' => name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_' || b == b' '),
            _ => true,
        };
        if sure && is_name(name) {
            return address.get(start..start + name.len() + 2);
        }
    }
    None
}

/// Whose click or open counter a web address is, by its host in lower case and its path.
pub fn counter_of(host: &str, path: &str) -> Option<&'static str> {
    counter_at(host, path).map(|(.., whose)| *whose)
}

/// Click counters by the last two parts of their domains.
static BY_SITE: LazyLock<FxHashMap<&str, Vec<&Counter>>> = LazyLock::new(|| {
    let mut by_site: FxHashMap<&str, Vec<&Counter>> = FxHashMap::default();
    for counter in COUNTERS {
        by_site.entry(last_two(counter.0)).or_default().push(counter);
    }
    by_site
});

fn counter_at(host: &str, path: &str) -> Option<&'static Counter> {
    let mut counters = BY_SITE.get(last_two(host))?.iter();
    counters.find(|(domain, begin, _)| under(host, domain) && path.starts_with(begin)).copied()
}

/// `mail.shop.example` ends in `shop.example`.
fn last_two(host: &str) -> &str {
    let second = host.rmatch_indices('.').nth(1);
    second.and_then(|(dot, _)| host.get(dot + 1..)).unwrap_or(host)
}

fn under(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|head| head.ends_with('.'))
}

fn counter(host: &str, url: &Url) -> Option<LeftAlone> {
    let (_, path, whose) = counter_at(host, url.path())?;
    let words = url.path().to_lowercase();
    if LEAVING.iter().chain(PREFERENCES).any(|word| words.contains(word)) || words.starts_with("/profile") {
        return Some(LeftAlone::new(Alone::Unsubscribe, format!("it is an unsubscribe or preference page of {whose} ({host}{path})")));
    }
    Some(LeftAlone::new(
        Alone::Tracking,
        format!("it is a personal tracking link of {whose} ({host}); opening it counts as a reader's click"),
    ))
}

fn by_path(url: &Url) -> Option<LeftAlone> {
    let segments = url.path_segments()?.map(|segment| percent_decoded(segment).to_lowercase());
    let mut before = String::new();
    for segment in segments.filter(|segment| !segment.is_empty()) {
        let bare = segment.split('.').next().unwrap_or(&segment);
        if LEAVING.iter().any(|word| holds_word(&segment, word)) {
            return Some(LeftAlone::new(
                Alone::Unsubscribe,
                format!("its path says “{segment}”; opening it may take a person off the list"),
            ));
        }
        if PREFERENCES.contains(&bare) {
            return Some(LeftAlone::new(Alone::Unsubscribe, format!("its path says “{segment}”; it leads to a person's own settings")));
        }
        if ACTIONS.contains(&bare) || bare == "add" && CARTS.contains(&before.as_str()) {
            return Some(LeftAlone::new(Alone::Action, format!("its path says “{segment}”; opening it does something")));
        }
        if OPENS.contains(&segment.as_str()) {
            return Some(LeftAlone::new(Alone::Tracking, format!("its path says “{segment}”; opening it counts as a reader's open")));
        }
        before = segment;
    }
    None
}

fn by_query(url: &Url) -> Option<LeftAlone> {
    for (key, value) in url.query_pairs() {
        let (key, value) = (key.to_lowercase(), value.to_lowercase());
        let acts = |words: &str| LeftAlone::new(Alone::Action, format!("its query says “{words}”; opening it does something"));
        if ACTION_KEYS.contains(&key.as_str()) {
            return Some(acts(&key));
        }
        // A campaign may be *about* unsubscribing; tracking parameters name, they do not act.
        if key.starts_with("utm_") {
            continue;
        }
        let verb = matches!(key.as_str(), "action" | "act" | "do" | "cmd" | "task" | "event" | "method" | "op" | "m" | "page" | "p");
        if verb && LEAVING.iter().any(|word| holds_word(&value, word)) {
            return Some(LeftAlone::new(
                Alone::Unsubscribe,
                format!("its query says “{key}={value}”; opening it may take a person off the list"),
            ));
        }
        if verb
            && (ACTIONS.contains(&value.as_str()) || matches!(value.as_str(), "subscribe" | "delete" | "logout" | "accept" | "yes" | "no"))
        {
            return Some(acts(&format!("{key}={value}")));
        }
    }
    None
}

fn walled(host: &str) -> Option<LeftAlone> {
    let (_, name) = WALLED.iter().find(|(domain, _)| under(host, domain))?;
    Some(LeftAlone::new(Alone::Walled, format!("{name} shows programs a wall instead of the page; open it by hand")))
}

/// Whether a word stands in a text and not inside another word: `unsub` is in `/unsub-now` and not in `/unsubtle`.
fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let edge = |c: Option<char>| !c.is_some_and(char::is_alphabetic);
        let end = at + word.len();
        // Beginnings of words that take endings (afmeld-en) are long enough to be sure.
        edge(text.get(..at).and_then(|head| head.chars().next_back()))
            && (word.len() > 6 || edge(text.get(end..).and_then(|tail| tail.chars().next())))
    })
}

fn percent_decoded(text: &str) -> String {
    url::form_urlencoded::parse(format!("={}", text.replace('+', "%2B").replace('&', "%26")).as_bytes())
        .next()
        .map_or_else(|| text.to_owned(), |(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_alone() {
        let cases = [
            ("https://shop.example/unsubscribe?u=1", Alone::Unsubscribe),
            ("https://shop.example/newsletter/abmelden/ab12", Alone::Unsubscribe),
            ("https://shop.example/Unsubscribe.aspx", Alone::Unsubscribe),
            ("https://shop.example/d%C3%A9sinscription", Alone::Unsubscribe),
            ("https://shop.example/email-preferences", Alone::Unsubscribe),
            ("https://shop.example/list?action=unsubscribe&id=3", Alone::Unsubscribe),
            ("https://brand.us1.list-manage.com/unsubscribe?u=a&id=b", Alone::Unsubscribe),
            ("https://brand.us1.list-manage.com/track/click?u=a", Alone::Tracking),
            ("https://u1.ct.sendgrid.net/ls/click?upn=x", Alone::Tracking),
            ("https://shop.example/e/open.gif?id=7", Alone::Tracking),
            ("https://shop.example/confirm/abc", Alone::Action),
            ("https://shop.example/poll?vote=2", Alone::Action),
            ("https://shop.example/?add-to-cart=12", Alone::Action),
            ("https://shop.example/rsvp", Alone::Action),
            ("https://shop.example/cart/add?id=5", Alone::Action),
            ("https://shop.example/nps?score=9", Alone::Action),
            ("mailto:a@shop.example", Alone::Scheme),
            ("tel:+4930123", Alone::Scheme),
            ("myshop://product/1", Alone::Scheme),
            ("https://shop.example/?e=*|EMAIL|*", Alone::MergeTag),
            ("https://shop.example/?e=%7B%7B%20email%20%7D%7D", Alone::MergeTag),
            ("{{ unsubscribe_url }}", Alone::MergeTag),
            ("%%view_email_url%%", Alone::MergeTag),
            ("https://shop.example/%recipient.id%/x", Alone::MergeTag),
            ("https://shop.example/[EMAIL]", Alone::MergeTag),
            ("https://www.linkedin.com/company/shop", Alone::Walled),
            ("shop.example/no-scheme", Alone::Malformed),
            ("https://", Alone::Malformed),
        ];
        for (address, kind) in cases {
            assert_eq!(left_alone(address).map(|why| why.kind), Some(kind), "{address}");
        }
    }

    #[test]
    fn what_is_asked() {
        for address in [
            "https://shop.example/",
            "https://shop.example/sale?utm_campaign=unsubscribe-week&page=2",
            "https://shop.example/a%20b%20c?filters[colour]=red",
            "https://[2001:db8::1]/x",
            "https://shop.example/50%25-off%21",
            "https://shop.example/unsubtle-colours",
            "https://shop.example/subscribe",
            "https://shop.example/collections/confirmed-classics",
            "https://shop.example/voter-guide",
            "https://shop.example/cart/5",
            "https://shop.example/add/cart",
            "https://notlinkedin.com/a",
            "https://shop.example/x?%E2%82%AC=1&%ZZ",
        ] {
            assert_eq!(left_alone(address), None, "{address}");
        }
    }
}
