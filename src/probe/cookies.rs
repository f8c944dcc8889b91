//! The cookies of one chain of redirects: some sites redirect for ever without them.

use url::Url;

/// Name, value, the host that set it, and whether hosts below that one get it too.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cookie {
    name: String,
    value: String,
    host: String,
    below: bool,
}

/// The cookies set so far. They live as long as one chain and are never shared between links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cookies(Vec<Cookie>);

/// More than any site needs to redirect; beyond it, cookies are ignored.
const MOST: usize = 64;
/// Longer cookies are ignored, as browsers do.
const LONGEST: usize = 4096;

impl Cookies {
    /// Takes one `Set-Cookie` header.
    pub(super) fn take(&mut self, url: &Url, header: &str) {
        let mut parts = header.split(';');
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { return };
        let Some(own) = url.host_str() else { return };
        if header.len() > LONGEST || name.trim().is_empty() {
            return;
        }
        let mut cookie = Cookie { name: name.trim().to_owned(), value: value.trim().to_owned(), host: own.to_owned(), below: false };
        for attribute in parts {
            let Some((key, domain)) = attribute.split_once('=') else { continue };
            let domain = domain.trim().trim_start_matches('.').to_lowercase();
            // A cookie for a whole suffix (`co.uk`) or for somebody else's domain is no cookie.
            let inside = own == domain || own.strip_suffix(&domain).is_some_and(|head| head.ends_with('.'));
            if key.trim().eq_ignore_ascii_case("domain") && inside && psl::domain_str(&domain).is_some() {
                (cookie.host, cookie.below) = (domain, true);
            }
        }
        self.0.retain(|old| (&old.name, &old.host) != (&cookie.name, &cookie.host));
        if self.0.len() < MOST {
            self.0.push(cookie);
        }
    }

    /// The `Cookie` header for an address.
    pub(super) fn header(&self, url: &Url) -> Option<String> {
        let host = url.host_str()?;
        let fits = |cookie: &&Cookie| {
            host == cookie.host || cookie.below && host.strip_suffix(&cookie.host).is_some_and(|head| head.ends_with('.'))
        };
        let pairs: Vec<String> = self.0.iter().filter(fits).map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_stay_with_their_site() {
        let url = |text| Url::parse(text).expect("url");
        let mut cookies = Cookies::default();
        cookies.take(&url("https://www.shop.example/"), "a=1; Path=/; Domain=.shop.example; Secure");
        cookies.take(&url("https://www.shop.example/"), "b=2");
        cookies.take(&url("https://www.shop.example/"), "c=3; Domain=example");
        cookies.take(&url("https://www.shop.example/"), "b=4");
        assert_eq!(cookies.header(&url("https://www.shop.example/x")).as_deref(), Some("a=1; c=3; b=4"));
        assert_eq!(cookies.header(&url("https://m.shop.example/x")).as_deref(), Some("a=1"));
        assert_eq!(cookies.header(&url("https://evilshop.example/")), None);
    }
}
