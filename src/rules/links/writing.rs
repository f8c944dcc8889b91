//! How an address is written: what no browser can read, and what browsers quietly mend.

use super::group::is_literal;
use crate::facts::{Characters, Link, LinkKind, Page};
use crate::letters::begins;
use crate::message::Kind;
use crate::rule::Context;

/// What is wrong with the writing of an address, said after the link's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slip {
    /// Nobody gets where the address is meant to lead.
    Broken(String),
    /// It leads to a place inside a site, without saying which site.
    Relative,
    /// Browsers mend it; other programs on the way may not.
    Mended(String),
}

/// Endings that are reserved and in use without being registered (RFC 6761, RFC 7686).
const RESERVED: [&str; 9] = ["example", "test", "invalid", "localhost", "local", "internal", "onion", "arpa", "lan"];

/// Endings of files that are top-level domains too.
const FILE_ENDINGS: [&str; 12] = ["md", "sh", "pl", "py", "rs", "zip", "mov", "so", "ps", "ai", "cc", "app"];

/// The slip in the writing of a link, if there is one.
pub(super) fn slip(link: &Link, context: &Context<'_>) -> Option<Slip> {
    let href = link.href.as_str();
    if !is_literal(link) || href.is_empty() || href.starts_with('#') {
        return begins_twice(href).then(twice);
    }
    if begins_twice(href) {
        return Some(twice());
    }
    if matches!(link.kind, LinkKind::Text | LinkKind::Calendar) {
        return href.contains("&amp;").then(|| Slip::Mended(String::from("is written with `&amp;`, which is right in HTML only")));
    }
    // Markdown is turned into a page first, and its generator completes addresses.
    let is_draft_of_page = context.message.kind == Kind::Markdown;
    if is_draft_of_page && link.tag.text().starts_with('<') && !link.tag.text().starts_with("<a") {
        // `<jobs@shop.example>`: Markdown makes a link of it.
        return None;
    }
    let is_clickable = !link.text.is_empty() || link.has_image;
    match scheme(href) {
        Some("http" | "https") => web(link),
        Some(scheme) => misspelt(scheme, href),
        None => schemeless(href, is_draft_of_page || context.facts.has_base || !is_clickable),
    }
}

fn broken(why: impl Into<String>) -> Slip {
    Slip::Broken(why.into())
}

fn twice() -> Slip {
    broken("begins with `http` twice")
}

/// `http://https://…`, `https://http//…`.
fn begins_twice(href: &str) -> bool {
    let head = href.get(..24).unwrap_or(href);
    let scheme = ["https:", "http:"].iter().find(|scheme| begins(head, scheme));
    let rest = scheme.and_then(|scheme| head.get(scheme.len()..)).map(|rest| rest.trim_start_matches(['/', ' ']));
    rest.is_some_and(|rest| ["http:", "https:", "http//", "https//", "http%3a", "https%3a"].iter().any(|again| begins(rest, again)))
}

/// What stands before the first colon, if it has the look of a scheme.
fn scheme(href: &str) -> Option<&str> {
    let (scheme, rest) = href.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    // `shop.example:8080` is a host with a port.
    let is_port = scheme.contains('.') && rest.starts_with(|c: char| c.is_ascii_digit());
    (fits && !is_port).then_some(scheme).map(|scheme| match scheme {
        scheme if scheme.eq_ignore_ascii_case("http") => "http",
        scheme if scheme.eq_ignore_ascii_case("https") => "https",
        scheme => scheme,
    })
}

/// `htp://`, `htttps://`: near to http and nothing else.
fn misspelt(scheme: &str, href: &str) -> Option<Slip> {
    let lower = scheme.to_ascii_lowercase();
    let near = ["http", "https"].iter().any(|right| strsim::damerau_levenshtein(&lower, right) <= 2 && lower.contains('t'));
    let leads_on = href.get(scheme.len()..).is_some_and(|rest| rest.starts_with("://") || rest.starts_with(":/"));
    (near && leads_on && !matches!(lower.as_str(), "ftp" | "ftps" | "sftp" | "shttp" | "tp"))
        .then(|| broken(format!("begins with `{scheme}:`, which is no way to open a web page")))
}

/// An address without a scheme.
fn schemeless(href: &str, has_base: bool) -> Option<Slip> {
    let lower = href.to_ascii_lowercase();
    if href.starts_with(['“', '”', '„', '‘', '’', '"', '\'']) || lower.starts_with("%e2%80%9") || lower.starts_with("%22") {
        return Some(broken("has quotation marks inside its address, mostly curly ones that a word processor put there"));
    }
    if let Some(rest) = lower.strip_prefix("https").or_else(|| lower.strip_prefix("http"))
        && rest.starts_with(|c: char| !c.is_alphanumeric())
        && rest.trim_start_matches([';', '.', ',', ' ', ':']).starts_with('/')
    {
        return Some(broken("has no colon behind `http`"));
    }
    if href.starts_with("//") {
        return (!has_base).then(|| Slip::Mended(String::from("begins with `//`, and in a mail there is no page that says http or https")));
    }
    // What stands in brackets is a tag of some platform, or was one.
    if href.starts_with(['\\', '[', '{', '<', '%', '*', '$', '(']) || lower.as_bytes().get(1..3) == Some(b":\\") {
        return None;
    }
    let head = lower.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((name, domain)) = head.split_once('@')
        && !name.is_empty()
        && domain.contains('.')
    {
        return Some(broken("is an e-mail address without `mailto:`"));
    }
    let is_number = head.len() >= 6 && head.bytes().all(|b| b.is_ascii_digit() || b"+-() .".contains(&b));
    if is_number && lower == head {
        return Some(broken("is a telephone number without `tel:`"));
    }
    if is_host(head, head.len() < lower.len()) {
        return Some(broken("has no `https://` at its beginning, so it leads nowhere in a mail"));
    }
    (!has_base).then_some(Slip::Relative)
}

