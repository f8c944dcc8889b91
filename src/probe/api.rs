//! Asks an interface for programs, one request after the other, with a token that stands in no message.

use super::client::Clients;
use super::fault::Fault;
use super::fetch::check_host;
use super::judge::status::retry_after;
use super::names::{NameFault, Names};
use super::options::Options;
use crate::error::Error;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{RequestBuilder, Response};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use url::Url;

/// The most bytes of one answer that are read.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Fewer letters than this are no secret, and stand in other words by chance.
const SHORTEST: usize = 4;

/// How often one request is repeated for a passing reason, if the time suffices.
const REPEATS: u32 = 6;

/// A token, a key or a password: it is sent, and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret, without the blanks and line ends that copying leaves around it.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The secret in two parts, around the first of these characters.
    pub fn split_once(&self, at: char) -> Option<(Self, Self)> {
        self.0.split_once(at).map(|(one, other)| (Self::new(one), Self::new(other)))
    }

    /// A text in which the secret does not stand, nor either part of one such as `KEY:SECRET`.
    pub fn kept_out_of(&self, text: &str) -> String {
        let parts = self.0.split_once(':').map_or([""; 2], |(one, other)| [one, other]);
        let telling = [self.0.as_str(), parts[0], parts[1]].into_iter().filter(|part| part.len() >= SHORTEST);
        telling.fold(text.to_owned(), |text, part| text.replace(part, "…"))
    }

    fn header(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(&self.0).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// How a request proves who asks.
#[derive(Debug, Clone)]
pub enum Proof {
    /// `Authorization: Bearer …`
    Bearer(Secret),
    /// `Authorization: Basic …`
    Basic(Secret, Secret),
    /// A header of its own.
    Header(&'static str, Secret),
}

/// One request: a GET, or with a body a POST.
#[derive(Debug, Clone)]
pub struct Ask {
    /// What is asked.
    pub url: Url,
    /// Who asks.
    pub proof: Proof,
    /// JSON to send.
    pub body: Option<String>,
}

/// One answer, whatever its status.
#[derive(Debug, Clone)]
pub struct Told {
    /// The status.
    pub status: u16,
    /// The body, unpacked.
    pub body: Vec<u8>,
    headers: HeaderMap,
}

impl Told {
    /// A header, if there is one that is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// The time for all requests was over.
    Time,
    /// Anything else, in words that hold no token.
    Words(String),
}

/// The asking of one interface, with one span of time for all its requests.
pub struct Api {
    options: Arc<Options>,
    clients: Clients,
    runtime: Runtime,
    end: Instant,
}

impl Api {
    /// Begins the asking; all of it may take as long as the deadline of the options.
    ///
    /// # Errors
    /// Options that cannot be used, or no runtime.
    pub fn begin(options: &Options) -> Result<Self, Error> {
        let options = Arc::new(options.clone());
        let clients = Clients::new(Arc::clone(&options), Names::new(&options))?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Error::new(format!("the network cannot be asked: {error}")))?;
        let end = Instant::now() + options.deadline;
        Ok(Self { options, clients, runtime, end })
    }

    /// Asks, and asks again after a while where the answer says "later" or the network hiccups. Redirects are not followed:
    /// a token goes nowhere but to the address that was named.
    ///
    /// # Errors
    /// No answer at all. An answer that is no success is none.
    pub fn ask(&self, ask: &Ask) -> Result<Told, Silence> {
        let mut repeated = 0;
        loop {
            let result = self.runtime.block_on(self.once(ask));
            let again = match &result {
                Ok(told) => matches!(told.status, 429 | 503) || matches!(told.status, 500 | 502 | 504) && repeated < 2,
                Err(fault) => fault.may_pass() && repeated < 2,
            };
            let asked = result.as_ref().ok().and_then(|told| retry_after(&told.headers));
            let wait = asked.unwrap_or(self.options.limits.repeat_wait * 2_u32.pow(repeated));
            let over = self.left().is_zero();
            if !over && again && repeated < REPEATS && self.wait(wait) {
                repeated += 1;
                continue;
            }
            return match result {
                Ok(told) => Ok(told),
                Err(_) if over => Err(Silence::Time),
                Err(fault) => Err(Silence::Words(in_words(&fault, ask.url.host_str().unwrap_or_default()))),
            };
        }
    }

    /// Waits, if there is time for it; says whether there was.
    pub fn wait(&self, time: Duration) -> bool {
        let enough = time < self.left();
        if enough {
            // Inside of it, because a timer belongs to a running clock.
            self.runtime.block_on(async { tokio::time::sleep(time).await });
        }
        enough
    }

    fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    async fn once(&self, ask: &Ask) -> Result<Told, Fault> {
        check_host(&self.options, &self.clients, &ask.url)?;
        if ask.url.scheme() == "https" && self.clients.no_authorities() {
            return Err(Fault::NoAuthorities);
        }
        let limits = &self.options.limits;
        let request = self.request(ask).send();
        let response = match tokio::time::timeout(limits.attempt.max(limits.first_byte).min(self.left()), request).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(Fault::of(&error, limits.connect.as_secs())),
            Err(_) => return Err(Fault::Slow("an answer", limits.attempt.as_secs())),
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Told { status, headers, body: self.body(response).await? })
    }

    fn request(&self, ask: &Ask) -> RequestBuilder {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let client = &self.clients.usual;
        let request = match &ask.body {
            Some(body) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                client.post(ask.url.clone()).body(body.clone())
            }
            None => client.get(ask.url.clone()),
        };
        let request = match &ask.proof {
            Proof::Bearer(token) => request.bearer_auth(&token.0),
            Proof::Basic(name, word) => request.basic_auth(&name.0, Some(&word.0)),
            Proof::Header(name, token) => {
                headers.extend(token.header().map(|value| (HeaderName::from_static(name), value)));
                request
            }
        };
        request.headers(headers)
    }

    async fn body(&self, mut response: Response) -> Result<Vec<u8>, Fault> {
        let mut body = Vec::new();
        loop {
            let left = self.left().min(self.options.limits.idle);
            match tokio::time::timeout(left, response.chunk()).await {
                Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
                Ok(Ok(None)) => return Ok(body),
                Ok(Err(_)) => return Err(Fault::Cut),
                Err(_) => return Err(Fault::Slow("the end of its answer", self.options.limits.idle.as_secs())),
            }
            if body.len() > MOST_BYTES {
                return Err(Fault::Other(String::from("the answer is larger than 32 MB")));
            }
        }
    }
}

/// A fault in words about an interface, not about a link in a mail.
fn in_words(fault: &Fault, host: &str) -> String {
    match fault {
        Fault::Name(NameFault::Missing) => format!("there is no site named {host}"),
        Fault::Name(NameFault::Private(address, why)) if host.trim_matches(['[', ']']) == address.to_string() => {
            format!("{host} is {why}; presend asks such addresses only where allow-private names them")
        }
        Fault::Name(NameFault::Private(address, why)) => {
            format!("{host} is at {address}, {why}; presend asks such addresses only where allow-private names them")
        }
        Fault::NotListening => format!("{host} turns connections down"),
        Fault::Certificate(why) => format!("the certificate of {host} {why}, and a token is not sent over such a connection"),
        Fault::UnknownIssuer => format!("the certificate of {host} could not be traced to an authority that this computer trusts"),
        Fault::NotTls => format!("{host} does not speak https on this port"),
        other => other.standing(host).1,
    }
}
