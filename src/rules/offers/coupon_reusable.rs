//! A new customer's code that existing customers, who get the mail too, can use again.

use super::with_standing;
use crate::audience::Audience;
use crate::coupons::Coupons;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule, Scope};
use crate::settings::{MessageType, Role};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "coupon-reusable",
    severity: Severity::Block,
    summary: "A WELCOME mail gives a code that the existing customers on the send list can use again",
    repair: Repair::ChangeShop,
    page: include_str!("coupon_reusable.md"),
    check: Check::Offers(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[MessageType::Welcome], roles: &[Role::Customers] };

fn check(context: &Context<'_>, coupons: &Coupons, audience: &Audience) -> Vec<Finding> {
    let customers = audience.overlap(Role::Customers).people;
    if customers == 0 {
        return Vec::new();
    }
    with_standing(context, coupons, |code, coupon, _| {
        if coupon.first_order_only == Some(true) || coupon.customer_group.is_some() {
            return None;
        }
        let message =
            format!("the code {} is not limited to first orders, and {} existing customers get it", coupon.code, grouped(customers));
        Some(
            Finding::new(code.span.clone(), message)
                .related(coupon.span.clone(), "the code in the coupon list")
                .reach(customers, audience.send_size())
                .help("limit the code to first orders in the shop, or take the customers off the send list"),
        )
    })
}
