//! How the asking is done: every number and name that a caller may change, with its default.

use crate::error::Error;
use crate::links::Links;
use reqwest::header::{HeaderName, HeaderValue};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Notify;

/// How the asking is done.
#[derive(Debug, Clone)]
pub struct Options {
    /// Requests at once, in all. Politeness is the next number's business; this one bounds what this computer holds open.
    pub width: usize,
    /// Requests at once to one registrable domain: what a browser does.
    pub domain_width: usize,
    /// Time for the whole run; what is unfinished then could not be told.
    pub deadline: Duration,
    /// Limits of single steps.
    pub limits: Limits,
    /// How presend calls itself.
    pub user_agent: String,
    /// The languages a reader would ask for: `de-DE,de;q=0.9,en;q=0.5`.
    pub accept_language: String,
    /// Headers sent to every host: not the place for secrets.
    pub headers: Vec<(String, String)>,
    /// Settings for one host and all below it, by its name.
    pub hosts: BTreeMap<String, HostOptions>,
    /// A proxy for everything: `http://proxy.example:3128`. Behind one, private addresses cannot be recognised by name.
    pub proxy: Option<String>,
    /// A proxy for `http:` addresses alone, where `proxy` says nothing.
    pub http_proxy: Option<String>,
    /// A proxy for `https:` addresses alone, where `proxy` says nothing.
    pub https_proxy: Option<String>,
    /// Hosts that are asked without the proxy, as `NO_PROXY` lists them: `intra.example,10.0.0.0/8`.
    pub proxy_except: String,
    /// Further trusted certificate authorities, as the bytes of a PEM file.
    pub authorities: Vec<u8>,
    /// Whether the authorities that this computer trusts are trusted.
    pub system_authorities: bool,
    /// Private addresses that may be asked nevertheless: host names (`*.intra.example` for all below), addresses or ranges (`10.0.0.0/8`).
    pub allow_private: Vec<String>,
    /// Names that are not looked up but given, in lower case.
    pub resolve: BTreeMap<String, Lookup>,
    /// Whether all other names are looked up by the system; if not, they do not exist.
    pub system_names: bool,
    /// Answers of an earlier run, asked for by address before the web is; the caller says which are fresh enough.
    pub known: Links,
    /// Whether the first Ctrl-C ends the asking (with what is known) and only the next one the program. Outside the asking every
    /// Ctrl-C ends the program, with exit code 130.
    pub ctrl_c: bool,
    /// Ends the asking early from another thread.
    pub cancel: Cancel,
}

/// Limits of single steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Looking up one name.
    pub name: Duration,
    /// Opening one connection, TLS included.
    pub connect: Duration,
    /// From the request to the status line, name and connection included.
    pub first_byte: Duration,
    /// From one piece of the body to the next.
    pub idle: Duration,
    /// One attempt from its beginning to the end of its body.
    pub attempt: Duration,
    /// One link with all its redirects and repeats; waiting for its turn does not count.
    pub link: Duration,
    /// Before an attempt that failed for a passing reason is repeated; up to half as much is added by chance.
    pub repeat_wait: Duration,
    /// Before "not found" is believed: another server behind the same name may know better.
    pub confirm_wait: Duration,
    /// The longest `Retry-After` that is waited for.
    pub retry_after: Duration,
    /// The longest `<meta refresh>` that counts as a redirect.
    pub meta_refresh: Duration,
    /// Above this, the first byte came slowly enough to be told.
    pub slow: Duration,
    /// Redirects that are followed: as many as browsers follow.
    pub hops: usize,
    /// Bytes of a page that are read, unpacked.
    pub page_bytes: usize,
    /// Bytes of a picture that are read.
    pub image_bytes: usize,
}

/// Settings for one host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostOptions {
    /// Headers sent to this host alone: a preview token, say.
    pub headers: Vec<(String, String)>,
    /// Requests at once.
    pub width: Option<usize>,
}

/// What a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// These addresses; port 0 stands for the port of the link.
    To(Vec<SocketAddr>),
    /// There is no such name.
    Missing,
    /// The name server has trouble.
    Failing,
    /// The name server never answers.
    Silent,
}

/// Ends the asking early, from any thread. Clones end the same run.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<(AtomicBool, Notify)>);

impl Cancel {
    /// Ends the asking; what has not answered could not be told.
    pub fn cancel(&self) {
        self.0.0.store(true, Ordering::SeqCst);
        self.0.1.notify_waiters();
    }

    /// Whether the asking is to end.
    pub fn is_cancelled(&self) -> bool {
        self.0.0.load(Ordering::SeqCst)
    }

    /// Returns once the asking is to end.
    pub(super) async fn cancelled(&self) {
        let notified = self.0.1.notified();
        if !self.is_cancelled() {
            notified.await;
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            name: Duration::from_secs(5),
            connect: Duration::from_secs(5),
            first_byte: Duration::from_secs(10),
            idle: Duration::from_secs(5),
            attempt: Duration::from_secs(15),
            link: Duration::from_secs(16),
            repeat_wait: Duration::from_millis(700),
            confirm_wait: Duration::from_secs(1),
            retry_after: Duration::from_secs(5),
            meta_refresh: Duration::from_secs(5),
            slow: Duration::from_secs(3),
            hops: 20,
            page_bytes: 512 * 1024,
            image_bytes: 2 * 1024 * 1024,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 128,
            domain_width: 6,
            deadline: Duration::from_mins(1),
            limits: Limits::default(),
            user_agent: default_user_agent(),
            accept_language: "en-GB,en;q=0.9,*;q=0.5".into(),
            headers: Vec::new(),
            hosts: BTreeMap::new(),
            proxy: None,
            http_proxy: None,
            https_proxy: None,
            proxy_except: String::new(),
            authorities: Vec::new(),
            system_authorities: true,
            allow_private: Vec::new(),
            resolve: BTreeMap::new(),
            system_names: true,
            known: Links::default(),
            ctrl_c: true,
            cancel: Cancel::default(),
        }
    }
}

impl Options {
    /// Whether anything is asked through a proxy.
    pub(super) fn has_proxy(&self) -> bool {
        self.proxy.is_some() || self.http_proxy.is_some() || self.https_proxy.is_some()
    }

    /// # Errors
    /// A header that no request can carry.
    pub(super) fn check_headers(&self) -> Result<(), Error> {
        let own = self.hosts.values().flat_map(|host| &host.headers);
        for (name, value) in self.headers.iter().chain(own) {
            if HeaderName::from_bytes(name.as_bytes()).is_err() || HeaderValue::from_str(value).is_err() {
                return Err(Error::new(format!("the header `{name}` cannot be sent"))
                    .help("a name holds letters, digits and hyphens, a value stands on one line"));
            }
        }
        Ok(())
    }

    /// The settings of a host: its own, or those of the nearest name above it.
    pub(super) fn host(&self, host: &str) -> Option<&HostOptions> {
        let mut name = host;
        loop {
            if let Some(options) = self.hosts.get(name) {
                return Some(options);
            }
            name = name.split_once('.')?.1;
        }
    }
}

/// A browser's name, because readers click with browsers, and presend's own behind it, because sites may know who asks.
fn default_user_agent() -> String {
    let browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    format!("{browser} presend/{}", env!("CARGO_PKG_VERSION"))
}
