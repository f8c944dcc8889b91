//! The header stands among the rows.

use super::odd_rows;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "header-repeated",
    severity: Severity::Warn,
    summary: "The header of the send list stands again among its rows",
    repair: Repair::StopSending,
    page: include_str!("header_repeated.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    odd_rows(
        context,
        audience,
        |list| &list.headers,
        ("repeats the header: two exports may have been pasted together", "repeat the header: exports may have been pasted together"),
        "check that the columns below it are in the same order, and take the row out",
    )
}
