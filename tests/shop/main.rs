//! Shops that are asked for their coupons: a server on this computer speaks each shop's documented interface, with pages, rate
//! limits and errors. Nothing leaves this computer.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

mod errors;
mod program;
mod server;
mod shopify;
mod stripe;
mod woocommerce;

use presend::coupons::{Coupon, Coupons};
use presend::evidence::Unanswered;
use presend::probe::{Limits, Options, Secret};
use presend::settings::{Shop, ShopKind};
use server::Server;
use std::time::Duration;

/// A token that must never be seen again.
pub(crate) const TOKEN: &str = "ck_5ecret:cs_t0k3n";

/// Asks the server as a shop of this kind.
pub(crate) fn ask(kind: ShopKind, server: &Server, seconds: u64) -> Result<Coupons, Unanswered> {
    ask_with(kind, server, seconds, Some(TOKEN))
}

pub(crate) fn ask_with(kind: ShopKind, server: &Server, seconds: u64, token: Option<&str>) -> Result<Coupons, Unanswered> {
    let shop = Shop { kind, store: Some(server.address()), token_env: None, seconds: Some(seconds) };
    presend::shop::read(&shop, token.map(Secret::new).as_ref(), &options())
}

pub(crate) fn options() -> Options {
    let limits = Limits { repeat_wait: Duration::from_millis(5), first_byte: Duration::from_secs(2), ..Limits::default() };
    Options { allow_private: vec!["127.0.0.1".into()], limits, ctrl_c: false, ..Options::default() }
}

/// A coupon of the list, as the shop has it.
pub(crate) fn coupon(coupons: &Coupons, code: &str) -> Coupon {
    coupons.find(code).unwrap_or_else(|| panic!("{code} is in the list")).into_owned()
}
