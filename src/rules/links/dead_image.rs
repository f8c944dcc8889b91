//! A picture that no mail program can show.

use super::dead_link::{cure, told};
use crate::facts::Image;
use crate::finding::{Finding, Severity};
use crate::links::{Links, Standing, masked};
use crate::rule::{Check, Context, Repair, Rule};
use std::collections::HashMap;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "dead-image",
    severity: Severity::Block,
    summary: "A picture is not there, is no picture, or wants a login",
    repair: Repair::SwapImage,
    page: include_str!("dead_image.md"),
    check: Check::Links(check),
};

fn check(context: &Context<'_>, links: &Links) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for image in &context.facts.images {
        let Some((source, answer)) = image.web_source().and_then(|source| Some((source, links.get(source)?))) else { continue };
        let what = match answer.standing {
            Standing::Dead => "cannot be shown",
            Standing::NotPublic => "is shown to nobody",
            Standing::Suspect => "is not shown as it should be",
            _ => continue,
        };
        let at = *known.entry(source).or_insert(findings.len());
        match findings.get_mut(at) {
            Some(finding) => finding.related.push((image.span.clone(), name_of(image))),
            None => findings.push(
                Finding::new(image.span.clone(), format!("{} {what}: {}", name_of(image), told(answer)))
                    .help(cure(answer, "put the picture under this address, or another address into the mail")),
            ),
        }
    }
    findings
}

/// What a reader calls a picture: its alt text, or its file.
fn name_of(image: &Image) -> String {
    let short = |text: &str| text.chars().take(60).collect::<String>();
    if let Some(alt) = image.alt.as_deref().map(str::trim).filter(|alt| !alt.is_empty()) {
        return format!("the picture \"{}\"", short(alt));
    }
    let path = image.source.as_deref().and_then(|source| source.split(['?', '#']).next()).unwrap_or_default();
    let file = path.rsplit('/').next().filter(|name| !name.is_empty());
    file.map_or("a picture".to_owned(), |name| format!("the picture {}", masked(&short(name))))
}
