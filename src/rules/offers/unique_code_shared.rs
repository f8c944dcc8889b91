//! A code called unique that is one and the same for everybody.

use super::scope::{self, Nearness};
use crate::coupons::Coupons;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unique-code-shared",
    severity: Severity::Block,
    summary: "The copy calls a code unique or personal, and it is one code for all without a limit",
    repair: Repair::ChangeShop,
    page: include_str!("unique_code_shared.md"),
    check: Check::Coupons(check),
};

const UNIQUE: [&str; 30] = [
    "unique code",
    "unique discount code",
    "unique promo code",
    "unique coupon code",
    "unique voucher code",
    "personal code",
    "personal discount code",
    "personal promo code",
    "personal voucher code",
    "personalised code",
    "personalized code",
    "your own code",
    "individual code",
    "one-time code",
    "single-use code",
    "single use code",
    "one-off code",
    "persönlicher code",
    "persönlicher gutscheincode",
    "persönlichen code",
    "persönlichen gutscheincode",
    "einmaliger code",
    "individueller code",
    "code unique",
    "code personnel",
    "código único",
    "código personal",
    "codice univoco",
    "codice personale",
    "persoonlijke code",
];

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (code, coupon) in scope::known(context, coupons) {
        let shared = coupon.pool.is_none() && coupon.limit_total.is_none_or(|limit| limit > 1);
        let Some(passage) = scope::passage_with(context, code, &UNIQUE, Nearness::Mail).filter(|_| shared) else { continue };
        let limit = if coupon.limit_total.is_some() { "" } else { ", without a limit" };
        let message = format!("the copy calls {} unique or personal, and it is one code for all{limit}", coupon.code);
        let finding = Finding::new(code.span.clone(), message)
            .related(passage.whole(), "the promise")
            .related(coupon.span.clone(), "the code in the coupon list")
            .stake(scope::stake(context, coupon.discount.as_ref()));
        findings.push(finding.help("give everybody a code of their own from a pool, limit the code, or call it what it is"));
    }
    findings
}
