//! Asks a shop for its coupons, read-only, and reads its answers as if they were an export.

mod address;
mod answer;
mod fault;
mod gathered;
mod shopify;
mod stripe;
mod woocommerce;

use crate::coupons::Coupons;
use crate::evidence::Unanswered;
use crate::probe::{Api, Options, Secret};
use crate::settings::{Shop, ShopKind};
use fault::Fault;
use gathered::Gathered;
use std::time::Duration;

/// How long reading a shop may take, unless the settings say otherwise.
const SECONDS: u64 = 120;

/// Asks a shop for all its coupons. Nothing is changed there: GraphQL queries and GET requests only.
///
/// The options say how the network is used; the shop's own span of time takes the place of their deadline. Starts a small
/// runtime of its own, so it must not be called from async code.
///
/// # Errors
/// Why the coupons could not be had, in words without the token. Half an answer is none.
pub fn read(shop: &Shop, token: Option<&Secret>, options: &Options) -> Result<Coupons, Unanswered> {
    ask(shop, token, options).map_err(|fault| fault.told(shop, token))
}

/// What is said of a shop that may not be asked.
pub fn not_asked(shop: &Shop) -> Unanswered {
    Fault::Offline.told(shop, None)
}

fn ask(shop: &Shop, token: Option<&Secret>, options: &Options) -> Result<Coupons, Fault> {
    let token = token.ok_or(Fault::NoToken)?;
    let base = address::of(shop, &options.allow_private)?;
    let deadline = Duration::from_secs(shop.seconds.unwrap_or(SECONDS));
    let api = Api::begin(&Options { deadline, ..options.clone() }).map_err(|error| Fault::Silent(error.message().to_owned()))?;
    let mut gathered = Gathered::default();
    match shop.kind {
        ShopKind::Shopify => shopify::gather(&api, &base, token, &mut gathered)?,
        ShopKind::Stripe => stripe::gather(&api, &base, token, &mut gathered)?,
        ShopKind::WooCommerce => woocommerce::gather(&api, &base, token, &mut gathered)?,
    }
    gathered.coupons(&format!("{} ({})", shop.kind, base.host_str().unwrap_or_default()))
}
