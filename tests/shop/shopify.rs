//! Shopify: GraphQL with cursors, discounts of many codes, and a bucket of points that runs empty.

use super::server::{Request, Response, Server};
use super::{TOKEN, ask, coupon};
use presend::coupons::State;
use presend::settings::ShopKind::Shopify;
use serde_json::{Value, json};

/// One discount; `code{number}` has as many codes as it says.
struct Discount {
    number: usize,
    codes: usize,
}

impl Discount {
    fn code(&self, at: usize) -> String {
        if at == 0 { format!("CODE{}", self.number) } else { format!("CODE{}-{at}", self.number) }
    }

    /// Its codes after a cursor, as many as are asked for.
    fn page(&self, first: usize, after: Option<&str>) -> Value {
        let from = after.map_or(0, |after| after.parse::<usize>().expect("a cursor"));
        let to = (from + first).min(self.codes);
        let nodes: Vec<Value> = (from..to).map(|at| json!({ "code": self.code(at), "asyncUsageCount": at % 2 })).collect();
        json!({ "nodes": nodes, "pageInfo": { "hasNextPage": to < self.codes, "endCursor": to.to_string() } })
    }

    fn node(&self, codes: usize) -> Value {
        let basic = json!({ "__typename": "DiscountCodeBasic", "title": format!("Discount {}", self.number), "status": "ACTIVE",
            "startsAt": "2026-11-01T00:00:00Z", "endsAt": "2026-11-30T22:59:59Z", "usageLimit": 2, "appliesOncePerCustomer": true,
            "asyncUsageCount": 900, "codes": self.page(codes, None),
            "combinesWith": { "orderDiscounts": false, "productDiscounts": false, "shippingDiscounts": false },
            "context": { "__typename": "DiscountCustomerSegments", "segments": [{ "name": "VIP" }] },
            "minimumRequirement": { "greaterThanOrEqualToSubtotal": { "amount": "50.0", "currencyCode": "EUR" } },
            "customerGets": { "value": { "percentage": 0.15 }, "items": {} } });
        let shipping = json!({ "__typename": "DiscountCodeFreeShipping", "title": "Free", "status": "EXPIRED",
            "startsAt": "2026-01-01T00:00:00Z", "endsAt": null, "usageLimit": null, "appliesOncePerCustomer": false, "asyncUsageCount": 0,
            "codes": self.page(codes, None), "combinesWith": { "orderDiscounts": true, "productDiscounts": false, "shippingDiscounts": false },
            "context": { "__typename": "DiscountBuyerSelectionAll" }, "minimumRequirement": null });
        json!({ "id": format!("gid://shopify/DiscountCodeNode/{}", self.number), "codeDiscount": if self.number == 1 { shipping } else { basic } })
    }
}

/// The bucket: how many points are left, and what a query costs.
struct Bucket {
    left: usize,
    cost: usize,
}

fn cost(bucket: &Bucket) -> Value {
    json!({ "cost": { "requestedQueryCost": bucket.cost, "actualQueryCost": null,
        "throttleStatus": { "maximumAvailable": 1000.0, "currentlyAvailable": bucket.left, "restoreRate": 5000.0 } } })
}