/// Whether the first part of an address is a host and not the name of a file.
fn is_host(head: &str, goes_on: bool) -> bool {
    let host = head.split(':').next().unwrap_or_default();
    let last = host.rsplit('.').next().unwrap_or_default();
    let known = psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known()) || RESERVED.contains(&last);
    let is_file = !goes_on && FILE_ENDINGS.contains(&last) && host.matches('.').count() == 1;
    let labels = host.split('.').all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    host.starts_with("www.") && host.len() > 4 || host.contains('.') && known && labels && !is_file
}

/// A web address: its host first, then what browsers mend.
fn web(link: &Link) -> Option<Slip> {
    let href = link.href.as_str();
    let Some(page) = link.page() else { return unreadable(href) };
    if let Some(host) = link.host() {
        let Some((_, last)) = host.rsplit_once('.') else {
            return (!RESERVED.contains(&host)).then(|| broken(format!("leads to `{host}`, which is no domain")));
        };
        let exists = psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known()) || RESERVED.contains(&last);
        if !exists {
            return Some(broken(format!("leads to {host}, but there are no domains that end in .{last}")));
        }
    }
    mended(href, &page, link.characters()).map(Slip::Mended)
}

fn unreadable(href: &str) -> Option<Slip> {
    let host = href.split_once(':').map_or(href, |(_, rest)| rest).trim_start_matches(['/', '\\']);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let why = match host {
        // What was never filled in is a matter of its own.
        "" | "www." => return None,
        host if host.contains([' ', '\u{a0}']) => "has a space in the name of its site",
        host if host.contains(',') => "has a comma in the name of its site",
        host if host.contains("..") => "has two dots in a row in the name of its site",
        _ => "cannot be read as a web address",
    };
    Some(broken(why))
}

/// What browsers mend quietly.
fn mended(href: &str, page: &Page<'_>, characters: Characters) -> Option<String> {
    let has = |sign: u8| characters.has(Characters::any(&[sign]));
    let after = href.split_once(':').map_or(href, |(_, rest)| rest);
    let (before_query, query) = after.split_once('?').unwrap_or((after, ""));
    let query = query.split('#').next().unwrap_or_default();
    let is_odd = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{a0}' | '“' | '”') || c.is_control();
    let odd = if characters.is_ascii() && !has(b'\n') { None } else { href.chars().find(is_odd) };
    let ends_in = |ending: &str| {
        let tail = href.len().checked_sub(ending.len()).and_then(|at| href.as_bytes().get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending.as_bytes()))
    };
    Some(match odd {
        Some('\u{a0}') => String::from("has a non-breaking space in its address"),
        Some('“' | '”') => String::from("has a curly quotation mark in its address"),
        Some('\n' | '\r' | '\t') => String::from("has a line break or tab in its address"),
        Some(_) => String::from("has a character in its address that nobody can see"),
        None if !after.starts_with("//") => String::from("lacks a slash behind `http:`"),
        None if after.starts_with("///") => String::from("has a slash too many behind `http:`"),
        None if page.has_user => String::from("has a name or password before the `@` in its address"),
        None if has(b'\\') && before_query.contains('\\') => String::from("has a backslash in its address"),
        None if has(b' ') => String::from("has a space in its address"),
        None if has(b'%') && (ends_in("%20") || ends_in("%c2%a0")) => String::from("ends in an encoded space"),
        None if has(b'&') && has(b';') && href.contains("&amp;") || has(b'%') && query.contains("amp%3b") => {
            String::from("has `&amp;` written twice over, so all but its first parameter are lost")
        }
        None if second_query(query) => String::from("has two `?` in its address, so what stands behind the second is lost"),
        None if query.is_empty() && before_query.contains("&utm_") => {
            String::from("has parameters that begin with `&` and no `?` before them")
        }
        None => return None,
    })
}

/// `?a=b?utm_source=c`: a second question mark that begins parameters, and not one inside an address that is handed on.
fn second_query(query: &str) -> bool {
    let Some((first, second)) = query.split_once('?') else { return false };
    let hands_on = ["://", "%3a", "%2f"].iter().any(|sign| first.to_ascii_lowercase().contains(sign));
    let key = second.split('=').next().unwrap_or_default();
    first.contains('=')
        && !hands_on
        && second.contains('=')
        && !key.is_empty()
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}
