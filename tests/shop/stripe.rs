//! Stripe: promotion codes and coupons in pages after a cursor, with and without the coupon inside of its codes.

use super::server::{Request, Response, Server};
use super::{TOKEN, ask, coupon};
use presend::coupons::State;
use presend::settings::ShopKind::Stripe;
use serde_json::{Value, json};

/// A list in pages, as `starting_after` and `limit` ask for it.
fn page(request: &Request, all: &[Value]) -> Response {
    let limit = request.number("limit").unwrap_or(10).min(100);
    let from = request.query.get("starting_after").map_or(0, |after| all.iter().position(|one| one["id"] == **after).expect("known") + 1);
    let to = (from + limit).min(all.len());
    Response::json(200, &json!({ "object": "list", "url": request.path, "has_more": to < all.len(), "data": all[from..to] }))
}

fn promotion_code(number: usize, code: &str, with: &Value) -> Value {
    let mut one = json!({ "id": format!("promo_{number}"), "object": "promotion_code", "active": true, "code": code, "created": 1,
        "customer": null, "expires_at": null, "max_redemptions": null, "times_redeemed": 0,
        "restrictions": { "first_time_transaction": false, "minimum_amount": null, "minimum_amount_currency": null } });
    one.as_object_mut().expect("an object").extend(with.as_object().expect("an object").clone());
    one
}

fn coupons(request: &Request) -> Response {
    let mut coupon = json!({ "id": "SALE", "object": "coupon", "percent_off": 20.0, "amount_off": null, "currency": null, "duration": "once",
        "redeem_by": 1_796_000_000_u64, "times_redeemed": 3, "max_redemptions": null, "valid": true, "name": "Sale" });
    if request.query.get("expand[]").map(String::as_str) == Some("data.applies_to") {
        coupon["applies_to"] = json!({ "products": ["prod_lamp"] });
    }
    page(request, &[coupon])
}

/// 250 codes, of which one is special; a 429 now and then.
fn shop(newer: bool) -> Server {
    let terms = if newer {
        json!({ "promotion": { "type": "coupon", "coupon": "SALE" } })
    } else {
        json!({ "coupon": { "id": "SALE", "object": "coupon", "percent_off": 20.0, "amount_off": null, "duration": "once", "valid": true } })
    };
    let mut all: Vec<Value> = (0..250).map(|number| promotion_code(number, &format!("FRIEND{number}"), &terms)).collect();
    let special = json!({ "code": "FIRST20", "active": false, "max_redemptions": 500, "times_redeemed": 12,
        "restrictions": { "first_time_transaction": true, "minimum_amount": 5000, "minimum_amount_currency": "eur" } });
    all[249].as_object_mut().expect("an object").extend(special.as_object().expect("an object").clone());
    Server::start(move |request| match request.path.as_str() {
        _ if request.header("authorization") != format!("Bearer {TOKEN}") => Response::json(401, &json!({ "error": { "message": "no" } })),
        _ if request.before % 3 == 1 => Response::json(429, &json!({ "error": { "code": "rate_limit" } })).with("Retry-After", 0),
        "/v1/promotion_codes" => page(request, &all),
        "/v1/coupons" => coupons(request),
        _ => Response::json(404, &json!({ "error": { "message": "Unrecognized request URL" } })),
    })
}

#[test]
fn all_pages_are_read_whatever_the_version_of_the_interface() {
    for newer in [true, false] {
        let server = shop(newer);
        let coupons = ask(Stripe, &server, 20).expect("an answer");
        assert_eq!(coupons.all().len(), 250);
        let first = coupon(&coupons, "first20");
        assert_eq!(first.state.as_ref().map(|state| &state.value), Some(&State::Inactive));
        assert_eq!(first.discount.as_ref().map(ToString::to_string).as_deref(), Some("20 %"), "from the coupon it hangs on");
        assert_eq!(first.minimum.as_ref().map(ToString::to_string).as_deref(), Some("50 EUR"));
        assert_eq!((first.limit_total, first.uses, first.first_order_only), (Some(500), Some(12), Some(true)));
        assert_eq!(first.products, ["prod_lamp"], "told only where it is asked for");
        assert!(first.ends.is_some(), "redeem_by of the coupon");
        assert!(server.asked().iter().all(|request| request.method == "GET"));
    }
}

#[test]
fn a_cursor_that_leads_nowhere_is_no_list() {
    let one = promotion_code(1, "A", &json!({ "promotion": { "type": "coupon", "coupon": "SALE" } }));
    let server = Server::start(move |_| Response::json(200, &json!({ "object": "list", "has_more": true, "data": [one] })));
    let fault = ask(Stripe, &server, 20).expect_err("the same page for ever");
    assert!(fault.why.contains("same page"), "{}", fault.why);
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_large_shop_has_pools_and_beside_them_the_codes_that_were_made_by_hand() {
    let friends = json!({ "promotion": { "type": "coupon", "coupon": "FRIENDS" } });
    let mut all: Vec<Value> = (0..1_500).map(|number| promotion_code(number, &format!("FRIEND{number}"), &friends)).collect();
    let sale = json!({ "promotion": { "type": "coupon", "coupon": "SALE" }, "max_redemptions": 500 });
    all.push(promotion_code(1_500, "SALE20", &sale));
    let server = Server::start(move |request| if request.path.ends_with("/coupons") { coupons(request) } else { page(request, &all) });
    let coupons = ask(Stripe, &server, 20).expect("an answer");
    assert_eq!(coupons.all().iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["SALE20"]);
    let sale = coupon(&coupons, "SALE20");
    assert_eq!((sale.pool, sale.limit_total, sale.discount.is_some()), (None, Some(500), true));
    assert_eq!((coupons.pools()[0].count(), coupons.pools()[0].unassigned()), (1_500, 1_500));
}
