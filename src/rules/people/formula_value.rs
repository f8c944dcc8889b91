//! What a spreadsheet would take for a formula, in a field that is printed.

use super::printed;
use crate::audience::{Audience, Trait};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "formula-value",
    severity: Severity::Note,
    summary: "A field that the draft prints begins like a formula for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("formula_value.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let fields = printed(context, audience).into_iter().filter(|field| field.is_filled);
    fields
        .filter_map(|field| {
            field.with_trait(Trait::Formula, "what a spreadsheet takes for a formula", "look at these cells, and empty what is no value")
        })
        .collect()
}
