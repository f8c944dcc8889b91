//! A code that ends before the mail's own deadline.

use super::{in_words, scope};
use crate::coupons::{Coupons, Standing};
use crate::finding::{Finding, Severity};
use crate::offers::Kind;
use crate::rule::{Check, Context, Repair, Rule};
use jiff::ToSpan;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "coupon-ends-early",
    severity: Severity::Block,
    summary: "A coupon code in the copy ends before the deadline that the copy itself names",
    repair: Repair::ChangeShop,
    page: include_str!("coupon_ends_early.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (code, coupon) in scope::known(context, coupons) {
        let Some(ends) = &coupon.ends else { continue };
        let end = ends.resolve(context.send_at.time_zone());
        if !matches!(coupon.standing_at(context.send_at), Standing::Valid | Standing::NotStarted(_)) {
            continue;
        }
        for date in scope::deadlines(context, code).into_iter().filter(|date| date.told.kind != Kind::LastChance) {
            let Some(deadline) = date.told.end(context.send_at) else { continue };
            // 23:59, 23:59:59 and 24:00 are the same promise.
            if end.checked_add(2.minutes()).is_ok_and(|end| end < deadline) {
                let message = format!("the copy says \"{}\", and the code {} ends {}", date.words, coupon.code, in_words(&end));
                let finding = Finding::new(date.span.clone(), message).related(ends.span.clone(), "its end in the coupon list");
                findings.push(finding.help("lengthen the code in the shop, or correct the deadline in the copy"));
            }
        }
    }
    findings
}
