//! An email address where a name is printed.

use super::printed;
use crate::audience::{Audience, Trait};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "address-as-name",
    severity: Severity::Warn,
    summary: "The name that the draft prints is an email address for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("address_as_name.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let fields = printed(context, audience).into_iter().filter(|field| field.is_name);
    fields
        .filter_map(|field| {
            field.with_trait(Trait::Address, "an email address instead of a name", "empty these cells, so that the fallback is used")
        })
        .collect()
}
