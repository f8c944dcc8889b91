//! Was 80, now 60, "30 % off".

use super::prices::{self, Drop};
use crate::coupons::Decimal;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "price-arithmetic",
    severity: Severity::Block,
    summary: "The old price, the new price and the percentage or saving do not fit together",
    repair: Repair::Nothing,
    page: include_str!("price_arithmetic.md"),
    check: Check::Draft(check),
};

/// How many percentage points rounding may make: shops round 33.3 to 35 and to 30.
const ROUNDING: i64 = 2;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for drop in prices::drops(context) {
        findings.extend(saving(&drop));
        let Some((place, said)) = drop.percent else { continue };
        let Some(kept) = drop.now.as_percent_of(drop.was) else { continue };
        let real = Decimal::whole(100).minus(kept);
        if drop.now >= drop.was || real.minus(said).abs() <= Decimal::whole(ROUNDING) {
            continue;
        }
        let shown = Decimal::whole((real.in_ten_thousandths() + 5_000) / 10_000);
        let message = format!("from {} to {} is {shown} % off, and the copy says {said} %", drop.was, drop.now);
        let finding = Finding::new(place.span.clone(), message).related(drop.old.span.clone(), "the old price");
        let right = drop.was.minus(drop.was.percent(said));
        let finding = finding.related(drop.new.span.clone(), "the new price").stake(drop.stake(right));
        findings.push(finding.help("correct the percentage or the prices"));
    }
    findings
}

/// Was 80, now 60, "save 30".
fn saving(drop: &Drop<'_>) -> Option<Finding> {
    let (place, said) = drop.saved?;
    let real = drop.was.minus(drop.now);
    // Copy rounds: "save 20" for 19.99.
    let near = real.minus(said).abs() < Decimal::whole(1);
    (drop.now < drop.was && !near).then(|| {
        let message = format!("from {} to {} saves {real}, and the copy says {said}", drop.was, drop.now);
        let finding = Finding::new(place.span.clone(), message).related(drop.old.span.clone(), "the old price");
        let finding = finding.related(drop.new.span.clone(), "the new price").stake(drop.stake(drop.was.minus(said)));
        finding.help("correct the saving or the prices")
    })
}
