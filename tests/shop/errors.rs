//! Shops that answer with anything but coupons: clear words, nothing guessed, no token.

use super::server::{Response, Server};
use super::{TOKEN, ask, ask_with};
use presend::settings::ShopKind::{self, Shopify, Stripe, WooCommerce};
use serde_json::json;
use std::time::{Duration, Instant};

const LOGIN: &str = "<!DOCTYPE html><html><head><title>Log in</title></head><body>ck_5ecret:cs_t0k3n</body></html>";

/// An answer, and words that tell of it.
type Case = (fn() -> Response, &'static str);

fn fault(kind: ShopKind, seconds: u64, answer: fn() -> Response) -> String {
    let server = Server::start(move |_| answer());
    let fault = ask(kind, &server, seconds).expect_err("no coupons");
    let told = format!("{fault:?}");
    assert!(!told.contains("5ecret") && !told.contains("t0k3n"), "{told}");
    assert!(!fault.remedy.is_empty());
    fault.why
}

#[test]
fn every_status_has_its_words() {
    let cases: [Case; 9] = [
        (
            || Response::json(401, &json!({ "error": { "message": format!("Invalid API Key provided: {TOKEN}") } })),
            "does not accept the token",
        ),
        (|| Response::json(403, &json!({})), "does not let the token"),
        (|| Response::json(404, &json!({ "code": "rest_no_route" })), "at this address (404)"),
        (|| Response::json(418, &json!({})), "status 418"),
        (|| Response::text(200, "text/html", LOGIN), "a web page instead of coupons"),
        (|| Response::text(403, "text/html", LOGIN), "a web page instead of coupons"),
        (|| Response::text(200, "application/json", "{\"data\": ["), "not its list of coupons"),
        (|| Response::json(200, &json!({ "ok": true })), "not its list of coupons"),
        (
            || Response::text(301, "text/html", "").with("Location", "https://www.shop.example/wp-json/?secret=1"),
            "leads on to https://www.shop.example/wp-json/,",
        ),
    ];
    for kind in [Shopify, Stripe, WooCommerce] {
        for (answer, words) in &cases {
            let why = fault(kind, 20, *answer);
            assert!(why.contains(words) && why.starts_with(&kind.to_string()), "{kind}: {why}, not {words}");
        }
    }
}

#[test]
fn a_shop_that_is_busy_for_ever_is_left_when_its_time_is_over() {
    let begin = Instant::now();
    let why = fault(Stripe, 2, || Response::json(429, &json!({})).with("Retry-After", 1));
    assert!(why.contains("asked too often"), "{why}");
    assert!(begin.elapsed() < Duration::from_secs(4));
    let why = fault(WooCommerce, 20, || Response::json(429, &json!({})).with("Retry-After", 3600));
    assert!(why.contains("asked too often"), "not an hour is waited: {why}");
    assert!(fault(Shopify, 20, || Response::text(502, "text/html", "<h1>Bad gateway</h1>")).contains("trouble of its own (502)"));
}

#[test]
fn what_cannot_be_asked_is_not_asked() {
    let server = Server::start(|_| Response::json(200, &json!([])));
    let missing = ask_with(Stripe, &server, 20, None).expect_err("no token");
    assert!(missing.why.contains("STRIPE_API_KEY is not set"), "{}", missing.why);
    let half = ask_with(WooCommerce, &server, 20, Some("ck_only")).expect_err("half a key");
    assert!(half.remedy.contains("KEY:SECRET"), "{}", half.remedy);
    let shop = presend::settings::Shop { kind: WooCommerce, store: Some(server.address()), token_env: None, seconds: None };
    let private = presend::shop::read(&shop, Some(&presend::probe::Secret::new(TOKEN)), &presend::probe::Options::default());
    assert!(private.expect_err("a private address").why.contains("not begin with https"));
    let shop = presend::settings::Shop { store: Some(server.address().replace("http:", "https:")), ..shop };
    let private = presend::shop::read(&shop, Some(&presend::probe::Secret::new(TOKEN)), &presend::probe::Options::default());
    assert!(private.expect_err("a private address").why.contains("only where allow-private names them"));
    assert!(server.asked().is_empty());
}

#[test]
fn a_coupon_that_cannot_be_read_is_told_and_not_guessed() {
    let why = fault(WooCommerce, 20, || {
        let odd = json!([{ "id": 1, "code": "A", "amount": "ten", "discount_type": "percent", "date_expires": "soon" }]);
        Response::json(200, &odd).with("X-WP-TotalPages", 1)
    });
    assert!(why.contains("cannot be read") && why.contains("soon"), "{why}");
}
