//! A code that works once, promised for every order.

use super::scope::{self, Nearness};
use crate::coupons::Coupons;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "coupon-once-only",
    severity: Severity::Block,
    summary: "The copy says that a coupon code can be used again and again, and it works once",
    repair: Repair::ChangeShop,
    page: include_str!("coupon_once_only.md"),
    check: Check::Coupons(check),
};

const AGAIN: [&str; 20] = [
    "as often as you like",
    "as many times as you like",
    "as often as you want",
    "as many times as you want",
    "again and again",
    "on every order",
    "on all your orders",
    "on every purchase",
    "on each order",
    "unlimited times",
    "so oft du",
    "so oft sie",
    "beliebig oft",
    "bei jeder bestellung",
    "für jede bestellung",
    "sur chaque commande",
    "en cada pedido",
    "su ogni ordine",
    "op elke bestelling",
    "każdego zamówienia",
];

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (code, coupon) in scope::known(context, coupons) {
        let once = coupon.limit_per_person == Some(1) || coupon.first_order_only == Some(true);
        let Some(passage) = scope::passage_with(context, code, &AGAIN, Nearness::Beside).filter(|_| once) else { continue };
        let message = format!("the copy says that the code {} works again and again, and in the shop it works once a person", coupon.code);
        let finding = Finding::new(code.span.clone(), message)
            .related(passage.whole(), "the promise")
            .related(coupon.span.clone(), "the code in the coupon list");
        findings.push(finding.help("take the limit off in the shop, or correct the copy"));
    }
    findings
}
