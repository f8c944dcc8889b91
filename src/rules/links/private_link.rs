//! A link behind a login or a password.

use super::dead_link::{name_of, told, with_standing};
use crate::finding::{Finding, Severity};
use crate::links::{Links, Standing};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "private-link",
    severity: Severity::Warn,
    summary: "A link leads to a page that wants a login or a password",
    repair: Repair::Redirect,
    page: include_str!("private_link.md"),
    check: Check::Links(check),
};

fn check(context: &Context<'_>, links: &Links) -> Vec<Finding> {
    with_standing(context, links, Standing::NotPublic, |link, answer| {
        Finding::new(link.span.clone(), format!("{} is not public: {}", name_of(link), told(answer)))
            .help("open it in a private browser window; make the page public, or take the public address")
    })
}
