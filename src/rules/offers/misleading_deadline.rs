//! A deadline in the copy that is none in the shop.

use super::{in_words, scope};
use crate::coupons::Coupons;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use jiff::ToSpan;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "misleading-deadline",
    severity: Severity::Warn,
    summary: "The copy says that the offer ends, and the coupon code goes on for days",
    repair: Repair::ChangeShop,
    page: include_str!("misleading_deadline.md"),
    check: Check::Coupons(check),
};

/// How many days a code may outlive its deadline for those who come late.
const GRACE: i64 = 3;

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (code, coupon) in scope::known(context, coupons) {
        let Some(ends) = &coupon.ends else { continue };
        let end = ends.resolve(context.send_at.time_zone());
        let dates = scope::deadlines(context, code);
        let deadlines: Vec<_> = dates.iter().filter_map(|date| Some((date, date.told.end(context.send_at)?))).collect();
        let Some((date, latest)) = deadlines.into_iter().max_by_key(|(_, deadline)| deadline.timestamp()) else { continue };
        if latest < *context.send_at || latest.checked_add((GRACE * 24).hours()).is_ok_and(|late| end <= late) {
            continue;
        }
        let message = format!("the copy says \"{}\", and the code {} goes on until {}", date.words, coupon.code, in_words(&end));
        let finding = Finding::new(date.span.clone(), message).related(ends.span.clone(), "its end in the coupon list");
        findings.push(finding.help("let the code end when the copy says so, or take the deadline out of the copy"));
    }
    findings
}
