//! A picture written into its own address.

use super::group::{one, sources};
use crate::facts::{Image, ImageKind};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "inline-image-data",
    severity: Severity::Warn,
    summary: "A picture stands inside its own address (`data:`), which Gmail and Outlook do not show",
    repair: Repair::Nothing,
    page: include_str!("inline_image_data.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let is_data = |(image, source): &(&Image, &str)| image.kind == ImageKind::Picture && source.starts_with("data:") && !image.is_spacer();
    let inline: Vec<&Image> = sources(context).filter(is_data).map(|(image, _)| image).collect();
    let says = |count| {
        let what = if count == 1 { String::from("a picture stands") } else { format!("{count} pictures stand") };
        format!("{what} in the address itself (`data:`); Gmail and Outlook show nothing in its place")
    };
    one(&inline, says).map(|finding| finding.help("upload it, and put in the address that it gets")).into_iter().collect()
}
