//! A pool of unique codes that gives one code to two people, or to nobody.

use super::pools;
use crate::coupons::Coupons;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "faulty-pool",
    severity: Severity::Warn,
    summary: "The pool of unique codes has codes twice, or rows without a code",
    repair: Repair::ChangeShop,
    page: include_str!("faulty_pool.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (tag, pool) in pools::used(context, coupons) {
        let doubled = pool.count() - pool.distinct();
        let mut faults = Vec::new();
        if doubled > 0 {
            faults.push(format!("{} codes more than once", grouped(doubled)));
        }
        if pool.empty() > 0 {
            faults.push(format!("{} rows without a code", grouped(pool.empty())));
        }
        if faults.is_empty() {
            continue;
        }
        let mut finding = Finding::new(tag.span.clone(), format!("the pool `{}` has {}", pool.name(), faults.join(" and ")));
        for doubled in pool.doubled().iter().take(3) {
            let places = doubled.spans.iter().take(2).cloned();
            finding.related.extend(places.map(|span| (span, format!("{} stands here", doubled.code))));
        }
        finding.related.extend(pool.empty_rows().iter().take(2).cloned().map(|span| (span, String::from("no code here"))));
        findings.push(finding.help("take doubled codes and empty rows out, or export the pool again"));
    }
    findings
}
