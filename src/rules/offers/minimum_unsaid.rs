//! A minimum spend that nobody who reads the mail learns of.

use super::scope::{self, Nearness};
use crate::coupons::{Coupons, Money};
use crate::finding::{Finding, Severity};
use crate::offers::{Qualifier, Worth};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "minimum-unsaid",
    severity: Severity::Warn,
    summary: "The coupon code has a minimum spend that the copy does not mention",
    repair: Repair::ChangeShop,
    page: include_str!("minimum_unsaid.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    const WORDS: [&str; 8] =
        ["minimum spend", "min. spend", "minimum order", "mindestbestellwert", "minimum d'achat", "compra mínima", "spesa minima", "mbw"];
    let mut findings = Vec::new();
    for (code, coupon) in scope::known(context, coupons) {
        let Some(minimum) = &coupon.minimum else { continue };
        let said = context.facts.amounts.iter().any(|amount| {
            let same = matches!(&amount.told.worth, Worth::Money(Money { amount, .. }) if *amount == minimum.amount);
            same || amount.told.qualifier == Qualifier::Over
        });
        if said || scope::passage_with(context, code, &WORDS, Nearness::Mail).is_some() {
            continue;
        }
        let message = format!("the code {} works from {minimum} on, and the copy does not say so", coupon.code);
        let finding = Finding::new(code.span.clone(), message).related(coupon.span.clone(), "the code in the coupon list");
        findings.push(finding.help("name the minimum beside the code, or take it off in the shop"));
    }
    findings
}
