//! A link that answers, but with something else than the page it was made for.

use super::dead_link::{cure, name_of, told, with_standing};
use crate::finding::{Finding, Severity};
use crate::links::{Links, Standing};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "suspect-link",
    severity: Severity::Warn,
    summary: "A link answers, but its page says that something is not there, sold out, over or for sale",
    repair: Repair::Redirect,
    page: include_str!("suspect_link.md"),
    check: Check::Links(check),
};

fn check(context: &Context<'_>, links: &Links) -> Vec<Finding> {
    with_standing(context, links, Standing::Suspect, |link, answer| {
        Finding::new(link.span.clone(), format!("{} answers, but looks wrong: {}", name_of(link), told(answer)))
            .help(cure(answer, "open it in a browser and see whether it is the page that you mean"))
    })
}
