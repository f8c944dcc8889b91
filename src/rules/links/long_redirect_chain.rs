//! A link that is redirected again and again.

use super::dead_link::{answered, name_of};
use crate::finding::{Finding, Severity};
use crate::links::{Links, Standing};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "long-redirect-chain",
    severity: Severity::Note,
    summary: "A link is redirected five times or more before a page opens",
    repair: Repair::Redirect,
    page: include_str!("long_redirect_chain.md"),
    check: Check::Links(check),
};

/// Redirects from which on a way is long.
const LONG: usize = 5;

fn check(context: &Context<'_>, links: &Links) -> Vec<Finding> {
    answered(context, links, |link, answer| {
        let redirects = answer.hops.len().checked_sub(1).filter(|count| *count >= LONG && answer.standing == Standing::Alive)?;
        let message = format!("{} is redirected {redirects} times: {}", name_of(link), answer.way());
        Some(Finding::new(link.span.clone(), message).help("link straight to the address at the end of the way"))
    })
}
