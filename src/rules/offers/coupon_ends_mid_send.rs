//! A code that is still valid for the first people who get the mail, and not for the last.

use super::{in_words, scope};
use crate::coupons::{Coupons, Standing};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "coupon-ends-mid-send",
    severity: Severity::Block,
    summary: "A coupon code in the copy ends before the last person gets the mail",
    repair: Repair::ChangeShop,
    page: include_str!("coupon_ends_mid_send.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    let last = context.last_send();
    let known = scope::known(context, coupons).into_iter();
    let ends = known.filter_map(|(code, coupon)| {
        let (Standing::Valid, Standing::Ended(end)) = (coupon.standing_at(context.send_at), coupon.standing_at(&last)) else { return None };
        let message = format!("the code {} ends {}, and the last people get the mail {}", coupon.code, in_words(&end), in_words(&last));
        let place = coupon.ends.as_ref().map_or_else(|| coupon.span.clone(), |ends| ends.span.clone());
        Some(Finding::new(code.span.clone(), message).related(place, "its end").help("lengthen the code in the shop, or send faster"))
    });
    ends.collect()
}
