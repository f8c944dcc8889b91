//! A pool of unique codes that is too small for the send list.

use super::pools;
use crate::audience::Audience;
use crate::coupons::Coupons;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "too-few-codes",
    severity: Severity::Block,
    summary: "The pool has fewer unique codes than there are people who get the mail",
    repair: Repair::ChangeShop,
    page: include_str!("too_few_codes.md"),
    check: Check::Offers(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[], roles: &[] };

fn check(context: &Context<'_>, coupons: &Coupons, audience: &Audience) -> Vec<Finding> {
    let of = audience.send_size();
    let mut findings = Vec::new();
    for (tag, pool) in pools::used(context, coupons) {
        let doubled = pool.count() - pool.distinct();
        let usable = pool.usable_at(context.send_at).saturating_sub(doubled);
        if usable >= of {
            continue;
        }
        let message = format!("the pool `{}` has {} codes left, and {} people get the mail", pool.name(), grouped(usable), grouped(of));
        let finding = Finding::new(tag.span.clone(), message).reach(of - usable, of);
        findings.push(finding.help("make more codes in the shop, and export the pool again"));
    }
    findings
}
