//! Names in capitals where they are printed.

use super::printed;
use crate::audience::{Audience, Trait};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "shouted-name",
    severity: Severity::Note,
    summary: "The name that the draft prints is in capitals for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("shouted_name.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let fields = printed(context, audience).into_iter().filter(|field| field.is_name);
    fields
        .filter_map(|field| {
            field.with_trait(Trait::Capitals, "a name in capitals", "write them with one capital, or let the platform do it with a filter")
        })
        .collect()
}
