//! A code that gives everything away and that no campaign should mention.

use crate::coupons::{Coupon, Coupons, Decimal, Discount, Standing};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "live-giveaway",
    severity: Severity::Note,
    summary: "A test code or a code for 100 % is live in the shop",
    repair: Repair::ChangeShop,
    page: include_str!("live_giveaway.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    let live = |coupon: &&Coupon| coupon.standing_at(context.send_at) == Standing::Valid;
    let mentioned = |coupon: &Coupon| context.facts.codes.iter().any(|code| code.text.eq_ignore_ascii_case(&coupon.code));
    let risky = coupons.all().iter().filter(|coupon| is_giveaway(coupon) || is_test(&coupon.code));
    let found: Vec<&Coupon> = risky.filter(live).filter(|coupon| !mentioned(coupon) || is_test(&coupon.code)).collect();
    let Some((first, others)) = found.split_first() else { return Vec::new() };
    let shown: Vec<&str> = found.iter().take(3).map(|coupon| coupon.code.as_str()).collect();
    let more = if found.len() > 3 { format!(" and {} more", found.len() - 3) } else { String::new() };
    let message = format!("live in the shop, and meant for nobody who reads this: {}{more}", shown.join(", "));
    let mut finding = Finding::new(first.span.clone(), message);
    finding.related.extend(others.iter().map(|coupon| (coupon.span.clone(), coupon.code.clone())));
    vec![finding.help("switch test codes off, and limit codes for 100 % to so many uses")]
}

/// Everything for nothing, as often as anybody likes.
fn is_giveaway(coupon: &Coupon) -> bool {
    let all = matches!(&coupon.discount, Some(Discount::Percent(percent)) if *percent >= Decimal::whole(100));
    all && coupon.limit_total.is_none_or(|limit| limit > 100)
}

fn is_test(code: &str) -> bool {
    let upper = code.to_ascii_uppercase();
    let bare = upper.trim_matches(|c: char| !c.is_ascii_alphabetic());
    matches!(bare, "TEST" | "TESTING" | "TESTCODE" | "TESTCOUPON" | "DEMO" | "DUMMY" | "QA")
        || upper.starts_with("TEST-")
        || upper.ends_with("-TEST")
}
