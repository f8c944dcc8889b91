//! Rules about coupon codes: what the copy promises against what the shop will take.

pub(super) mod coupon_expired;
pub(super) mod coupon_inactive;
pub(super) mod coupon_not_started;
pub(super) mod coupon_reusable;
pub(super) mod coupon_unknown;
pub(super) mod coupon_used_up;

use crate::coupons::{Coupon, Coupons, Standing};
use crate::facts::Code;
use crate::finding::Finding;
use crate::rule::Context;
use jiff::Zoned;

/// A point in time as people read it.
fn in_words(at: &Zoned) -> String {
    at.strftime("%a %-d %B %Y, %H:%M %Z").to_string()
}

/// A finding for each mention of a code that stands so at the send time.
fn with_standing(context: &Context<'_>, coupons: &Coupons, word: impl Fn(&Code, &Coupon, &Standing) -> Option<Finding>) -> Vec<Finding> {
    let known = context.facts.codes.iter().filter_map(|code| Some((code, coupons.find(&code.text)?)));
    known.filter_map(|(code, coupon)| word(code, &coupon, &coupon.standing_at(context.send_at))).collect()
}
