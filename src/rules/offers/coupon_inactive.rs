//! A code that nobody switched on.

use super::with_standing;
use crate::coupons::{Coupons, Standing};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "coupon-inactive",
    severity: Severity::Block,
    summary: "A coupon code in the copy is switched off in the shop",
    repair: Repair::ChangeShop,
    page: include_str!("coupon_inactive.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    with_standing(context, coupons, |code, coupon, standing| {
        let why = match standing {
            Standing::SwitchedOff => "is switched off",
            Standing::Draft => "is only a draft",
            Standing::Scheduled => "waits to be switched on",
            _ => return None,
        };
        let place = coupon.state.as_ref().map_or_else(|| coupon.span.clone(), |state| state.span.clone());
        let finding = Finding::new(code.span.clone(), format!("the code {} {why} in the shop", coupon.code));
        Some(
            finding
                .related(place, "the coupon list says so")
                .help("switch the code on before the mail goes out, then export the coupon list again"),
        )
    })
}
