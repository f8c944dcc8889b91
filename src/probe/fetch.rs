//! One GET: a request with a reader's headers, an answer with a bounded body.

use super::Purpose;
use super::client::Clients;
use super::fault::Fault;
use super::options::Options;
use super::pace::{Pace, Permit};
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response};
use std::error::Error as _;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use url::{Host, Url};

/// What one GET brought.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    /// The body, unpacked, as far as it was read.
    pub(super) body: Vec<u8>,
    pub(super) ending: Ending,
    /// From the request to the status line, connection included.
    pub(super) first_byte: Duration,
}

/// How a body ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// It was read whole.
    Whole,
    /// There is more than is needed.
    Enough,
    /// The connection was cut in the middle, or the packing is damaged further on.
    Cut,
    /// The packing that the headers name is not the body's from the first byte on: no browser unpacks it.
    Garbled,
    /// It did not come to an end in time.
    Slow,
}

/// Which connection a request may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Connection {
    /// One that is open already.
    Kept,
    /// A new one: perhaps to another server behind the same name.
    Fresh,
}

/// All that asking needs and that stays the same during a run.
pub(super) struct Run {
    pub(super) options: Arc<Options>,
    pub(super) clients: Clients,
    pub(super) pace: Pace,
}

impl Run {
    /// Asks one address once, and takes from `left` what that took from its turn on.
    pub(super) async fn get(
        &self,
        url: &Url,
        purpose: Purpose,
        cookies: Option<String>,
        connection: Connection,
        left: &mut Duration,
    ) -> Result<Reply, Fault> {
        check_host(&self.options, &self.clients, url)?;
        if url.scheme() == "https" && self.clients.no_authorities() {
            return Err(Fault::NoAuthorities);
        }
        let permit = self.pace.enter(url).await.ok_or_else(|| Fault::Other("the run is over".into()))?;
        if permit.is_hopeless() {
            return Err(Fault::Hopeless);
        }
        let client = if connection == Connection::Fresh { self.clients.fresh() } else { &self.clients.usual };
        // Boxed: what waits for its turn stays small, though ten thousand links wait.
        let begin = Instant::now();
        let result = Box::pin(self.exchange(client, url, purpose, cookies, *left)).await;
        *left = left.saturating_sub(begin.elapsed());
        match &result {
            Ok(_) => permit.note(true),
            Err(Fault::Slow(..)) => permit.note(false),
            Err(_) => {}
        }
        slow_down_if_asked(&permit, &result);
        result
    }

    async fn exchange(
        &self,
        client: &Client,
        url: &Url,
        purpose: Purpose,
        cookies: Option<String>,
        left: Duration,
    ) -> Result<Reply, Fault> {
        let limits = &self.options.limits;
        let begin = Instant::now();
        let sent = client.get(url.clone()).headers(self.headers(url, purpose, cookies)).send();
        let response = match tokio::time::timeout(limits.first_byte.min(left), sent).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(Fault::of(&error, limits.connect.as_secs())),
            Err(_) => return Err(Fault::Slow("an answer", limits.first_byte.as_secs())),
        };
        let first_byte = begin.elapsed();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let most = if purpose == Purpose::Image { limits.image_bytes } else { limits.page_bytes };
        let (body, ending) = self.body(response, most, begin + limits.attempt.min(left)).await;
        Ok(Reply { status, headers, body, ending, first_byte })
    }

    async fn body(&self, mut response: Response, most: usize, end: Instant) -> (Vec<u8>, Ending) {
        let mut body = Vec::new();
        loop {
            let left = end.saturating_duration_since(Instant::now()).min(self.options.limits.idle);
            match tokio::time::timeout(left, response.chunk()).await {
                Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
                Ok(Ok(None)) => return (body, Ending::Whole),
                Ok(Err(error)) if body.is_empty() && is_garbled(&error) => return (body, Ending::Garbled),
                Ok(Err(_)) => return (body, Ending::Cut),
                Err(_) => return (body, Ending::Slow),
            }
            if body.len() >= most {
                body.truncate(most);
                return (body, Ending::Enough);
            }
        }
    }

    fn headers(&self, url: &Url, purpose: Purpose, cookies: Option<String>) -> HeaderMap {
        let accept = match purpose {
            Purpose::Page => "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
            // Without AVIF and WebP: mail programs do not ask for them, and hosts choose by what is asked.
            Purpose::Image => "image/png,image/jpeg,image/gif,image/*;q=0.8,*/*;q=0.5",
        };
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        let mut put = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        put(ACCEPT_LANGUAGE, &self.options.accept_language);
        if let Some(cookies) = cookies {
            put(COOKIE, &cookies);
        }
        let own = url.host_str().and_then(|host| self.options.host(host));
        for (name, value) in self.options.headers.iter().chain(own.into_iter().flat_map(|own| &own.headers)) {
            if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
                put(name, value);
            }
        }
        headers
    }

    /// Whether the certificate of a site is signed by itself; nothing if that could not be seen.
    pub(super) async fn signs_itself(&self, url: &Url) -> Option<bool> {
        let client = self.clients.unchecked()?;
        let mut root = url.clone();
        // Only the handshake matters: the address that is asked over it is the plainest, and tells nothing.
        root.set_path("/");
        root.set_query(None);
        let _permit = self.pace.enter(url).await?;
        let sent = client.get(root).send();
        let response = tokio::time::timeout(self.options.limits.first_byte, sent).await.ok()?.ok()?;
        let info = response.extensions().get::<reqwest::tls::TlsInfo>()?;
        super::certificate::signs_itself(info.peer_certificate()?)
    }
}

/// Whether a body cannot be unpacked, rather than ends too early.
fn is_garbled(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<std::io::Error>() {
            return matches!(error.kind(), std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput);
        }
        cause = error.source();
    }
    false
}

/// Refuses an address whose host is a private number; names are guarded where they are looked up.
pub(super) fn check_host(options: &Options, clients: &Clients, url: &Url) -> Result<(), Fault> {
    let literal = match url.host() {
        Some(Host::Ipv4(address)) => Some(address.into()),
        Some(Host::Ipv6(address)) => Some(address.into()),
        // Behind a proxy no name is looked up here, but this one needs no looking up.
        Some(Host::Domain(name)) if options.has_proxy() && is_localhost(name) => Some(Ipv4Addr::LOCALHOST.into()),
        _ => None,
    };
    literal.map_or(Ok(()), |address| clients.names().check_literal(address).map_err(Fault::Name))
}

fn is_localhost(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

fn slow_down_if_asked(permit: &Permit, result: &Result<Reply, Fault>) {
    if matches!(result, Ok(Reply { status: 429 | 503, .. }) | Err(Fault::Cut)) {
        permit.slow_down();
    }
}
