//! A code that begins after the mail goes out.

use super::{in_words, with_standing};
use crate::coupons::{Coupons, Standing};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "coupon-not-started",
    severity: Severity::Block,
    summary: "A coupon code in the copy is not valid yet when the mail goes out",
    repair: Repair::ChangeShop,
    page: include_str!("coupon_not_started.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    with_standing(context, coupons, |code, coupon, standing| {
        let Standing::NotStarted(start) = standing else { return None };
        let message = format!("the code {} begins {}, and the mail goes out {}", coupon.code, in_words(start), in_words(context.send_at));
        let place = coupon.starts.as_ref().map_or_else(|| coupon.span.clone(), |starts| starts.span.clone());
        Some(Finding::new(code.span.clone(), message).related(place, "its beginning").help("let the code begin earlier, or send later"))
    })
}
