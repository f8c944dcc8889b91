//! Letters of the wrong charset in a field that is printed.

use super::printed;
use crate::audience::{Audience, Trait};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "garbled-value",
    severity: Severity::Warn,
    summary: "A field that the draft prints has letters of the wrong charset for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("garbled_value.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let fields = printed(context, audience).into_iter().filter(|field| field.is_filled);
    fields
        .filter_map(|field| {
            field.with_trait(Trait::Garbled, "letters of the wrong charset", "export the list again as UTF-8, or correct these cells")
        })
        .collect()
}
