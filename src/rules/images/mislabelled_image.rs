//! A picture whose bytes are of a kind that mail programs do not show, whatever its name says.

use super::group::{file_of, name_of, place, sources, where_to};
use crate::finding::{Finding, Severity};
use crate::links::Links;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "mislabelled-image",
    severity: Severity::Warn,
    summary: "A picture's bytes are of a kind that many mail programs do not show, though its name says otherwise",
    repair: Repair::SwapImage,
    page: include_str!("mislabelled_image.md"),
    check: Check::Pictures(check),
};

/// Kinds that Gmail or Outlook for Windows do not show.
const UNSHOWN: [&str; 7] = ["svg", "avif", "tiff", "heif", "heic", "jxl", "webp"];

fn check(context: &Context<'_>, links: Option<&Links>) -> Vec<Finding> {
    let findings = sources(context).filter_map(|(image, source)| {
        let format = file_of(image, source, links)?.format.as_str();
        let path = source.split(['?', '#']).next().unwrap_or(source).to_ascii_lowercase();
        let says_otherwise = [".png", ".jpg", ".jpeg", ".gif"].iter().any(|ending| path.ends_with(ending));
        (says_otherwise && UNSHOWN.contains(&format)).then(|| {
            let message = format!("{} is a {} file inside, which Outlook and others do not show", name_of(image), format.to_uppercase());
            Finding::new(place(image), message).help(format!("save it as PNG or JPEG, {}", where_to(image)))
        })
    });
    findings.collect()
}
