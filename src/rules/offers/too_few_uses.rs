//! A code whose limit is smaller than the send list.

use super::scope::{self, Nearness};
use crate::audience::Audience;
use crate::coupons::Coupons;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "too-few-uses",
    severity: Severity::Warn,
    summary: "A coupon code can be used fewer times than there are people who get it",
    repair: Repair::ChangeShop,
    page: include_str!("too_few_uses.md"),
    check: Check::Offers(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[], roles: &[] };

/// Words that tell readers that there is not enough for all.
const LIMITED: [&str; 15] = [
    "while stocks last",
    "while supplies last",
    "while stock lasts",
    "first come",
    "limited number",
    "limited to the first",
    "only the first",
    "solange der vorrat reicht",
    "die ersten",
    "les premiers",
    "les 100 premiers",
    "hasta agotar",
    "los primeros",
    "fino a esaurimento",
    "zolang de voorraad strekt",
];

fn check(context: &Context<'_>, coupons: &Coupons, audience: &Audience) -> Vec<Finding> {
    let of = audience.send_size();
    let mut findings = Vec::new();
    for (code, coupon) in scope::known(context, coupons) {
        let Some(limit) = coupon.limit_total.filter(|_| coupon.pool.is_none()) else { continue };
        let left = limit.saturating_sub(coupon.uses.unwrap_or_default());
        if left == 0 || left >= of || scope::passage_with(context, code, &LIMITED, Nearness::Mail).is_some() {
            continue;
        }
        let message = format!("the code {} can be used {} more times, and {} people get it", coupon.code, grouped(left), grouped(of));
        let finding = Finding::new(code.span.clone(), message).related(coupon.span.clone(), "the code in the coupon list");
        findings.push(finding.reach(of - left, of).help("raise its limit in the shop, or say in the copy how many there are"));
    }
    findings
}
