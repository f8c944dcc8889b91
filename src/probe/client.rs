//! The HTTP clients of a run, made when they are needed.

use super::names::Names;
use super::options::Options;
use crate::error::Error;
use crate::links::masked;
use reqwest::{Certificate, Client, ClientBuilder, NoProxy, Proxy, redirect};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The clients of one run.
pub(super) struct Clients {
    options: Arc<Options>,
    names: Names,
    roots: Roots,
    /// Keeps connections, as a browser does.
    pub(super) usual: Client,
    fresh: OnceLock<Option<Client>>,
    unchecked: OnceLock<Option<Client>>,
    certificates: Vec<Certificate>,
}

/// Which certificate authorities could be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Roots {
    Found,
    /// None at all: no https address can be judged.
    Missing,
}

#[allow(clippy::disallowed_methods, reason = "this is the module through which the network is asked")]
impl Clients {
    /// # Errors
    /// A certificate file, a proxy address, a header or a user agent that cannot be used.
    pub(super) fn new(options: Arc<Options>, names: Names) -> Result<Self, Error> {
        options.check_headers()?;
        let certificates = Certificate::from_pem_bundle(&options.authorities).map_err(|_| {
            Error::new("the file of further certificate authorities holds no PEM certificates")
                .help("give a file with -----BEGIN CERTIFICATE----- blocks")
        })?;
        let whole = builder(&options, &names)?;
        let (roots, usual) = match trusting(whole, &certificates, options.system_authorities, Roots::Found).build() {
            Ok(client) => (if !options.system_authorities && certificates.is_empty() { Roots::Missing } else { Roots::Found }, client),
            // The usual reason is a slim container without authorities. Unprotected links can still be asked.
            Err(first) => {
                let bare = trusting(builder(&options, &names)?, &[], false, Roots::Missing).build();
                (Roots::Missing, bare.map_err(|_| Error::new(format!("links cannot be asked: {first}")))?)
            }
        };
        Ok(Self { options, names, roots, usual, fresh: OnceLock::new(), unchecked: OnceLock::new(), certificates })
    }

    /// Whether no authority is trusted, so that every https address fails.
    pub(super) fn no_authorities(&self) -> bool {
        self.roots == Roots::Missing
    }

    /// A client that opens a new connection for every request.
    pub(super) fn fresh(&self) -> &Client {
        let made = self.fresh.get_or_init(|| {
            let builder = builder(&self.options, &self.names).ok()?.pool_max_idle_per_host(0);
            trusting(builder, &self.certificates, self.options.system_authorities, self.roots).build().ok()
        });
        made.as_ref().unwrap_or(&self.usual)
    }

    /// A client that looks at certificates without checking them. Nothing that it receives is believed.
    pub(super) fn unchecked(&self) -> Option<&Client> {
        let made = self.unchecked.get_or_init(|| {
            let builder = builder(&self.options, &self.names).ok()?.pool_max_idle_per_host(0).tls_info(true);
            builder.tls_danger_accept_invalid_certs(true).build().ok()
        });
        made.as_ref()
    }

    /// The guard of private addresses.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }
}

fn trusting(builder: ClientBuilder, certificates: &[Certificate], system: bool, roots: Roots) -> ClientBuilder {
    let own = certificates.iter().cloned();
    if system && roots == Roots::Found { builder.tls_certs_merge(own) } else { builder.tls_certs_only(own) }
}

#[allow(clippy::disallowed_methods, reason = "this is the module through which the network is asked")]
fn builder(options: &Options, names: &Names) -> Result<ClientBuilder, Error> {
    let builder = Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        // What the environment says about proxies is the caller's to read and to give.
        .no_proxy()
        .retry(reqwest::retry::never())
        .user_agent(&options.user_agent)
        .connect_timeout(options.limits.name + options.limits.connect)
        .pool_idle_timeout(Duration::from_secs(10))
        .http1_max_headers(256)
        .http2_max_header_list_size(256 * 1024)
        // Servers with untidy headers work in browsers, so they have to work here.
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .dns_resolver(names.clone());
    let all = options.proxy.as_ref();
    let own = |proxy: &'_ Option<String>| proxy.clone().filter(|_| all.is_none());
    let proxies: Vec<Proxy> = [
        all.map(|proxy| proxy_at(proxy, Proxy::all)),
        own(&options.http_proxy).map(|proxy| proxy_at(&proxy, Proxy::http)),
        own(&options.https_proxy).map(|proxy| proxy_at(&proxy, Proxy::https)),
    ]
    .into_iter()
    .flatten()
    .collect::<Result<_, Error>>()?;
    let except = |proxy: Proxy| proxy.no_proxy(NoProxy::from_string(&options.proxy_except));
    Ok(proxies.into_iter().map(except).fold(builder, ClientBuilder::proxy))
}

fn proxy_at<'a>(address: &'a str, kind: impl Fn(&'a str) -> reqwest::Result<Proxy>) -> Result<Proxy, Error> {
    kind(address).map_err(|_| {
        Error::new(format!("`{}` is not the address of a proxy", masked(address))).help("write it as http://proxy.example:3128")
    })
}
