//! A redirect that drops what the address was to tell the site.

use super::dead_link::{answered, name_of};
use crate::finding::{Finding, Severity};
use crate::links::{Links, Standing, masked};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "lost-tracking",
    severity: Severity::Warn,
    summary: "A redirect drops the campaign's tracking or the discount from a link",
    repair: Repair::Redirect,
    page: include_str!("lost_tracking.md"),
    check: Check::Links(check),
};

fn check(context: &Context<'_>, links: &Links) -> Vec<Finding> {
    answered(context, links, |link, answer| {
        let first = answer.lost_params.first().filter(|_| answer.standing == Standing::Alive)?;
        let names: Vec<&str> = answer.lost_params.iter().map(|param| param.name.as_str()).collect();
        let end = answer.final_url.as_deref().map_or(String::new(), |url| format!(", which leads on to {}", masked(url)));
        let message = format!("{} loses {} at {}{end}", name_of(link), names.join(", "), masked(&first.hop));
        Some(Finding::new(link.span.clone(), message).help("link straight to the last address, with these parameters behind it"))
    })
}
