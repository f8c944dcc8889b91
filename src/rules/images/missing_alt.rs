//! Pictures that say something, without the words that stand for them.

use super::group::{link_of, one, pictures};
use crate::facts::{Image, Link};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use rustc_hash::FxHashSet;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-alt",
    severity: Severity::Note,
    summary: "Pictures have no alt text; with pictures off and in screen readers nothing is there",
    repair: Repair::Nothing,
    page: include_str!("missing_alt.md"),
    check: Check::Draft(check),
};

/// A picture narrower than this, in pixels, is an ornament, if it is no link.
const NARROWEST: u32 = 60;

fn check(context: &Context<'_>) -> Vec<Finding> {
    // A link that stands beside the picture with words to the same address says what the picture would.
    let said: FxHashSet<&str> = context.facts.links.iter().filter(|link| !link.text.is_empty()).map(|link| link.href.as_str()).collect();
    // A file that holds a gap open in one place holds none of the content in another.
    let gaps: FxHashSet<&str> =
        context.facts.images.iter().filter(|image| image.is_spacer()).filter_map(|image| image.source.as_deref()).collect();
    let is_gap = |image: &Image| image.source.as_deref().is_some_and(|source| gaps.contains(source));
    let lacks = |image: &&Image| !is_gap(image) && lacks_alt(image, link_of(image, context), &said);
    let silent: Vec<&Image> = pictures(context).filter(lacks).collect();
    let linked = silent.iter().filter(|image| image.link.is_some()).count();
    let says = |count| {
        let what = if count == 1 { String::from("a picture has") } else { format!("{count} pictures have") };
        let links = match linked {
            0 => String::new(),
            linked if linked == count => String::from(", and nothing else says where the link leads"),
            1 => String::from("; 1 of them is a link without other words"),
            linked => format!("; {linked} of them are links without other words"),
        };
        format!("{what} no alt text{links}")
    };
    one(&silent, says).map(|finding| finding.help("write what the picture says, or alt=\"\" if it says nothing")).into_iter().collect()
}

fn lacks_alt(image: &Image, link: Option<&Link>, said: &FxHashSet<&str>) -> bool {
    if image.source.as_deref().is_none_or(str::is_empty) {
        return false;
    }
    let is_only_content = link
        .is_some_and(|link| link.text.is_empty() && link.label.is_empty() && !link.href.is_empty() && !said.contains(link.href.as_str()));
    let is_wide = image.size.0.is_none_or(|width| width >= NARROWEST) && image.size.1.is_none_or(|height| height >= NARROWEST / 2);
    // MJML writes alt="" where the author wrote none.
    match image.alt.as_deref() {
        Some(alt) if !alt.trim().is_empty() => false,
        Some(_) => is_only_content,
        None => is_only_content || is_wide && link.is_none(),
    }
}
