//! A price that has lost a digit.

use super::prices;
use crate::coupons::Decimal;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "price-absurd",
    severity: Severity::Block,
    summary: "The new price is less than a tenth of the old one",
    repair: Repair::Nothing,
    page: include_str!("price_absurd.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let absurd = prices::drops(context).into_iter().filter(|drop| {
        let said = drop.percent.is_some_and(|(_, percent)| percent >= Decimal::whole(90));
        !said && drop.now.as_percent_of(drop.was).is_some_and(|kept| kept < Decimal::whole(10))
    });
    let finding = absurd.map(|drop| {
        Finding::new(drop.new.span.clone(), format!("{} instead of {} is less than a tenth", drop.now, drop.was))
            .related(drop.old.span.clone(), "the old price")
            .stake(drop.stake(drop.was))
            .help("correct the price; perhaps a digit is missing")
    });
    finding.collect()
}
