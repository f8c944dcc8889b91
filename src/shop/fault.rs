//! Why a shop's coupons could not be had, in words for people who do not read code, and never with a token.

use crate::evidence::Unanswered;
use crate::probe::{Secret, Silence};
use crate::report::harmless;
use crate::settings::{Shop, ShopKind};

/// Why a shop's coupons could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The network may not be asked.
    Offline,
    /// There is no token.
    NoToken,
    /// The token does not have the form that this shop's tokens have.
    TokenForm,
    /// The store's address cannot be read.
    Address,
    /// A token over an unprotected connection.
    Unprotected,
    /// The address holds a name or a password.
    SecretInAddress,
    /// No answer; why.
    Silent(String),
    /// The time was over.
    Time,
    /// 401: the token is not accepted.
    Refused,
    /// 403, or the like inside of an answer: the token may not read coupons.
    Forbidden,
    /// 404: no such interface at this address.
    NotThere,
    /// 429, to the end.
    Busy,
    /// 5xx, to the end.
    Trouble(u16),
    /// Any other status that is no success.
    Status(u16),
    /// A redirect; to where.
    Elsewhere(String),
    /// A web page instead of data.
    Page,
    /// Something that is not the documented answer.
    Garbage,
    /// An error that the shop words itself.
    Worded(String),
    /// The same page again and again.
    Repeating,
    /// More than can be held.
    TooMuch,
    /// A record that cannot be read; where and why.
    Unreadable(String),
}

impl From<Silence> for Fault {
    fn from(silence: Silence) -> Self {
        match silence {
            Silence::Time => Self::Time,
            Silence::Words(words) => Self::Silent(words),
        }
    }
}

impl Fault {
    /// The fault in words, with what to do.
    pub(super) fn told(&self, shop: &Shop, token: Option<&Secret>) -> Unanswered {
        let why = self.why(shop);
        let why = harmless(&token.map_or_else(|| why.clone(), |token| token.kept_out_of(&why)));
        Unanswered { shop: shop.kind.to_string(), why, remedy: self.remedy(shop) }
    }

    fn why(&self, shop: &Shop) -> String {
        let (kind, env) = (shop.kind, shop.token_env());
        match self {
            Self::Offline => format!("{kind} was not asked: this run asks nothing of the network"),
            Self::NoToken => format!("{kind} was not asked: the environment variable {env} is not set"),
            Self::TokenForm => format!("{kind} was not asked: {env} does not hold a key and a secret"),
            Self::Address => format!("{kind} was not asked: the address of the store cannot be read"),
            Self::Unprotected => {
                format!("{kind} was not asked: the store's address does not begin with https, and a token is not sent over it")
            }
            Self::SecretInAddress => format!("{kind} was not asked: the store's address holds a name or a password"),
            Self::Silent(words) => format!("{kind} did not answer: {words}"),
            Self::Time => format!("{kind} could not be read to the end within its time"),
            Self::Refused => format!("{kind} does not accept the token in {env} (401)"),
            Self::Forbidden => format!("{kind} does not let the token in {env} read coupons (403)"),
            Self::NotThere => format!("{kind} has no coupons to ask for at this address (404)"),
            Self::Busy => format!("{kind} keeps saying that it was asked too often (429)"),
            Self::Trouble(status) => format!("{kind} has trouble of its own ({status})"),
            Self::Status(status) => format!("{kind} answers with status {status} instead of coupons"),
            Self::Elsewhere(to) => {
                format!("{kind} leads on to {to}, and a token is not sent to another address than the one that was given")
            }
            Self::Page => format!("{kind} answers with a web page instead of coupons: a login, a cache or a firewall stands before it"),
            Self::Garbage => format!("{kind} answers with something that is not its list of coupons"),
            Self::Worded(words) => format!("{kind} answers with an error: {words}"),
            Self::Repeating => format!("{kind} gives the same page of coupons again for the next one: a cache stands before it"),
            Self::TooMuch => format!("{kind} has more coupons than can be read this way"),
            Self::Unreadable(words) => format!("a coupon of {kind} cannot be read: {words}"),
        }
    }

    fn remedy(&self, shop: &Shop) -> String {
        let (kind, env) = (shop.kind, shop.token_env());
        let token = match kind {
            ShopKind::Shopify => "the Admin API access token of an app with the scope read_discounts",
            ShopKind::Stripe => "a restricted key that may read coupons and promotion codes",
            ShopKind::WooCommerce => "a REST API key that may read, as KEY:SECRET (ck_…:cs_…)",
        };
        match self {
            Self::Offline => String::from("run without --offline, or export the coupons and add --coupons FILE"),
            Self::Refused if kind == ShopKind::WooCommerce => {
                format!("set {env} to {token}; some web servers drop the Authorization header and have to be told to pass it on")
            }
            Self::NoToken | Self::TokenForm | Self::Refused | Self::Forbidden => format!("set {env} to {token}"),
            Self::Address | Self::Unprotected | Self::SecretInAddress => match kind {
                ShopKind::Shopify => String::from("give the store's own address at Shopify, such as my-shop.myshopify.com"),
                _ => format!("give it as https://shop.example, and the token in {env}"),
            },
            Self::NotThere | Self::Elsewhere(_) => match kind {
                ShopKind::Shopify => String::from("give the store's own address at Shopify, such as my-shop.myshopify.com"),
                ShopKind::Stripe => String::from("take `store` out of the settings"),
                ShopKind::WooCommerce => {
                    String::from("give the address as a browser shows it, with www. if it has that, and the folder if WordPress is in one")
                }
            },
            Self::Page | Self::Repeating => String::from(
                "have the shop's host let /wp-json/ through without a cache or a login, or export the coupons and add --coupons FILE",
            )
            .replace("/wp-json/", if kind == ShopKind::WooCommerce { "/wp-json/" } else { "its interface" }),
            Self::Time => String::from("give it more time (seconds = 600), or export the coupons and add --coupons FILE"),
            Self::Busy | Self::Trouble(_) | Self::Silent(_) => {
                String::from("run again in a few minutes, or export the coupons and add --coupons FILE")
            }
            _ => String::from("export the coupons from the shop and add --coupons FILE"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_a_shop_repeats_is_not_repeated() {
        let shop = Shop { kind: ShopKind::Stripe, store: None, token_env: None, seconds: None };
        let told = Fault::Worded("no such key sk_test_9\x1b[31m".into()).told(&shop, Some(&Secret::new("sk_test_9")));
        assert_eq!(told.why, "Stripe answers with an error: no such key …\u{fffd}[31m");
        let told = Fault::Worded("no key ck_12345".into()).told(&shop, Some(&Secret::new("ck_12345:cs_6789")));
        assert_eq!(told.why, "Stripe answers with an error: no key …");
    }
}
