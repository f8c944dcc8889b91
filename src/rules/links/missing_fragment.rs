//! A link to a place in a page that the page does not have.

use super::dead_link::{answered, name_of};
use crate::finding::{Finding, Severity};
use crate::links::{Links, Standing};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-fragment",
    severity: Severity::Warn,
    summary: "A link leads to a place in a page (`#prices`) that the page does not have",
    repair: Repair::Redirect,
    page: include_str!("missing_fragment.md"),
    check: Check::Links(check),
};

fn check(context: &Context<'_>, links: &Links) -> Vec<Finding> {
    answered(context, links, |link, answer| {
        let is_missing = answer.fragment_found == Some(false) && answer.standing == Standing::Alive;
        let (_, fragment) = link.href.split_once('#').filter(|_| is_missing)?;
        let message = format!("{} leads to #{fragment}, and the page has no place of that name; readers land at its top", name_of(link));
        Some(Finding::new(link.span.clone(), message).help("take the name of a place that the page has, or leave the part behind # out"))
    })
}
