//! A code for first orders that goes to people who have ordered before.

use super::scope;
use crate::audience::Audience;
use crate::coupons::Coupons;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "first-order-code-to-customers",
    severity: Severity::Warn,
    summary: "A code for first orders goes to people who have ordered before",
    repair: Repair::ChangeShop,
    page: include_str!("first_order_code_to_customers.md"),
    check: Check::FirstOrders(check),
};

fn check(context: &Context<'_>, coupons: &Coupons, audience: &Audience) -> Vec<Finding> {
    let (customers, of) = (audience.overlap(Role::Customers).people, audience.send_size());
    let first = scope::known(context, coupons).into_iter().filter(|(_, coupon)| coupon.first_order_only == Some(true) && customers > 0);
    let finding = first.map(|(code, coupon)| {
        let message = format!("the code {} works for first orders only, and {} existing customers get it", coupon.code, grouped(customers));
        Finding::new(code.span.clone(), message)
            .related(coupon.span.clone(), "the code in the coupon list")
            .reach(customers, of)
            .help("take the customers off the send list, or give them a code of their own")
    });
    finding.collect()
}
