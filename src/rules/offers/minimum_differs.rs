//! A minimum spend in the copy that is not the coupon's.

use super::scope;
use crate::coupons::{Coupon, Coupons, Money};
use crate::facts::Amount;
use crate::finding::{Finding, Severity};
use crate::offers::Worth;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "minimum-differs",
    severity: Severity::Block,
    summary: "The copy names another minimum spend than the coupon code has",
    repair: Repair::ChangeShop,
    page: include_str!("minimum_differs.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (code, coupon) in scope::known(context, coupons) {
        let thresholds = scope::thresholds(context, code, &coupon);
        let given = coupon.minimum.as_ref().map(|money| money.amount);
        let said = |amount: &&Amount| matches!(&amount.told.worth, Worth::Money(Money { amount, .. }) if Some(*amount) == given);
        if (given.is_none() && !says_minimums(coupons, &coupon)) || context.facts.amounts.iter().any(|amount| said(&amount)) {
            continue;
        }
        let Some(wrong) = thresholds.first() else { continue };
        let shop = coupon.minimum.as_ref().map_or_else(|| String::from("no minimum"), |money| format!("a minimum of {money}"));
        let message = format!("the copy speaks of {}, and the code {} has {shop} in the shop", wrong.words, coupon.code);
        let stake = scope::stake(context, coupon.discount.as_ref()).filter(|_| given.is_none());
        let finding = Finding::new(wrong.span.clone(), message).related(coupon.span.clone(), "the code in the coupon list").stake(stake);
        findings.push(finding.help("correct the minimum in the copy, or in the shop"));
    }
    findings
}

/// Whether the file of a coupon says minimums at all: then a coupon without one has none.
fn says_minimums(coupons: &Coupons, coupon: &Coupon) -> bool {
    let beside = coupons.all().iter().filter(|other| other.span.source.name() == coupon.span.source.name());
    beside.into_iter().any(|other| other.minimum.is_some())
}
