//! A protected link that is led through an unprotected address.

use super::dead_link::{answered, cure, name_of};
use crate::finding::{Finding, Severity};
use crate::links::{Links, masked};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "insecure-redirect",
    severity: Severity::Warn,
    summary: "A link begins with https and is redirected to an unprotected http address",
    repair: Repair::Redirect,
    page: include_str!("insecure_redirect.md"),
    check: Check::Links(check),
};

fn check(context: &Context<'_>, links: &Links) -> Vec<Finding> {
    answered(context, links, |link, answer| {
        let hop = answer.insecure_hop.as_deref()?;
        let message = format!("{} is led through {}, which is not protected; the way: {}", name_of(link), masked(hop), answer.way());
        Some(Finding::new(link.span.clone(), message).help(cure(answer, "link straight to the https address at the end of the way")))
    })
}
