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

/// One finding for each code of the copy that stands so at the send time; later mentions of a code are related.
fn with_standing(context: &Context<'_>, coupons: &Coupons, word: impl Fn(&Code, &Coupon, &Standing) -> Option<Finding>) -> Vec<Finding> {
    let mut findings: Vec<(String, Finding)> = Vec::new();
    for code in &context.facts.codes {
        let key = code.text.to_ascii_uppercase();
        if let Some((_, finding)) = findings.iter_mut().find(|(known, _)| *known == key) {
            finding.related.push((code.span.clone(), String::from("the same code again")));
            continue;
        }
        let Some(coupon) = coupons.find(&code.text) else { continue };
        if let Some(finding) = word(code, &coupon, &coupon.standing_at(context.send_at)) {
            findings.push((key, finding));
        }
    }
    findings.into_iter().map(|(_, finding)| finding).collect()
}
