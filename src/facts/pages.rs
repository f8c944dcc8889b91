//! The parts of web addresses, as a browser reads them.

use super::characters::Characters;
use std::ops::Range;
use url::{Host, Url};

/// A web address in its parts.
#[derive(Debug, Clone)]
pub(crate) struct Page<'a> {
    /// Whether it begins with `https:`.
    pub(crate) encrypted: bool,
    /// The site, its name in lower case.
    pub(crate) host: Option<Host<&'a str>>,
    /// The port, where it is not the usual one.
    pub(crate) port: Option<u16>,
    /// From the first slash to what stands behind `?` or `#`, encoded.
    pub(crate) path: &'a str,
    /// What stands behind `?`, encoded.
    pub(crate) query: Option<&'a str>,
    /// Whether a name stands before the host.
    pub(crate) has_user: bool,
}

impl<'a> Page<'a> {
    /// The parts of an address that was read.
    pub(crate) fn of(url: &'a Url) -> Self {
        Self {
            encrypted: url.scheme() == "https",
            host: url.host(),
            port: url.port(),
            path: url.path(),
            query: url.query(),
            has_user: !url.username().is_empty(),
        }
    }

    /// The parts of the path.
    pub(crate) fn segments(&self) -> impl DoubleEndedIterator<Item = &'a str> + Clone + use<'a> {
        self.path.strip_prefix('/').unwrap_or(self.path).split('/')
    }

    /// Keys and values of the query, decoded.
    pub(crate) fn pairs(&self) -> url::form_urlencoded::Parse<'a> {
        url::form_urlencoded::parse(self.query.unwrap_or_default().as_bytes())
    }
}

/// Where the parts stand in an address that is written so plainly that every program reads it alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plain {
    host: Range<usize>,
    path: Range<usize>,
    query: Option<Range<usize>>,
}

impl Plain {
    /// Reads `https://shop.example/lamps?page=2#top`; nothing that has to be decoded, mended or written otherwise.
    pub(super) fn read(address: &str, characters: Characters) -> Option<Self> {
        const ODD: Characters = Characters::any(b"\n\x80 \"'%<>\\^`{|}");
        let head = plain_host(address).filter(|_| !characters.has(ODD))?;
        let start = if address.starts_with("https") { "https://".len() } else { "http://".len() };
        let host = start..start + head.len();
        let end = memchr::memchr(b'#', address.as_bytes()).unwrap_or(address.len());
        let question = memchr::memchr(b'?', address.as_bytes().get(..end)?);
        let path = host.end..question.unwrap_or(end);
        // A step up is taken at once.
        let written = address.as_bytes().get(path.clone())?;
        let has_step = memchr::memchr_iter(b'.', written).any(|at| at.checked_sub(1).and_then(|at| written.get(at)) == Some(&b'/'));
        (!has_step).then(|| Self { host, path, query: question.map(|at| at + 1..end) })
    }

    /// The host of the address that was read.
    pub(super) fn host<'a>(&self, address: &'a str) -> Option<&'a str> {
        address.get(self.host.clone())
    }

    /// The parts of the address that was read.
    pub(super) fn page<'a>(&self, address: &'a str) -> Page<'a> {
        let path = address.get(self.path.clone()).filter(|path| !path.is_empty()).unwrap_or("/");
        let query = self.query.clone().and_then(|query| address.get(query));
        let host = self.host(address).map(Host::Domain);
        Page { encrypted: address.starts_with("https"), host, port: None, path, query, has_user: false }
    }
}

/// The host of a web address that is written so plainly that every program reads it alike: `https://shop.example/lamps`.
pub(super) fn plain_host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let end = rest.bytes().position(|b| !matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.')).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end)?;
    // What ends in a figure may be a number; names of other scripts are written with `xn--`.
    let mut labels = host.as_bytes().split(|b| *b == b'.');
    let is_name = labels.clone().next_back()?.first()?.is_ascii_lowercase();
    let is_plain = is_name && labels.all(|label| !label.is_empty() && !label.starts_with(b"xn--"));
    (is_plain && matches!(path.as_bytes().first(), None | Some(b'/' | b'?' | b'#'))).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_addresses_are_read_as_browsers_read_them(
            address in "https?:/?//?([a-z0-9.-]{1,4}|xn--|0x1|[A-Z@:é\\\\\t]|shop\\.example){1,4}([/?#:@\\\\][ -~é]{0,7}){0,3}",
        ) {
            let url = Url::parse(&address).ok();
            let Some(plain) = Plain::read(&address, Characters::of(&address)) else { return Ok(()) };
            let (page, read) = (plain.page(&address), url.as_ref().map(Page::of));
            prop_assert_eq!(Some(format!("{page:?}")), read.as_ref().map(|page| format!("{page:?}")), "{}", address);
            let parts = url.as_ref().and_then(Url::path_segments).map(Iterator::collect::<Vec<_>>);
            prop_assert_eq!(Some(page.segments().collect::<Vec<_>>()), parts);
        }
    }

    #[test]
    fn most_addresses_are_plain() {
        for address in ["https://shop.example", "http://www.shop.example/a.b/c~d?x=1&y=[2]#z", "https://shop.example?q", "https://a.b/#/.."]
        {
            assert!(Plain::read(address, Characters::of(address)).is_some(), "{address}");
        }
    }
}
