//! One price in another currency than the rest.

use super::scope::family;
use crate::facts::Amount;
use crate::finding::{Finding, Severity};
use crate::offers::Worth;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "mixed-currencies",
    severity: Severity::Warn,
    summary: "One price of the mail is in another currency than all the others",
    repair: Repair::Nothing,
    page: include_str!("mixed_currencies.md"),
    check: Check::Draft(check),
};

/// How many prices of one currency make the odd one stand out.
const MANY: usize = 4;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let prices: Vec<(&Amount, &str)> = context.facts.amounts.iter().filter_map(|amount| Some((amount, sign(amount)?))).collect();
    let times = |wanted: &str| prices.iter().filter(|(_, sign)| *sign == wanted).count();
    // Most mails have one currency.
    if prices.iter().all(|(_, sign)| prices.first().is_some_and(|(_, first)| first == sign)) {
        return Vec::new();
    }
    let mut kinds: Vec<&str> = prices.iter().map(|(_, sign)| *sign).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let [one, other] = kinds.as_slice() else { return Vec::new() };
    let (odd, usual) = if times(one) < times(other) { (one, other) } else { (other, one) };
    if times(odd) > 1 || times(usual) < MANY {
        return Vec::new();
    }
    let Some((amount, _)) = prices.iter().find(|(_, sign)| sign == odd) else { return Vec::new() };
    // "£50 (about $65)" is a conversion.
    if prices.iter().any(|(other, sign)| sign == usual && other.passage == amount.passage) {
        return Vec::new();
    }
    let message = format!("this price is in {odd}, and all {} others are in {usual}", times(usual));
    vec![Finding::new(amount.span.clone(), message).help("correct the currency, if it is not meant")]
}

/// What stands for a currency in the copy; all dollars are one, since most mails write `$` for their own.
fn sign(amount: &Amount) -> Option<&str> {
    let Worth::Money(money) = &amount.told.worth else { return None };
    let is_dollar = |code: &str| code.ends_with('D') && code != "AED";
    if let Some(code) = &money.currency {
        return Some(if is_dollar(code) { "$" } else { code });
    }
    let family = family(&amount.words);
    if family.iter().any(|code| is_dollar(code)) { Some("$") } else { family.first().copied() }
}
