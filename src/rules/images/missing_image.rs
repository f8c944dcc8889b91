//! A picture without a source.

use super::group::one;
use crate::facts::{Image, ImageKind};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-image",
    severity: Severity::Block,
    summary: "A picture has no address, or only a word that stands for one",
    repair: Repair::Nothing,
    page: include_str!("missing_image.md"),
    check: Check::Draft(check),
};

/// Words that people write where an address belongs, as letters and digits.
const STAND_INS: [&str; 14] = [
    "",
    "http",
    "https",
    "xxx",
    "tbd",
    "todo",
    "url",
    "imageurl",
    "imgurl",
    "image",
    "insertimage",
    "insertimageurl",
    "placeholder",
    "src",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let missing: Vec<&Image> = context.facts.images.iter().filter(|image| is_missing(image)).collect();
    let says = |count| if count == 1 { String::from("a picture has no address") } else { format!("{count} pictures have no address") };
    one(&missing, says).map(|finding| finding.help("put in the picture's address, or remove it")).into_iter().collect()
}

fn is_missing(image: &Image) -> bool {
    if image.kind != ImageKind::Picture || image.tagged {
        return false;
    }
    // Templates may fill the whole attribute in, so a tag with a merge tag in it says nothing.
    let Some(source) = image.source.as_deref() else {
        return !image.tag.text().contains(['{', '%', '*']) && image.tag.text().len() > "<img/>".len() && !image.is_spacer();
    };
    if source.contains(['.', '{', '[', '<', '%', '*', '$']) || image.is_spacer() {
        return false;
    }
    let letters: String = source.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    STAND_INS.contains(&letters.as_str())
}
