//! The way of one link: redirects, refreshing pages and cookies, followed as a browser follows them.

use super::Job;
use super::cookies::Cookies;
use super::fault::Fault;
use super::fetch::{Connection, Reply, Run};
use super::lead_on::refresh;
use super::page::Page;
use crate::links::Hop;
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION, SET_COOKIE};
use std::collections::HashSet;
use std::time::Duration;
use url::Url;

/// Where a link led.
#[derive(Debug, Clone)]
pub(super) struct Trail {
    pub(super) hops: Vec<Hop>,
    /// The last address that was asked.
    pub(super) last: Url,
    pub(super) end: End,
    /// The last page, if the last answer was one.
    pub(super) page: Option<Page>,
    /// The last body as text, if the last answer was a page.
    pub(super) text: String,
    /// The longest wait for a first byte.
    pub(super) slowest: Duration,
    /// Time left for requests; waiting for a turn is not the site's fault and does not count.
    pub(super) left: Duration,
}

/// How the way ended.
#[derive(Debug, Clone)]
pub(super) enum End {
    /// With an answer.
    Reply(Reply),
    /// With no answer.
    Fault(Fault),
    /// It leads into an app, the mail program or the telephone.
    App(String),
    /// It leads to an address that browsers do not follow.
    BadTarget(String),
    /// A redirect that does not say where to.
    NoTarget(Reply),
    /// The same address again with nothing changed.
    Circle,
    /// More redirects than browsers follow.
    TooMany,
}

/// What an answer leads on to.
enum Next {
    Stay,
    Go {
        target: String,
        by: Option<&'static str>,
    },
    Nowhere,
    /// Two addresses that disagree.
    Torn,
}

impl Run {
    /// Follows a job's link to its end, spending no more than `left` on requests.
    pub(super) async fn follow(&self, job: &Job, connection: Connection, left: Duration) -> Trail {
        let with_anchors = job.written.iter().any(|(_, fragment)| fragment.is_some());
        let mut trail = Trail {
            hops: Vec::new(),
            last: job.url.clone(),
            end: End::TooMany,
            page: None,
            text: String::new(),
            slowest: Duration::ZERO,
            left,
        };
        let mut cookies = Cookies::default();
        let mut seen = HashSet::new();
        while trail.hops.len() <= self.options.limits.hops {
            let cookie = cookies.header(&trail.last);
            if !seen.insert((trail.last[..url::Position::AfterQuery].to_owned(), cookie.clone())) {
                trail.end = End::Circle;
                return trail;
            }
            if trail.left.is_zero() {
                trail.end = End::Fault(Fault::Slow("an end to its redirects", self.options.limits.link.as_secs()));
                return trail;
            }
            let got = self.get(&trail.last, job.purpose, cookie, connection, &mut trail.left).await;
            trail.hops.push(Hop { url: trail.last.to_string(), status: got.as_ref().ok().map(|reply| reply.status), by: None });
            let reply = match got {
                Ok(reply) => reply,
                Err(fault) => {
                    trail.end = End::Fault(fault);
                    return trail;
                }
            };
            for header in reply.headers.get_all(SET_COOKIE) {
                cookies.take(&trail.last, &String::from_utf8_lossy(header.as_bytes()));
            }
            trail.slowest = trail.slowest.max(reply.first_byte);
            if !self.step(&mut trail, reply, with_anchors) {
                return trail;
            }
        }
        trail
    }

