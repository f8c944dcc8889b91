//! Campaign parameters that disagree within one mail.

use super::group::{by_address, further, place};
use super::utm::{Param, is_counted, params, value_of};
use crate::facts::Link;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use std::collections::BTreeMap;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "utm-disagreeing",
    severity: Severity::Warn,
    summary: "A few links carry another UTM source, medium or campaign than the rest of the mail",
    repair: Repair::Redirect,
    page: include_str!("utm_disagreeing.md"),
    check: Check::Draft(check),
};

/// Fewest links with one value that make it the mail's.
const FEWEST: usize = 3;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let links: Vec<&Link> = by_address(context).map(|group| group.first).filter(|link| is_counted(link)).collect();
    ["utm_source", "utm_medium", "utm_campaign"].iter().filter_map(|key| odd_ones(key, &links)).collect()
}

/// The links whose value of a key is not that of nearly all others.
fn odd_ones(key: &str, links: &[&Link]) -> Option<Finding> {
    let given: Vec<(&Link, Param<'_>)> =
        links.iter().filter_map(|link| Some((*link, params(link).find(|param| param.key == key && !param.in_fragment)?))).collect();
    // Most mails write the same everywhere.
    if given.iter().all(|(_, param)| given.first().is_some_and(|(_, first)| first.value == param.value)) {
        return None;
    }
    let valued: Vec<(&Link, String)> = given.iter().filter_map(|(link, param)| Some((*link, value_of(param)?))).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, value) in &valued {
        *counts.entry(value).or_default() += 1;
    }
    let (usual, most) = counts.iter().max_by_key(|(_, count)| **count).map(|(value, count)| (*value, *count))?;
    // Seven in ten say the same, so the others are slips and no plan.
    if most < FEWEST || most * 10 < valued.len() * 7 {
        return None;
    }
    let odd: Vec<&(&Link, String)> = valued.iter().filter(|(_, value)| value != usual).collect();
    let ((first, value), others) = odd.split_first()?;
    let others: Vec<&Link> = others.iter().map(|(link, _)| *link).collect();
    let message = format!("`{key}` is \"{value}\" here and \"{usual}\" in {most} other links");
    Some(further(Finding::new(place(first), message).help("give all links of one mail the same value, capitals too"), &others))
}
