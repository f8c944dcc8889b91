//! A code whose uses are spent.

use super::with_standing;
use crate::coupons::{Coupons, Standing};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "coupon-used-up",
    severity: Severity::Block,
    summary: "A coupon code in the copy has been used as often as it may be",
    repair: Repair::ChangeShop,
    page: include_str!("coupon_used_up.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    with_standing(context, coupons, |code, coupon, standing| {
        let message = match standing {
            Standing::UsedUp => format!("the code {} has been used as often as the shop allows", coupon.code),
            Standing::Assigned => format!("the code {} belongs to one person already", coupon.code),
            _ => return None,
        };
        Some(
            Finding::new(code.span.clone(), message)
                .related(coupon.span.clone(), "the code in the coupon list")
                .help("raise its limit in the shop, or advertise another code"),
        )
    })
}
