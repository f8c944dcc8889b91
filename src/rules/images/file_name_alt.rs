//! A picture whose alt text is the name of its file.

use super::group::{file_name, one, pictures};
use crate::facts::Image;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "file-name-alt",
    severity: Severity::Warn,
    summary: "An alt text is the name of a file, or a stand-in such as \"image\"",
    repair: Repair::Nothing,
    page: include_str!("file_name_alt.md"),
    check: Check::Draft(check),
};

/// Endings of picture files.
const ENDINGS: [&str; 8] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".tif"];

/// Words that say only that there is a picture, in lower case.
const STAND_INS: [&str; 12] =
    ["image", "img", "picture", "alt", "alt text", "alttext", "alt_text", "placeholder", "untitled", "photo", "bild", "image description"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let named: Vec<&Image> = pictures(context).filter(|image| image.alt.as_deref().is_some_and(|alt| is_name(alt.trim(), image))).collect();
    let first = named.first().and_then(|image| image.alt.clone()).unwrap_or_default();
    let says = |count| {
        let what = if count == 1 {
            String::from("the alt text of a picture is")
        } else {
            format!("{count} alt texts are only names of files or stand-ins, such as")
        };
        format!("{what} \"{}\"", first.trim().chars().take(60).collect::<String>())
    };
    one(&named, says).map(|finding| finding.help("write what the picture says")).into_iter().collect()
}

fn is_name(alt: &str, image: &Image) -> bool {
    let lower = alt.to_lowercase();
    let has_ending = ENDINGS.iter().any(|ending| lower.ends_with(ending)) && !alt.contains(' ');
    let is_camera = ["img_", "dsc_", "dscn", "screenshot_", "screen-shot", "unnamed"].iter().any(|start| lower.starts_with(start))
        && !alt.contains(' ');
    // `hero-banner_2` for `hero-banner_2.jpg`: a name that nobody would say.
    let stem = || image.source.as_deref().and_then(file_name).and_then(|name| name.rsplit_once('.')).map(|(stem, _)| stem.to_lowercase());
    let looks_like_one = lower.contains(['_', '-']) && lower.contains(|c: char| c.is_ascii_digit() || c == '_');
    let is_stem = looks_like_one && stem().is_some_and(|stem| stem == lower);
    has_ending || is_camera || is_stem || STAND_INS.contains(&lower.as_str())
}
