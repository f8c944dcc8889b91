//! How many requests run at once: in all, and to one registrable domain.

use super::options::Options;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::{Host, Url};

/// The gates of one run.
pub(super) struct Pace {
    all: Arc<Semaphore>,
    domains: Mutex<HashMap<String, Arc<Domain>>>,
    domain_width: usize,
    widths: HashMap<String, usize>,
}

struct Domain {
    gate: Arc<Semaphore>,
    width: AtomicUsize,
    /// Permits that are to vanish when they come back.
    debt: AtomicUsize,
    /// Requests that got no answer in time.
    silent: AtomicUsize,
    answered: AtomicBool,
}

/// A site that left so many requests unanswered, and none answered, is not waited for any longer.
const PATIENCE: usize = 6;

/// The right to send one request. Given back when dropped.
pub(super) struct Permit {
    domain: Arc<Domain>,
    in_domain: Option<OwnedSemaphorePermit>,
    _in_all: OwnedSemaphorePermit,
}

/// The registrable domain of an address, or its host where there is none: what a site's operator owns.
pub(super) fn domain_of(url: &Url) -> String {
    match url.host() {
        Some(Host::Domain(host)) => {
            let host = host.trim_end_matches('.').to_lowercase();
            psl::domain_str(&host).unwrap_or(&host).to_owned()
        }
        Some(host) => host.to_string(),
        None => String::new(),
    }
}

impl Pace {
    pub(super) fn new(options: &Options) -> Self {
        let widths = options.hosts.iter().filter_map(|(host, own)| {
            let domain = psl::domain_str(host).unwrap_or(host).to_owned();
            own.width.map(|width| (domain, width.max(1)))
        });
        Self {
            all: Arc::new(Semaphore::new(options.width.max(1))),
            domains: Mutex::default(),
            domain_width: options.domain_width.max(1),
            widths: widths.collect(),
        }
    }

    fn domain(&self, name: String) -> Arc<Domain> {
        let width = self.widths.get(&name).copied().unwrap_or(self.domain_width);
        let mut domains = self.domains.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || {
            Arc::new(Domain {
                gate: Arc::new(Semaphore::new(width)),
                width: AtomicUsize::new(width),
                debt: AtomicUsize::new(0),
                silent: AtomicUsize::new(0),
                answered: AtomicBool::new(false),
            })
        };
        Arc::clone(domains.entry(name).or_insert_with(new))
    }

    /// Waits for a turn. The domain's gate comes first, so that waiting for a slow site never keeps others out;
    /// nobody holds a place among all while waiting for a domain, so nobody can wait for ever.
    pub(super) async fn enter(&self, url: &Url) -> Option<Permit> {
        let domain = self.domain(domain_of(url));
        let in_domain = Arc::clone(&domain.gate).acquire_owned().await.ok()?;
        let in_all = Arc::clone(&self.all).acquire_owned().await.ok()?;
        Some(Permit { domain, in_domain: Some(in_domain), _in_all: in_all })
    }
}

impl Permit {
    /// Whether the site has been silent so often that asking it costs time and tells nothing.
    pub(super) fn is_hopeless(&self) -> bool {
        !self.domain.answered.load(Ordering::SeqCst) && self.domain.silent.load(Ordering::SeqCst) >= PATIENCE
    }

    /// Notes that the site answered, or did not in time.
    pub(super) fn note(&self, answered: bool) {
        if answered {
            self.domain.answered.store(true, Ordering::SeqCst);
        } else {
            self.domain.silent.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// Halves how many requests its domain gets at once, down to one: it said, or showed, that it has enough.
    pub(super) fn slow_down(&self) {
        let width = self.domain.width.load(Ordering::SeqCst);
        let less = width - width / 2;
        if less < width && self.domain.width.compare_exchange(width, less, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
            self.domain.debt.fetch_add(width - less, Ordering::SeqCst);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let owes = self.domain.debt.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |debt| debt.checked_sub(1)).is_ok();
        if let (true, Some(permit)) = (owes, self.in_domain.take()) {
            permit.forget();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_domain_is_slowed_down_to_one_and_never_to_none() {
        let pace = Pace::new(&Options { domain_width: 4, ..Options::default() });
        let url = Url::parse("https://www.shop.example/a").expect("url");
        let domain = pace.domain(domain_of(&url));
        for (width, left) in [(4, 2), (2, 1), (1, 1)] {
            assert_eq!(domain.gate.available_permits(), width);
            let mut permits = Vec::new();
            for _ in 0..width {
                permits.push(pace.enter(&url).await.expect("open gate"));
            }
            permits[0].slow_down();
            drop(permits);
            assert_eq!(domain.gate.available_permits(), left);
        }
    }

    #[test]
    fn subdomains_share_one_gate() {
        let domain = |url| domain_of(&Url::parse(url).expect("url"));
        assert_eq!(domain("https://a.shop.co.uk/"), domain("https://b.shop.co.uk:8443/"));
        assert_ne!(domain("http://127.0.0.1/"), domain("http://127.0.0.2/"));
    }
}
