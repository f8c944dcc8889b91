//! Why an address gave no answer at all, told apart as far as the libraries' errors allow, in words for people.

use super::names::NameFault;
use crate::links::{Mender, Standing};
use std::error::Error as StdError;
use std::io::{self, ErrorKind as Kind};

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The name led nowhere.
    Name(NameFault),
    /// A connection was turned down: nothing listens there.
    NotListening,
    /// This network knows no way there.
    Unreachable,
    /// Nothing happened in time; what was waited for, and how long.
    Slow(&'static str, u64),
    /// The site let so many other requests wait that this one was not made.
    Hopeless,
    /// The connection was cut.
    Cut,
    /// What came back does not begin as HTTP does: a mail server, say.
    OtherTongue,
    /// What came back is HTTP with faults, of which browsers may forgive some.
    NotHttp,
    /// The head of the answer is larger than any browser accepts.
    HeadTooLarge,
    /// The certificate is not valid; why, in words that follow "the certificate".
    Certificate(&'static str),
    /// The certificate's issuer is not known here; whether it signed itself is asked separately.
    UnknownIssuer,
    /// There is no TLS behind the port.
    NotTls,
    /// The two sides agreed on no protection; the library's words.
    Handshake(String),
    /// This computer trusts no authority at all.
    NoAuthorities,
    /// The proxy would not let it through.
    Proxy,
    /// Anything else; the library's words.
    Other(String),
}

impl Fault {
    /// Reads a library's error, cause by cause.
    pub(super) fn of(error: &reqwest::Error, connect_limit: u64) -> Self {
        if error.is_timeout() {
            return Self::Slow(if error.is_connect() { "a connection" } else { "an answer" }, connect_limit);
        }
        let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
        let mut last = String::new();
        while let Some(error) = cause {
            if let Some(fault) = Self::of_cause(error) {
                return fault;
            }
            last = error.to_string();
            cause = error.source();
        }
        Self::of_words(&last)
    }

    fn of_cause(error: &(dyn StdError + 'static)) -> Option<Self> {
        if let Some(fault) = error.downcast_ref::<NameFault>() {
            return Some(Self::Name(fault.clone()));
        }
        if let Some(error) = error.downcast_ref::<rustls::Error>() {
            return Some(Self::of_tls(error));
        }
        let error = error.downcast_ref::<io::Error>()?;
        // An io::Error names the cause of what it wraps, not the wrapped error itself, and may be wrapped twice.
        let mut inner = error.get_ref();
        while let Some(wrapped) = inner {
            if let Some(error) = wrapped.downcast_ref::<rustls::Error>() {
                return Some(Self::of_tls(error));
            }
            inner = wrapped.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        }
        Some(match error.kind() {
            Kind::ConnectionRefused => Self::NotListening,
            Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::AddrNotAvailable | Kind::NetworkDown | Kind::PermissionDenied => {
                Self::Unreachable
            }
            Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe | Kind::UnexpectedEof => Self::Cut,
            Kind::TimedOut => Self::Slow("an answer", 0),
            _ => return None,
        })
    }

    fn of_tls(error: &rustls::Error) -> Self {
        use rustls::CertificateError as C;
        match error {
            rustls::Error::InvalidCertificate(fault) => match fault {
                C::Expired | C::ExpiredContext { .. } => Self::Certificate("has expired"),
                C::NotValidYet | C::NotValidYetContext { .. } => Self::Certificate("is not valid yet"),
                C::NotValidForName | C::NotValidForNameContext { .. } => Self::Certificate("is made out to another name"),
                C::Revoked => Self::Certificate("was revoked by its issuer"),
                C::UnknownIssuer => Self::UnknownIssuer,
                // webpki words a self-signed leaf that claims to be an authority as its own fault.
                C::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => Self::UnknownIssuer,
                C::BadSignature => Self::Certificate("carries a signature that does not fit"),
                C::InvalidPurpose | C::InvalidPurposeContext { .. } => Self::Certificate("is not made for web sites"),
                other => Self::Handshake(format!("{other:?}")),
            },
            rustls::Error::InvalidMessage(_) => Self::NotTls,
            other => Self::Handshake(other.to_string()),
        }
    }

    fn of_words(words: &str) -> Self {
        let has = |part: &str| words.contains(part);
        if has("message head is too large") || has("header list") {
            Self::HeadTooLarge
        } else if has("before message completed") || has("connection closed") || has("connection was reset") || has("connection error") {
            Self::Cut
        } else if has("invalid HTTP version") {
            Self::OtherTongue
        } else if has("invalid HTTP")
            || has("invalid content-length")
            || has("invalid header")
            || has("invalid chunk")
            || has("unexpected transfer-encoding")
        {
            Self::NotHttp
        } else if has("tunnel") || has("proxy") {
            Self::Proxy
        } else {
            Self::Other(words.to_owned())
        }
    }

    /// Whether trying again after a moment may help.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::NotListening | Self::Unreachable | Self::Slow(..) | Self::Cut | Self::Other(_) | Self::Handshake(_) => true,
            Self::Name(fault) => !matches!(fault, NameFault::Private(..)),
            _ => false,
        }
    }

    /// Whether it looks the same when this computer has no network.
    pub(super) fn may_be_ours(&self) -> bool {
        match self {
            Self::NotListening | Self::Unreachable | Self::Proxy | Self::Hopeless => true,
            Self::Slow(what, _) => *what == "a connection",
            Self::Name(fault) => !matches!(fault, NameFault::Private(..)),
            _ => false,
        }
    }

    /// How an address with this fault stands, why, and who can mend it.
    pub(super) fn standing(&self, host: &str) -> (Standing, String, Mender) {
        use Mender::{Author, Network, Reader, Site};
        match self {
            Self::Name(NameFault::Missing) => {
                (Standing::Dead, format!("there is no site named {host} (asked the name server twice)"), Author)
            }
            Self::Name(NameFault::Private(address, why)) if host.trim_matches(['[', ']']).parse() == Ok(*address) => {
                (Standing::Dead, format!("it leads to {address}, {why}; no reader can open that, and presend did not"), Author)
            }
            Self::Name(NameFault::Private(address, why)) => (
                Standing::Unknown,
                format!("{host} leads to {address}, {why}; presend opens such addresses only where allow-private names them"),
                Network,
            ),
            Self::Name(fault) => (Standing::Unknown, format!("{host} could not be looked up: {fault}"), Network),
            Self::NotListening => (Standing::Dead, format!("{host} turns connections down: no web server runs there (tried twice)"), Site),
            Self::Unreachable => (Standing::Unknown, format!("this network knows no way to {host}"), Network),
            Self::Slow(what, seconds) => (Standing::Unknown, format!("{host} did not give {what} within {seconds} s (time-out)"), Reader),
            Self::Hopeless => (
                Standing::Unknown,
                format!("{host} let all requests before this one wait without an answer (time-out), so it was not asked again"),
                Reader,
            ),
            Self::Cut => (Standing::Unknown, format!("{host} cut the connection before answering"), Reader),
            Self::OtherTongue => (Standing::Dead, format!("{host} answers with something that is not HTTP (asked twice)"), Site),
            Self::NotHttp => (Standing::Unknown, format!("{host} answers with faulty HTTP"), Site),
            Self::HeadTooLarge => (Standing::Unknown, format!("{host} answers with more headers than browsers accept"), Site),
            Self::Certificate(why) => {
                (Standing::Dead, format!("the certificate of {host} {why}; browsers show a warning instead of the page"), Site)
            }
            Self::UnknownIssuer => {
                let words = format!(
                    "the certificate of {host} could not be traced to an authority that this computer trusts (incomplete chain, or a filter on this network); some browsers repair that, some phones do not"
                );
                (Standing::Unknown, words, Site)
            }
            Self::NotTls => {
                (Standing::Dead, format!("{host} does not speak https on this port; browsers show an error instead of the page"), Site)
            }
            Self::Handshake(words) => (Standing::Unknown, format!("no protected connection with {host} came about: {words}"), Site),
            Self::NoAuthorities => {
                let words = "this computer trusts no certificate authority (is the package ca-certificates missing?), so https could not be checked";
                (Standing::Unknown, words.into(), Network)
            }
            Self::Proxy => (Standing::Unknown, format!("the proxy did not lead to {host}"), Network),
            Self::Other(words) => (Standing::Unknown, format!("no answer from {host}: {words}"), Reader),
        }
    }
}
