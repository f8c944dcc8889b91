//! Where a shop's interface is, from the address that people give.

use super::fault::Fault;
use crate::probe;
use crate::settings::{Shop, ShopKind};
use url::Url;

/// The address below which a shop's interface lies; its path ends with `/`.
///
/// A token is sent over https only, but for private addresses that the settings allow.
pub(super) fn of(shop: &Shop, allow_private: &[String]) -> Result<Url, Fault> {
    let given = shop.store.as_deref().map(str::trim).filter(|store| !store.is_empty());
    let given = given.unwrap_or("https://api.stripe.com");
    let with_scheme = if given.contains("://") { given.to_owned() } else { format!("https://{given}") };
    let mut url = Url::parse(&with_scheme).map_err(|_| Fault::Address)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Fault::SecretInAddress);
    }
    let Some(host) = url.host_str().map(str::to_owned) else { return Err(Fault::Address) };
    if shop.kind == ShopKind::Shopify {
        // The short name of a store is the first part of its own address at Shopify.
        if !host.contains(['.', ':']) && host != "localhost" {
            url.set_host(Some(&format!("{host}.myshopify.com"))).map_err(|_| Fault::Address)?;
        }
        url.set_path("/");
    } else if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    url.set_query(None);
    url.set_fragment(None);
    match url.scheme() {
        "https" => Ok(url),
        "http" if probe::is_allowed_private(&url, allow_private) => Ok(url),
        _ => Err(Fault::Unprotected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ShopKind::{Shopify, Stripe, WooCommerce};

    #[test]
    fn addresses_as_people_give_them() {
        let shop = |kind, store: &str| Shop { kind, store: Some(store.into()), token_env: None, seconds: None };
        let at = |kind, store: &str| of(&shop(kind, store), &["127.0.0.1".into()]).map(|url| url.to_string());
        assert_eq!(at(Shopify, "lamps").as_deref(), Ok("https://lamps.myshopify.com/"));
        assert_eq!(at(Shopify, "https://lamps.myshopify.com/admin").as_deref(), Ok("https://lamps.myshopify.com/"));
        assert_eq!(at(WooCommerce, "shop.example/de").as_deref(), Ok("https://shop.example/de/"));
        assert_eq!(at(Stripe, "").as_deref(), Ok("https://api.stripe.com/"));
        assert_eq!(at(WooCommerce, "http://shop.example"), Err(Fault::Unprotected));
        assert_eq!(at(WooCommerce, "http://127.0.0.1:8080").as_deref(), Ok("http://127.0.0.1:8080/"));
        assert_eq!(at(WooCommerce, "https://ck:cs@shop.example"), Err(Fault::SecretInAddress));
        assert_eq!(at(WooCommerce, "https://"), Err(Fault::Address));
    }
}
