//! An amount in the copy whose currency is not the coupon's.

use super::scope;
use crate::coupons::{Coupons, Discount};
use crate::facts::Amount;
use crate::finding::{Finding, Severity};
use crate::offers::Worth;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "coupon-other-currency",
    severity: Severity::Block,
    summary: "The copy promises an amount in another currency than the coupon code has",
    repair: Repair::ChangeShop,
    page: include_str!("coupon_other_currency.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (code, coupon) in scope::known(context, coupons) {
        let discount = match &coupon.discount {
            Some(Discount::Amount(money)) => Some(money),
            _ => None,
        };
        let pairs = [(scope::promised(context, code), discount), (scope::thresholds(context, code, &coupon), coupon.minimum.as_ref())];
        let amounts = pairs.into_iter().filter_map(|(amounts, given)| Some((amounts, given?.currency.clone()?)));
        for (amounts, currency) in amounts {
            if let Some(amount) = wrong(&amounts, &currency) {
                let message = format!("the copy says {}, and the code {} is in {currency}", amount.words, coupon.code);
                let finding = Finding::new(amount.span.clone(), message).related(coupon.span.clone(), "the code in the coupon list");
                findings.push(finding.help("correct the currency in the copy, or make a code in that currency"));
            }
        }
    }
    findings
}

/// The first amount, if none of them can be in that currency and all say which they are in.
fn wrong<'a>(amounts: &[&'a Amount], currency: &String) -> Option<&'a Amount> {
    let money = |amount: &Amount| match &amount.told.worth {
        Worth::Money(money) => Some(scope::currencies(&amount.words, money)),
        Worth::Percent(_) => None,
    };
    let told: Vec<Vec<String>> = amounts.iter().filter_map(|amount| money(amount)).collect();
    let differs = !told.is_empty() && told.iter().all(|currencies| !currencies.is_empty() && !currencies.contains(currency));
    differs.then(|| amounts.iter().find(|amount| money(amount).is_some()).copied()).flatten()
}
