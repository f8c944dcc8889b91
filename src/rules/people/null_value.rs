//! A program's word for nothing where a field is printed.

use super::printed;
use crate::audience::{Audience, Trait};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "null-value",
    severity: Severity::Warn,
    summary: "A field that the draft prints is NULL, N/A or undefined for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("null_value.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let fields = printed(context, audience).into_iter().filter(|field| !field.is_name);
    fields
        .filter_map(|field| {
            field.with_trait(Trait::NullWord, "a program's word for nothing", "empty these cells, so that the fallback is used")
        })
        .collect()
}
