//! A picture of a kind that mail programs do not show.

use super::group::{file_name, name_of, one, sources};
use crate::facts::{Image, ImageKind};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unshown-image",
    severity: Severity::Warn,
    summary: "A picture is an SVG, AVIF, TIFF, HEIC, PDF or Photoshop file, which many mail programs do not show",
    repair: Repair::Nothing,
    page: include_str!("unshown_image.md"),
    check: Check::Draft(check),
};

/// Endings of files that Gmail or Outlook do not show (<https://www.caniemail.com/search/?s=image>).
const ENDINGS: [&str; 11] = ["svg", "svgz", "avif", "tif", "tiff", "heic", "heif", "psd", "pdf", "ai", "eps"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let is_unshown = |(image, source): &(&Image, &str)| image.kind == ImageKind::Picture && ending(source).is_some();
    let unshown: Vec<(&Image, &str)> = sources(context).filter(is_unshown).collect();
    let images: Vec<&Image> = unshown.iter().map(|(image, _)| *image).collect();
    let kind = unshown.first().and_then(|(_, source)| ending(source)).unwrap_or_default().to_uppercase();
    let says = |count| match images.first() {
        Some(image) if count == 1 => format!("{} is a {kind} file, which Gmail or Outlook do not show", name_of(image)),
        _ => format!("{count} pictures are files, such as {kind}, that Gmail or Outlook do not show"),
    };
    one(&images, says).map(|finding| finding.help("save it as PNG or JPEG")).into_iter().collect()
}

fn ending(source: &str) -> Option<&'static str> {
    let (_, ending) = file_name(source)?.rsplit_once('.')?;
    ENDINGS.iter().find(|known| known.eq_ignore_ascii_case(ending)).copied()
}
