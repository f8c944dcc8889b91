//! A code that is over when the mail goes out.

use super::{in_words, with_standing};
use crate::coupons::{Coupons, Standing};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "coupon-expired",
    severity: Severity::Block,
    summary: "A coupon code in the copy has ended when the mail goes out",
    repair: Repair::ChangeShop,
    page: include_str!("coupon_expired.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    with_standing(context, coupons, |code, coupon, standing| {
        let message = match standing {
            Standing::Ended(end) => {
                format!("the code {} ended {}, and the mail goes out {}", coupon.code, in_words(end), in_words(context.send_at))
            }
            Standing::Expired => format!("the shop says that the code {} has expired", coupon.code),
            _ => return None,
        };
        let place = coupon.ends.as_ref().map_or_else(|| coupon.span.clone(), |ends| ends.span.clone());
        Some(
            Finding::new(code.span.clone(), message)
                .related(place, "its end")
                .help("lengthen the code in the shop, or advertise one that is still valid"),
        )
    })
}