    /// Takes one answer; says whether the way goes on.
    fn step(&self, trail: &mut Trail, reply: Reply, with_anchors: bool) -> bool {
        (trail.page, trail.text) = (None, String::new());
        if is_page(&reply) {
            trail.text = decoded(&reply.headers, &reply.body);
            trail.page = Some(Page::read(&trail.text, with_anchors));
        }
        let (target, by) = match self.next(&trail.last, &reply, trail.page.as_ref()) {
            Next::Go { target, by } => (target, by),
            Next::Stay => {
                trail.end = End::Reply(reply);
                return false;
            }
            Next::Torn => {
                trail.end = End::BadTarget("two addresses at once".into());
                return false;
            }
            Next::Nowhere => {
                trail.end = End::NoTarget(reply);
                return false;
            }
        };
        if let Some(hop) = trail.hops.last_mut() {
            hop.by = by.map(str::to_owned);
        }
        match target_of(&trail.last, &target) {
            Some(mut url) if matches!(url.scheme(), "http" | "https") => {
                without_password(&mut url);
                trail.last = url;
                return true;
            }
            Some(url) if !matches!(url.scheme(), "javascript" | "data" | "file" | "about" | "blob" | "ftp") => {
                trail.end = End::App(url.to_string());
            }
            _ => trail.end = End::BadTarget(target),
        }
        false
    }

    fn next(&self, here: &Url, reply: &Reply, page: Option<&Page>) -> Next {
        if matches!(reply.status, 301 | 302 | 303 | 307 | 308) {
            let mut places = reply.headers.get_all(LOCATION).iter();
            if places.next().is_some_and(|first| places.any(|other| other != first)) {
                return Next::Torn;
            }
            let location = reply.headers.get(LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned());
            return match location {
                Some(target) if !target.is_empty() => Next::Go { target, by: None },
                _ => Next::Nowhere,
            };
        }
        if !(200..300).contains(&reply.status) {
            return Next::Stay;
        }
        let header = reply.headers.get("refresh").and_then(|value| refresh(&String::from_utf8_lossy(value.as_bytes())));
        let soon = |(seconds, _): &(u64, String)| Duration::from_secs(*seconds) <= self.options.limits.meta_refresh;
        let refresh = header.or_else(|| page?.refresh.clone()).filter(soon).map(|(_, target)| (target, "meta refresh"));
        let next = refresh.or_else(|| Some((page?.script_target.clone()?, "script")));
        // A page that loads itself again stays where it is.
        match next.filter(|(target, _)| target_of(here, target).is_none_or(|target| target != *here)) {
            Some((target, by)) => Next::Go { target, by: Some(by) },
            None => Next::Stay,
        }
    }
}

/// Joins a target as a browser does; what is behind `#` stays unless the target brings its own.
fn target_of(base: &Url, target: &str) -> Option<Url> {
    let mut url = base.join(target).ok()?;
    if url.fragment().is_none() {
        url.set_fragment(base.fragment());
    }
    Some(url)
}

/// Takes name and password out of an address: readers' browsers ask before they send them, and presend never does.
pub(super) fn without_password(url: &mut Url) {
    // Fails only for addresses without a host, which have no password either.
    let _ = url.set_password(None);
    let _ = url.set_username("");
}

/// Whether an answer is a page, by its type or, where that is missing or vague, by its first bytes.
fn is_page(reply: &Reply) -> bool {
    let kind = content_type(&reply.headers);
    let looks = || {
        let head = reply.body.get(..reply.body.len().min(512)).unwrap_or_default();
        let head = String::from_utf8_lossy(head).trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).to_ascii_lowercase();
        head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head") || head.starts_with("<body")
    };
    kind.contains("html") || looks()
}

/// The content type without its parameters, lower case; empty if there is none.
pub(super) fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()).to_lowercase()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_owned()
}

/// The text of a page in its own charset: by byte order mark, header, or `<meta>`, and UTF-8 otherwise.
fn decoded(headers: &HeaderMap, body: &[u8]) -> String {
    let header = headers.get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()).to_lowercase()).unwrap_or_default();
    let head = String::from_utf8_lossy(body.get(..body.len().min(1024)).unwrap_or_default()).to_lowercase();
    let label = [header, head].iter().find_map(|text| {
        let (_, rest) = text.split_once("charset=")?;
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        encoding_rs::Encoding::for_label(rest.split(['"', '\'', ';', '>', ' ', '/']).next()?.as_bytes())
    });
    label.unwrap_or(encoding_rs::UTF_8).decode(body).0.into_owned()
}