fn answer(request: &Request, discounts: &[Discount], bucket: &mut Bucket) -> Response {
    if request.header("x-shopify-access-token") != TOKEN {
        return Response::json(401, &json!({ "errors": "[API] Invalid API key or access token" }));
    }
    assert_eq!((request.method.as_str(), request.header("content-type")), ("POST", "application/json"));
    let body: Value = serde_json::from_str(&request.body).expect("JSON");
    let query = body["query"].as_str().expect("a query");
    assert!(query.starts_with("query ") && !query.contains("mutation"), "nothing is changed");
    let number = |name: &str| usize::try_from(body["variables"][name].as_u64().expect(name)).expect("small");
    let after = body["variables"]["after"].as_str();
    if query.contains("codeDiscountNodes") && number("first") > 10 {
        return Response::json(
            200,
            &json!({ "errors": [{ "message": "Query cost is 1402", "extensions": { "code": "MAX_COST_EXCEEDED" } }] }),
        );
    }
    if bucket.left < bucket.cost {
        bucket.left += 400;
        let errors = json!([{ "message": "Throttled", "extensions": { "code": "THROTTLED" } }]);
        return Response::json(200, &json!({ "errors": errors, "extensions": cost(bucket) }));
    }
    bucket.left -= bucket.cost;
    let data = if query.contains("codeDiscountNodes") {
        let from = after.map_or(0, |after| after.parse().expect("a cursor"));
        let to = (from + number("first")).min(discounts.len());
        let nodes: Vec<Value> = discounts[from..to].iter().map(|one| one.node(number("codes"))).collect();
        json!({ "codeDiscountNodes": { "nodes": nodes, "pageInfo": { "hasNextPage": to < discounts.len(), "endCursor": to.to_string() } } })
    } else {
        let id = body["variables"]["id"].as_str().expect("an id");
        let one = discounts.iter().find(|one| id.ends_with(&format!("/{}", one.number))).expect("a known discount");
        json!({ "codeDiscountNode": { "codeDiscount": { "codes": one.page(number("first"), after) } } })
    };
    Response::json(200, &json!({ "data": data, "extensions": cost(bucket) }))
}

#[test]
fn all_discounts_with_all_their_codes_past_an_empty_bucket() {
    let discounts: Vec<Discount> = (0..25).map(|number| Discount { number, codes: if number == 7 { 300 } else { 1 } }).collect();
    let mut bucket = Bucket { left: 500, cost: 300 };
    let server = Server::start(move |request| answer(request, &discounts, &mut bucket));
    let coupons = ask(Shopify, &server, 20).expect("an answer");
    assert_eq!(coupons.all().len(), 24 + 300);
    assert_eq!(server.asked()[0].path, "/admin/api/2026-07/graphql.json");
    let one = coupon(&coupons, "CODE7-299");
    assert_eq!(one.discount.as_ref().map(ToString::to_string).as_deref(), Some("15 %"));
    assert_eq!(one.minimum.as_ref().map(ToString::to_string).as_deref(), Some("50 EUR"));
    assert_eq!((one.limit_total, one.limit_per_person, one.uses), (Some(2), Some(1), Some(1)), "uses are those of the code");
    assert_eq!((one.customer_group.as_deref(), one.combinable), (Some("VIP"), Some(false)));
    let free = coupon(&coupons, "code1");
    assert_eq!(free.discount.as_ref().map(ToString::to_string).as_deref(), Some("free shipping"));
    assert_eq!((free.state.map(|state| state.value), free.customer_group), (Some(State::Expired), None));
}

#[test]
fn a_bucket_that_never_fills_is_busy_within_its_time() {
    let server = Server::start(|_| {
        let errors = json!([{ "message": "Throttled", "extensions": { "code": "THROTTLED" } }]);
        Response::json(
            200,
            &json!({ "errors": errors, "extensions": { "cost": { "requestedQueryCost": 900,
            "throttleStatus": { "maximumAvailable": 1000.0, "currentlyAvailable": 0, "restoreRate": 100.0 } } } }),
        )
    });
    let fault = ask(Shopify, &server, 1).expect_err("no answer");
    assert!(fault.why.contains("asked too often"), "{}", fault.why);
}

#[test]
fn an_app_without_the_scope_is_told_which() {
    let server = Server::start(|_| {
        let message = "Access denied for codeDiscountNodes field. Required access: `read_discounts` access scope.";
        Response::json(200, &json!({ "errors": [{ "message": message, "extensions": { "code": "ACCESS_DENIED" } }], "data": null }))
    });
    let fault = ask(Shopify, &server, 20).expect_err("no answer");
    assert!(fault.why.contains("does not let") && fault.remedy.contains("read_discounts"), "{fault:?}");
}
