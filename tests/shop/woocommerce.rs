//! WooCommerce: numbered pages, counted in headers that a proxy may drop.

use super::server::{Request, Response, Server};
use super::{ask, coupon};
use presend::settings::ShopKind::WooCommerce;
use serde_json::{Value, json};

/// `ck_5ecret:cs_t0k3n` as it is sent.
const BASIC: &str = "Basic Y2tfNWVjcmV0OmNzX3QwazNu";

fn coupon_of(number: usize) -> Value {
    json!({ "id": number + 1, "code": format!("code{number}"), "amount": "10.00", "status": "publish", "discount_type": "percent",
        "description": "", "date_expires": "2026-12-31T00:00:00", "date_expires_gmt": "2026-12-30T23:00:00", "usage_count": 4,
        "individual_use": true, "product_ids": [], "usage_limit": 100, "usage_limit_per_user": 1, "free_shipping": false,
        "product_categories": [9], "minimum_amount": "30.00", "email_restrictions": [], "used_by": ["anna@mail.example"] })
}

/// A shop with so many coupons, which tells of its pages like this.
fn shop(count: usize, tells: fn(Response, usize, usize) -> Response) -> Server {
    Server::start(move |request: &Request| {
        if request.header("authorization") != BASIC {
            return Response::json(401, &json!({ "code": "woocommerce_rest_cannot_view", "data": { "status": 401 } }));
        }
        assert_eq!(request.path, "/wp-json/wc/v3/coupons");
        let (each, page) = (request.number("per_page").expect("per_page"), request.number("page").expect("page"));
        assert!(each <= 100, "the most that the interface gives");
        let fields: Vec<&str> = request.query["_fields"].split(',').collect();
        let only = |mut coupon: Value| {
            coupon.as_object_mut().expect("an object").retain(|key, _| fields.contains(&key.as_str()));
            coupon
        };
        let records: Vec<Value> = (0..count).skip((page - 1) * each).take(each).map(coupon_of).map(only).collect();
        tells(Response::json(200, &Value::Array(records)), count, page)
    })
}

#[test]
fn all_pages_are_read_by_their_number_by_the_link_or_by_looking() {
    let by_number: fn(Response, usize, usize) -> Response =
        |answer, count, _| answer.with("X-WP-Total", count).with("X-WP-TotalPages", count.div_ceil(100));
    let by_link: fn(Response, usize, usize) -> Response = |answer, count, page| {
        let rel = if page * 100 < count { "next" } else { "prev" };
        answer.with("Link", format!("<https://shop.example/wp-json/wc/v3/coupons?page=7>; rel=\"{rel}\""))
    };
    let by_looking: fn(Response, usize, usize) -> Response = |answer, _, _| answer;
    for (tells, asked) in [(by_number, 3), (by_link, 3), (by_looking, 3)] {
        let server = shop(230, tells);
        let coupons = ask(WooCommerce, &server, 20).expect("an answer");
        assert_eq!((coupons.all().len(), server.asked().len()), (230, asked));
    }
    assert_eq!(shop(200, by_number).asked().len(), 0);
}

#[test]
fn a_coupon_is_read_whole_and_nobody_who_used_it() {
    let server = shop(3, |answer, _, _| answer.with("X-WP-TotalPages", 1));
    let coupons = ask(WooCommerce, &server, 20).expect("an answer");
    let second = coupon(&coupons, "CODE1");
    assert_eq!(second.discount.as_ref().map(ToString::to_string).as_deref(), Some("10 %"));
    assert_eq!(second.minimum.as_ref().map(ToString::to_string).as_deref(), Some("30"));
    assert_eq!((second.limit_total, second.limit_per_person, second.uses, second.combinable), (Some(100), Some(1), Some(4), Some(false)));
    assert_eq!(second.ends.as_ref().map(|end| end.when.to_string()).as_deref(), Some("2026-12-30T23:00:00Z"));
    assert!(!coupons.sources()[0].text().contains("anna@"), "who used a code is not asked");
}

#[test]
fn an_empty_shop_has_an_empty_list() {
    let server = shop(0, |answer, _, _| answer.with("X-WP-TotalPages", 0));
    assert!(ask(WooCommerce, &server, 20).expect("an answer").is_empty());
}

#[test]
fn a_cache_that_gives_the_first_page_again_is_noticed() {
    let server = Server::start(|_| Response::json(200, &(0..100).map(coupon_of).collect::<Value>()).with("X-WP-TotalPages", 3));
    let fault = ask(WooCommerce, &server, 20).expect_err("half a list is none");
    assert!(fault.why.contains("cache"), "{}", fault.why);
}
