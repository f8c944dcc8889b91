//! A picture that takes long to load.

use super::group::{file_of, name_of, place, sources, where_to};
use crate::finding::{Finding, Severity};
use crate::links::Links;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "heavy-image",
    severity: Severity::Warn,
    summary: "A picture is larger than a megabyte",
    repair: Repair::SwapImage,
    page: include_str!("heavy_image.md"),
    check: Check::Pictures(check),
};

/// Largest picture that loads in good time on a telephone, in bytes.
const HEAVIEST: u64 = 1024 * 1024;

fn check(context: &Context<'_>, links: Option<&Links>) -> Vec<Finding> {
    let findings = sources(context).filter_map(|(image, source)| {
        let facts = file_of(image, source, links)?;
        let answered = || links?.get(source)?.bytes;
        let bytes = facts.bytes.or_else(answered).filter(|bytes| *bytes > HEAVIEST)?;
        let what = facts.frames.map_or(String::new(), |frames| format!(" and an animation of {frames} pictures"));
        let megabytes = format!("{}.{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000);
        Some(
            Finding::new(place(image), format!("{} is {megabytes} MB large{what}", name_of(image)))
                .help(format!("save it smaller, {}", where_to(image))),
        )
    });
    findings.collect()
}
