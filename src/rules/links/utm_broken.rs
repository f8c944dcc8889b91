//! Campaign parameters that statistics cannot read.

use super::group::{by_address, by_fault};
use super::utm::{Param, meant, params};
use crate::facts::Link;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "utm-broken",
    severity: Severity::Warn,
    summary: "A UTM parameter is misspelt, empty, given twice or behind `#`",
    repair: Repair::Redirect,
    page: include_str!("utm_broken.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let faults = by_address(context).filter_map(|group| Some((group, fault(group.first)?)));
    by_fault(faults).into_iter().map(|finding| finding.help("correct the address; the page behind it stays the same")).collect()
}

fn fault(link: &Link) -> Option<String> {
    let params: Vec<Param<'_>> = params(link).collect();
    for (index, param) in params.iter().enumerate() {
        let key = param.key;
        if let Some(right) = meant(key) {
            return Some(format!("has a parameter `{key}`; `{right}` is meant"));
        }
        if !super::utm::KEYS.contains(&key) {
            continue;
        }
        if param.in_fragment {
            return Some(format!("has `{key}` behind the `#`, where statistics do not look"));
        }
        if let Some(again) = params.iter().skip(index + 1).find(|other| other.key == key) {
            let values = if again.value == param.value { String::new() } else { format!(": `{}` and `{}`", param.value, again.value) };
            return Some(format!("has `{key}` twice{values}"));
        }
        if param.value.is_empty() && key != "utm_term" && key != "utm_content" {
            return Some(format!("has `{key}` without a value"));
        }
    }
    None
}
