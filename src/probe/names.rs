//! Looking up names, with the guard that keeps private addresses out.

use super::address::{Allowed, private};
use super::options::{Lookup, Options};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Looks up names once a run and refuses private addresses.
#[derive(Clone)]
pub(super) struct Names(Arc<Inner>);

struct Inner {
    allowed: Allowed,
    given: BTreeMap<String, Lookup>,
    system: bool,
    limit: Duration,
    /// Only successes are kept: a name that failed is looked up anew when the failure is confirmed.
    known: Mutex<HashMap<String, Vec<SocketAddr>>>,
}

/// Why a name led nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameFault {
    /// There is no such name.
    Missing,
    /// The name server had trouble; its words.
    Failing(String),
    /// The name server did not answer in time.
    Silent,
    /// The name, or the literal, is a private address; why.
    Private(IpAddr, &'static str),
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("no such name"),
            Self::Failing(words) => write!(f, "the name server has trouble: {words}"),
            Self::Silent => f.write_str("the name server does not answer"),
            Self::Private(address, why) => write!(f, "{address} is {why}"),
        }
    }
}

impl std::error::Error for NameFault {}

impl Names {
    pub(super) fn new(options: &Options) -> Self {
        Self(Arc::new(Inner {
            allowed: Allowed::new(&options.allow_private),
            given: options.resolve.clone(),
            system: options.system_names,
            limit: options.limits.name,
            known: Mutex::default(),
        }))
    }

    /// Checks an address that stands in a link as a number: such an address is never looked up.
    pub(super) fn check_literal(&self, address: IpAddr) -> Result<(), NameFault> {
        match private(address) {
            Some(why) if !self.0.allowed.address(address) => Err(NameFault::Private(address, why)),
            _ => Ok(()),
        }
    }

    async fn look_up(self, name: String) -> Result<Vec<SocketAddr>, NameFault> {
        let name = name.trim_end_matches('.').to_lowercase();
        let known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let found = match tokio::time::timeout(self.0.limit, self.ask(&name)).await {
            Ok(found) => found?,
            Err(_) => return Err(NameFault::Silent),
        };
        let public = self.guarded(&name, &found)?;
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner).insert(name, public.clone());
        Ok(public)
    }

    async fn ask(&self, name: &str) -> Result<Vec<SocketAddr>, NameFault> {
        match self.0.given.get(name) {
            Some(Lookup::To(addresses)) => return Ok(addresses.clone()),
            Some(Lookup::Missing) => return Err(NameFault::Missing),
            Some(Lookup::Failing) => return Err(NameFault::Failing("temporary failure".into())),
            Some(Lookup::Silent) => std::future::pending::<()>().await,
            None if !self.0.system => return Err(NameFault::Missing),
            None => {}
        }
        match tokio::net::lookup_host((name, 0)).await {
            Ok(found) => Ok(found.collect()),
            Err(error) => Err(worded(&error)),
        }
    }

    /// Leaves the public addresses of a name; if there is none, says what the private one is.
    fn guarded(&self, name: &str, found: &[SocketAddr]) -> Result<Vec<SocketAddr>, NameFault> {
        if self.0.allowed.name(name) {
            return Ok(found.to_vec());
        }
        let (public, refused): (Vec<_>, Vec<_>) = found.iter().map(|at| (*at, self.check_literal(at.ip()))).partition(|(_, ok)| ok.is_ok());
        match (public.is_empty(), refused.into_iter().find_map(|(_, fault)| fault.err())) {
            (true, Some(fault)) => Err(fault),
            (true, None) => Err(NameFault::Missing),
            _ => Ok(public.into_iter().map(|(at, _)| at).collect()),
        }
    }
}

/// Tells "no such name" from "cannot say" by the system's words: the kinds of `getaddrinfo` do not reach Rust otherwise.
fn worded(error: &std::io::Error) -> NameFault {
    let words = error.to_string();
    let missing = ["not known", "No such host", "no such host", "No address associated", "nodename nor servname", "does not exist"];
    if missing.iter().any(|phrase| words.contains(phrase)) {
        return NameFault::Missing;
    }
    NameFault::Failing(words.rsplit(": ").next().unwrap_or(&words).to_owned())
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let (names, name) = (self.clone(), name.as_str().to_owned());
        Box::pin(async move {
            let found = names.look_up(name).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
