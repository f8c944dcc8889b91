//! Rules about coupon codes: what the copy promises against what the shop will take.

pub(super) mod coupon_ends_early;
pub(super) mod coupon_ends_mid_send;
pub(super) mod coupon_expired;
pub(super) mod coupon_inactive;
pub(super) mod coupon_not_started;
pub(super) mod coupon_once_only;
pub(super) mod coupon_other_currency;
pub(super) mod coupon_reusable;
pub(super) mod coupon_unknown;
pub(super) mod coupon_used_up;
pub(super) mod discount_differs;
pub(super) mod faulty_code_column;
pub(super) mod faulty_pool;
pub(super) mod first_order_code_to_customers;
pub(super) mod headline_contradicted;
pub(super) mod live_giveaway;
pub(super) mod minimum_differs;
pub(super) mod minimum_unsaid;
pub(super) mod misleading_deadline;
pub(super) mod mixed_currencies;
pub(super) mod not_entitled;
mod pools;
pub(super) mod preview_code;
pub(super) mod price_absurd;
pub(super) mod price_arithmetic;
pub(super) mod price_rises;
mod prices;
pub(super) mod scope;
pub(super) mod too_few_codes;
pub(super) mod too_few_uses;
pub(super) mod two_codes;
pub(super) mod two_discounts;
pub(super) mod unique_code_shared;
pub(super) mod variants_differ;

use crate::coupons::Decimal;
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

/// The one discount in per cent that a mail promises, if there is only one and nothing hangs on it.
pub fn discount(context: &Context<'_>) -> Option<Decimal> {
    two_discounts::only(context)
}
