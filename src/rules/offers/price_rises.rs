//! A price that rises where it should fall.

use super::prices;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "price-rises",
    severity: Severity::Warn,
    summary: "The new price is higher than the old one",
    repair: Repair::Nothing,
    page: include_str!("price_rises.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let rises = prices::drops(context).into_iter().filter(|drop| drop.now > drop.was);
    let finding = rises.map(|drop| {
        Finding::new(drop.new.span.clone(), format!("the new price {} is higher than the old one {}", drop.now, drop.was))
            .related(drop.old.span.clone(), "the old price")
            .help("correct the prices; perhaps they stand in each other's place")
    });
    finding.collect()
}
