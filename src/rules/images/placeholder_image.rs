//! A picture that only holds the place of another.

use super::group::{is_dummy, one, sources};
use crate::facts::Image;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "placeholder-image",
    severity: Severity::Block,
    summary: "A picture comes from a service for dummy pictures, or from an example domain",
    repair: Repair::Nothing,
    page: include_str!("placeholder_image.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let dummies: Vec<&Image> = sources(context).filter(|(image, _)| is_dummy(image)).map(|(image, _)| image).collect();
    let says = |count| if count == 1 { String::from("a picture is a dummy") } else { format!("{count} pictures are dummies") };
    one(&dummies, says).map(|finding| finding.help("put in the picture that belongs there, or remove it")).into_iter().collect()
}
