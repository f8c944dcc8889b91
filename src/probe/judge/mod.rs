//! From what happened to how a link stands. Pure: everything here can be tried without a network.

mod phrases;
mod sentences;
mod content;
mod access;
mod bare;
pub(super) mod landing;
mod wall;
pub(super) mod status;

use super::Purpose;
use super::chain::{End, Trail};
use super::fault::Fault;
use super::fetch::{Ending, Reply};
use super::names::NameFault;
use super::page::Page;
use crate::links::{ImageFacts, Mender, Standing};
use reqwest::header::CONTENT_LENGTH;
pub(super) use status::Again;
use url::Url;

/// How a link stands after one attempt, and whether another is worth its cost.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub(super) standing: Standing,
    pub(super) reason: String,
    pub(super) mender: Option<Mender>,
    pub(super) again: Again,
}

impl Verdict {
    fn new(standing: Standing, reason: impl Into<String>, mender: Mender, again: Again) -> Self {
        let mender = (standing != Standing::Alive).then_some(mender);
        Self { standing, reason: reason.into(), mender, again }
    }

    fn alive(reason: impl Into<String>) -> Self {
        Self { standing: Standing::Alive, reason: reason.into(), mender: None, again: Again::No }
    }
}

/// Judges one attempt.
pub(super) fn judge(first: &Url, purpose: Purpose, trail: &Trail) -> Verdict {
    let hops = trail.hops.len();
    match &trail.end {
        End::Reply(reply) => answered(first, purpose, trail, reply),
        End::Fault(fault) => failed(trail, fault),
        End::App(target) => Verdict::alive(format!("it opens {target}")),
        End::BadTarget(target) => {
            Verdict::new(Standing::Dead, format!("it redirects to {target}, which browsers do not open"), Mender::Site, Again::Confirm)
        }
        End::NoTarget(reply) => {
            let words = format!("it redirects ({}) without saying where to", reply.status);
            Verdict::new(Standing::Dead, words, Mender::Site, Again::Confirm)
        }
        End::Circle => Verdict::new(
            Standing::Dead,
            format!("it redirects in a circle (back at {} after {hops} steps)", trail.last),
            Mender::Site,
            Again::Confirm,
        ),
        End::TooMany => {
            let words = format!("it redirects more than {} times, and browsers give up there", hops.saturating_sub(1));
            Verdict::new(Standing::Dead, words, Mender::Site, Again::Confirm)
        }
    }
}

fn failed(trail: &Trail, fault: &Fault) -> Verdict {
    let host = trail.last.host_str().unwrap_or_default();
    let (standing, mut reason, mender) = fault.standing(host);
    if let Some(before) = trail.hops.len().checked_sub(2).and_then(|at| trail.hops.get(at)) {
        reason = format!("{} redirects on, and {reason}", before.url);
    }
    let again = match fault {
        Fault::Name(NameFault::Private(..)) => Again::No,
        _ if standing == Standing::Dead => Again::Confirm,
        _ if fault.may_pass() => Again::Repeat,
        _ => Again::No,
    };
    Verdict::new(standing, reason, mender, again)
}

fn answered(first: &Url, purpose: Purpose, trail: &Trail, reply: &Reply) -> Verdict {
    let page = trail.page.as_ref();
    if let Some(wall) = wall::wall(reply.status, &trail.last, &reply.headers, page, &trail.text) {
        return Verdict::new(Standing::Refused, format!("{wall}; open it by hand"), Mender::Reader, Again::No);
    }
    if let Some(words) = content::parked(&trail.last, &reply.headers, page) {
        return Verdict::new(Standing::Suspect, words, Mender::Author, Again::No);
    }
    if let Some(verdict) = kept_back(purpose, reply) {
        return verdict;
    }
    if let Some((standing, reason, mender, again)) = status::standing(reply.status, &reply.headers) {
        return Verdict::new(standing, reason, mender, again);
    }
    if reply.ending == Ending::Slow {
        return Verdict::new(Standing::Unknown, "the answer did not come to an end in time (time-out)", Mender::Site, Again::Repeat);
    }
    if purpose == Purpose::Image {
        return pictured(first, trail, reply);
    }
    if reply.ending == Ending::Garbled {
        let words = "the page is packed in another way than its server says, and browsers show an error in its place (asked twice)";
        return Verdict::new(Standing::Dead, words, Mender::Site, Again::Confirm);
    }
    if reply.ending == Ending::Cut {
        return Verdict::new(Standing::Unknown, "the connection was cut in the middle of the answer", Mender::Site, Again::Repeat);
    }
    let bare = || Some(Verdict::new(Standing::Suspect, bare::error(reply)?, Mender::Author, Again::No));
    page.and_then(|page| not_the_page(first, trail, page)).or_else(bare).or_else(|| empty(page, reply)).unwrap_or_else(|| {
        let steps = trail.hops.len() - 1;
        let after = if steps == 0 { String::new() } else { format!(", after {steps} redirect{}", if steps == 1 { "" } else { "s" }) };
        Verdict::alive(format!("it answers ({}{after})", reply.status))
    })
}

