//! Pictures that are not encrypted on their way.

use super::group::{is_dummy, one, sources};
use crate::facts::Image;
use crate::finding::{Finding, Severity};
use crate::letters::begins;
use crate::rule::{Check, Context, Repair, Rule};
use crate::rules::links::insecure_link::ENCRYPTED_SINCE;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "insecure-image",
    severity: Severity::Warn,
    summary: "Pictures are fetched by `http:`; some mail programs and every web version block them",
    repair: Repair::SwapImage,
    page: include_str!("insecure_image.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    if context.send_at.year() < ENCRYPTED_SINCE {
        return Vec::new();
    }
    let is_insecure = |source: &str| begins(source, "http://") && source.len() > "http://".len();
    let insecure: Vec<&Image> =
        sources(context).filter(|(image, source)| is_insecure(source) && !is_dummy(image)).map(|(image, _)| image).collect();
    let says = |count| {
        let what = if count == 1 { String::from("a picture is") } else { format!("{count} pictures are") };
        format!("{what} fetched by `http:` instead of `https:`")
    };
    one(&insecure, says).map(|finding| finding.help("write https: and see that the pictures still show")).into_iter().collect()
}
