//! Where coupons come from: files, or the shop itself.

use crate::error::Error;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where coupons come from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CouponSource {
    /// A file: CSV or JSON.
    File(String),
    /// The shop itself, asked over the network.
    Shop(Shop),
}

/// A shop that is asked for its coupons, read-only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shop {
    /// Which kind of shop it is.
    pub kind: ShopKind,
    /// Where it is: `my-shop.myshopify.com`, `https://shop.example`. Only Stripe has an address of its own.
    pub store: Option<String>,
    /// The environment variable that holds the token, if not the usual one.
    pub token_env: Option<String>,
    /// How many seconds reading it may take in all.
    pub seconds: Option<u64>,
}

/// The shops that can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShopKind {
    /// Shopify, over the Admin GraphQL API.
    Shopify,
    /// Stripe promotion codes and coupons.
    Stripe,
    /// `WooCommerce`, over REST v3.
    WooCommerce,
}

impl ShopKind {
    const ALL: [Self; 3] = [Self::Shopify, Self::Stripe, Self::WooCommerce];

    /// The name as it is written in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shopify => "shopify",
            Self::Stripe => "stripe",
            Self::WooCommerce => "woocommerce",
        }
    }

    /// The environment variable that holds its token, unless another is named.
    pub fn usual_token_env(self) -> &'static str {
        match self {
            Self::Shopify => "SHOPIFY_ACCESS_TOKEN",
            Self::Stripe => "STRIPE_API_KEY",
            Self::WooCommerce => "WOOCOMMERCE_KEY",
        }
    }

    fn store_example(self) -> &'static str {
        match self {
            Self::Shopify => "my-shop.myshopify.com",
            Self::Stripe => "https://api.stripe.com",
            Self::WooCommerce => "https://shop.example",
        }
    }
}

impl fmt::Display for ShopKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shopify => "Shopify",
            Self::Stripe => "Stripe",
            Self::WooCommerce => "WooCommerce",
        })
    }
}

impl Shop {
    /// The environment variable that holds the token.
    pub fn token_env(&self) -> &str {
        self.token_env.as_deref().unwrap_or(self.kind.usual_token_env())
    }

    /// What is missing, in words; nothing if the shop can be asked.
    fn lack(&self) -> Option<String> {
        let needed = self.kind != ShopKind::Stripe && self.store.as_deref().is_none_or(|store| store.trim().is_empty());
        needed.then(|| format!("{} needs the address of the store, such as {}", self.kind, self.kind.store_example()))
    }
}

impl CouponSource {
    /// Reads a source as it is typed: `coupons.csv`, `shop:stripe`, `shop:shopify=my-shop.myshopify.com`.
    ///
    /// # Errors
    /// A shop that is not known, or one whose address is missing.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let Some(shop) = text.strip_prefix("shop:") else { return Ok(Self::File(text.to_owned())) };
        let (name, store) = shop.split_once('=').map_or((shop, None), |(name, store)| (name, Some(store)));
        let kind = ShopKind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name.trim())).ok_or_else(|| {
            Error::new(format!("there is no shop `{name}` that can be asked"))
                .help("use shop:shopify=STORE, shop:stripe or shop:woocommerce=ADDRESS, or name a file")
        })?;
        let shop = Shop { kind, store: store.map(|store| store.trim().to_owned()), token_env: None, seconds: None };
        match shop.lack() {
            Some(lack) => Err(Error::new(lack).help(format!("write it as shop:{}={}", kind.name(), kind.store_example()))),
            None => Ok(Self::Shop(shop)),
        }
    }

    /// The file, if it is one.
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::File(path) => Some(path),
            Self::Shop(_) => None,
        }
    }
}

/// `coupons` as it is written: a file, a shop, or a list of both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CouponSources(pub Vec<CouponSource>);

/// A shop as a table of settings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ShopEntry {
    shop: ShopKind,
    store: Option<String>,
    token_env: Option<String>,
    seconds: Option<u64>,
}

impl<'de> Deserialize<'de> for CouponSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One;
        impl<'de> Visitor<'de> for One {
            type Value = CouponSource;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a file name or { shop = \"…\" }")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                CouponSource::parse(text).map_err(|error| E::custom(error.message()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let ShopEntry { shop: kind, store, token_env, seconds } = ShopEntry::deserialize(MapAccessDeserializer::new(map))?;
                let shop = Shop { kind, store, token_env, seconds };
                match shop.lack() {
                    Some(lack) => Err(de::Error::custom(format!("{lack}: store = \"{}\"", kind.store_example()))),
                    None => Ok(CouponSource::Shop(shop)),
                }
            }
        }
        deserializer.deserialize_any(One)
    }
}

impl<'de> Deserialize<'de> for CouponSources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Several;
        impl<'de> Visitor<'de> for Several {
            type Value = CouponSources;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list of file names, or { shop = \"…\" }")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                CouponSource::parse(text).map(|one| CouponSources(vec![one])).map_err(|error| E::custom(error.message()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                CouponSource::deserialize(MapAccessDeserializer::new(map)).map(|one| CouponSources(vec![one]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(one) = list.next_element()? {
                    all.push(one);
                }
                Ok(CouponSources(all))
            }
        }
        deserializer.deserialize_any(Several)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shop_is_typed_with_its_address() {
        let store = |text: &str| match CouponSource::parse(text) {
            Ok(CouponSource::Shop(shop)) => (shop.kind, shop.store),
            other => panic!("{other:?}"),
        };
        assert_eq!(store("shop:stripe"), (ShopKind::Stripe, None));
        assert_eq!(store("shop:WooCommerce=https://a.example/de"), (ShopKind::WooCommerce, Some("https://a.example/de".into())));
        assert_eq!(CouponSource::parse("shop.csv").ok(), Some(CouponSource::File("shop.csv".into())));
        let wrong = |text: &str| CouponSource::parse(text).expect_err(text).to_string();
        assert!(wrong("shop:etsy").contains("no shop `etsy`"));
        assert!(wrong("shop:shopify").contains("shop:shopify=my-shop.myshopify.com"));
    }

    #[test]
    fn settings_name_files_and_shops() {
        #[derive(Deserialize)]
        struct File {
            coupons: CouponSources,
        }
        let read = |text: &str| toml::from_str::<File>(text).map(|file| file.coupons.0).map_err(|error| error.message().to_owned());
        assert_eq!(read("coupons = [\"a.csv\", { shop = \"stripe\", token-env = \"KEY\", seconds = 5 }]").map(|all| all.len()), Ok(2));
        assert_eq!(read("coupons = { shop = \"stripe\" }").map(|all| all.len()), Ok(1));
        assert_eq!(read("coupons = \"a.csv\""), Ok(vec![CouponSource::File("a.csv".into())]));
        assert!(read("coupons = { shop = \"shopify\" }").is_err_and(|words| words.contains("address of the store")));
        assert!(read("coupons = { shop = \"stripe\", token = \"x\" }").is_err_and(|words| words.contains("unknown field `token`")));
        assert!(read("coupons = { shop = \"etsy\" }").is_err_and(|words| words.contains("unknown variant `etsy`")));
    }
}
