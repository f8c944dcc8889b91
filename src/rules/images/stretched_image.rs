//! A picture that is shown in another shape than it has, or far larger than it is.

use super::group::{file_of, name_of, place, sources};
use crate::facts::{Image, ImageKind};
use crate::finding::{Finding, Severity};
use crate::links::{ImageFacts, Links};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "stretched-image",
    severity: Severity::Warn,
    summary: "A picture is squeezed, stretched or blown up against its own size",
    repair: Repair::SwapImage,
    page: include_str!("stretched_image.md"),
    check: Check::Pictures(check),
};

/// How far width to height may be off, in hundredths.
const TOLERANCE: u64 = 6;

fn check(context: &Context<'_>, links: Option<&Links>) -> Vec<Finding> {
    let pictures = sources(context).filter(|(image, _)| image.kind == ImageKind::Picture && !image.is_spacer());
    let findings = pictures.filter_map(|(image, source)| {
        let facts = file_of(image, source, links).filter(|facts| facts.width > 0 && facts.height > 0 && facts.format != "svg")?;
        let why = fault(image, facts)?;
        Some(Finding::new(place(image), format!("{} {why}", name_of(image))).help("give it the size of the file, or the file this shape"))
    });
    findings.collect()
}

fn fault(image: &Image, facts: &ImageFacts) -> Option<String> {
    let (width, height) = image.size;
    let (own_width, own_height) = (u64::from(facts.width), u64::from(facts.height));
    if let (Some(width), Some(height)) = (width.map(u64::from), height.map(u64::from)) {
        let (shown, own) = (width * own_height * 100, height * own_width * 100);
        if shown.abs_diff(own) > shown.max(own) / 100 * TOLERANCE {
            return Some(format!("is shown as {width} × {height}, but is {own_width} × {own_height}, so it is distorted"));
        }
    }
    let width = width.map(u64::from).filter(|width| width * 2 > own_width * 3)?;
    Some(format!("is shown {width} pixels wide, but is only {own_width}, so it is blurred"))
}
