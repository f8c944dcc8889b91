//! A new customer's code that existing customers, who get the mail too, can use again.

use super::{scope, with_standing};
use crate::audience::Audience;
use crate::coupons::{Coupon, Coupons};
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
        if is_limited(coupon) {
            return None;
        }
        let message =
            format!("the code {} is not limited to first orders, and {} existing customers get it", coupon.code, grouped(customers));
        Some(
            Finding::new(code.span.clone(), message)
                .related(coupon.span.clone(), "the code in the coupon list")
                .reach(customers, audience.send_size())
                .stake(scope::stake(context, coupon.discount.as_ref()))
                .help("limit the code to first orders in the shop, or take the customers off the send list"),
        )
    })
}

/// Whether people who have bought before cannot use the code.
fn is_limited(coupon: &Coupon) -> bool {
    coupon.first_order_only == Some(true) || coupon.customer_group.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coupons;
    use crate::source::Source;

    #[test]
    fn a_code_for_first_orders_is_limited() -> Result<(), crate::error::Error> {
        let list = "code,first order only\nHELLO10,no\nFIRST10,yes\nEVER5,\n";
        let read = coupons::read(&Source::file("coupons.csv", list))?;
        let limited: Vec<bool> = read.all().iter().map(is_limited).collect();
        assert_eq!(limited, [false, true, false]);
        Ok(())
    }
}
