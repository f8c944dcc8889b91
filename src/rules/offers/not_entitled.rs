//! A code for a customer group that goes to others.

use super::scope;
use crate::audience::Audience;
use crate::coupons::Coupons;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "not-entitled",
    severity: Severity::Block,
    summary: "A code for one customer group goes to people who are not in that group",
    repair: Repair::ChangeShop,
    page: include_str!("not_entitled.md"),
    check: Check::Entitled(check),
};

fn check(context: &Context<'_>, coupons: &Coupons, audience: &Audience) -> Vec<Finding> {
    let of = audience.send_size();
    let mut findings = Vec::new();
    for (code, coupon) in scope::known(context, coupons) {
        let Some(group) = &coupon.customer_group else { continue };
        let others = of.saturating_sub(audience.overlap_of(audience.mask(Role::Send), audience.named(group)).people);
        if others == 0 {
            continue;
        }
        let message =
            format!("the code {} is for the group `{group}`, and {} people who get it are not in it", coupon.code, grouped(others));
        let finding = Finding::new(code.span.clone(), message).related(coupon.span.clone(), "the code in the coupon list");
        findings.push(finding.reach(others, of).help("send it to the group alone, or open the code for all in the shop"));
    }
    findings
}