/// A file that its store does not give out.
fn kept_back(purpose: Purpose, reply: &Reply) -> Option<Verdict> {
    let kept = |word: &str| format!("the store of files that holds it gives it to nobody without a key ({}, {word})", reply.status);
    Some(match (bare::store(reply)?, purpose) {
        (bare::Store::Expired, _) => {
            Verdict::new(Standing::Dead, "the time for which its address was signed is over (asked twice)", Mender::Author, Again::Confirm)
        }
        (bare::Store::Kept(word), Purpose::Image) => {
            Verdict::new(Standing::Dead, kept(word) + ", so no mail program can show it (asked twice)", Mender::Author, Again::Confirm)
        }
        (bare::Store::Kept(word), Purpose::Page) => Verdict::new(Standing::NotPublic, kept(word), Mender::Author, Again::No),
    })
}

/// A page that is not what the link promises.
fn not_the_page(first: &Url, trail: &Trail, page: &Page) -> Option<Verdict> {
    use Mender::{Author, Reader, Site};
    let last = &trail.last;
    let verdict = |standing, mender| move |words| Verdict::new(standing, words, mender, Again::No);
    let private = access::locked_shop(last, page).or_else(|| access::login(first, last, Some(page)));
    if let Some(verdict) = private.map(verdict(Standing::NotPublic, Site)) {
        return Some(verdict);
    }
    let suspect = |words, mender| verdict(Standing::Suspect, mender)(words);
    content::missing(&trail.hops, last, page)
        .map(|words| suspect(words, Author))
        .or_else(|| content::closed(page).or_else(|| bare::server(page)).map(|words| suspect(words, Site)))
        .or_else(|| content::sold_out(page).map(|words| suspect(words, Author)))
        .or_else(|| content::ended(page).map(|words| suspect(words, Author)))
        .or_else(|| landing::elsewhere(&trail.hops, last).map(verdict(Standing::Unknown, Reader)))
        .or_else(|| landing::home(&trail.hops, last).or_else(|| landing::search(&trail.hops, last)).map(|words| suspect(words, Author)))
}

fn empty(page: Option<&Page>, reply: &Reply) -> Option<Verdict> {
    let blank = |page: &Page| page.text_len == 0 && !page.pictured && !page.scripted && page.sources.is_empty();
    if !reply.body.is_empty() && !page.is_some_and(blank) {
        return None;
    }
    if reply.status == 202 {
        return Some(Verdict::new(Standing::Unknown, "it answers that the page is not ready yet (202)", Mender::Reader, Again::Repeat));
    }
    let words = format!("it answers ({}) with an empty page", reply.status);
    Some(Verdict::new(Standing::Suspect, words, Mender::Site, Again::Confirm))
}

fn pictured(first: &Url, trail: &Trail, reply: &Reply) -> Verdict {
    use Mender::{Author, Site};
    let dead = |words: String, mender| Verdict::new(Standing::Dead, words, mender, Again::Confirm);
    if reply.body.is_empty() && reply.ending == Ending::Whole {
        return dead(format!("the picture is empty ({}, 0 bytes)", reply.status), Site);
    }
    let Some(facts) = image_facts(reply) else {
        if let Some(page) = &trail.page {
            let private = access::login(first, &trail.last, Some(page));
            let title = if page.title.is_empty() { String::new() } else { format!(" (“{}”)", page.title) };
            return match private {
                Some(words) => Verdict::new(Standing::NotPublic, words, Site, Again::No),
                None => dead(format!("a web page{title} answers in place of the picture"), Author),
            };
        }
        return dead("what answers is not a picture that mail programs know".into(), Author);
    };
    if facts.truncated {
        return Verdict::new(Standing::Suspect, "the picture ends too early: its lower part is missing", Site, Again::Confirm);
    }
    Verdict::alive(format!("the picture is there ({})", reply.status))
}

/// What the bytes of an answer say, if they are a picture.
pub(super) fn image_facts(reply: &Reply) -> Option<ImageFacts> {
    let mut facts = ImageFacts::read(&reply.body, reply.ending == Ending::Whole, size(reply))?;
    facts.truncated |= reply.ending == Ending::Cut;
    Some(facts)
}

/// The size of an answer's body: as read, if it was read whole, or as announced.
pub(super) fn size(reply: &Reply) -> Option<u64> {
    if reply.ending == Ending::Whole {
        return u64::try_from(reply.body.len()).ok();
    }
    reply.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Whether the place behind `#` exists in a page; nothing if scripts may make it, or the page was not read whole.
pub(super) fn fragment_found(fragment: &str, page: &Page, reply: &Reply) -> Option<bool> {
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    // Routes and parameters of scripts, and the places that every page has.
    if fragment.is_empty() || fragment.eq_ignore_ascii_case("top") || fragment.contains(['/', '=', '!', '&']) {
        return None;
    }
    let plain = percent_decoded(fragment);
    if page.anchors.contains(fragment) || page.anchors.contains(&plain) {
        return Some(true);
    }
    (!page.scripted && reply.ending == Ending::Whole).then_some(false)
}

fn percent_decoded(text: &str) -> String {
    let escaped = text.replace('&', "%26").replace('+', "%2B");
    url::form_urlencoded::parse(format!("={escaped}").as_bytes()).next().map_or_else(String::new, |(_, value)| value.into_owned())
}
