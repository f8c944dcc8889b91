//! A link that the mail has in one language and not in another.

use super::targets::{clickable, page_in_any_language};
use crate::facts::Link;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule, Sibling};
use std::collections::BTreeMap;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "link-missing-in-translation",
    severity: Severity::Warn,
    summary: "A page that the mail links to in another language is not linked to in this one",
    repair: Repair::Nothing,
    page: include_str!("link_missing_in_translation.md"),
    check: Check::Siblings(check),
};

/// Fewest pages that both must link to, before what only one of them has says anything.
const FEWEST_SHARED: usize = 2;

fn check(context: &Context<'_>, siblings: &[Sibling<'_>]) -> Vec<Finding> {
    let own = pages(&context.facts.links);
    for sibling in siblings.iter().filter(|sibling| sibling.translated) {
        let other = pages(&sibling.facts.links);
        let missing: Vec<&&Link> = other.iter().filter(|(page, _)| !own.contains_key(*page)).map(|(_, link)| link).collect();
        let shared = other.len() - missing.len();
        // Where each has pages of its own, their addresses are translated, too, and cannot be compared.
        let comparable = shared >= FEWEST_SHARED && shared > missing.len() && shared == own.len();
        let (Some((first, others)), true) = (missing.split_first(), comparable) else { continue };
        let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
        let message = format!("the version \"{}\" links to {}{more}, and this one does not", sibling.label, shown(first));
        let finding = Finding::new(context.headline(), message).help("put the link in here, too, or take it out there");
        let places = missing.iter().map(|link| (link.span.clone(), format!("the link in \"{}\"", sibling.label)));
        return vec![places.fold(finding, |finding, (place, note)| finding.related(place, note))];
    }
    Vec::new()
}

/// The pages that a draft links to, each with its first link.
fn pages(links: &[Link]) -> BTreeMap<String, &Link> {
    let mut pages = BTreeMap::new();
    for link in clickable(links) {
        if let Some(page) = page_in_any_language(link) {
            pages.entry(page).or_insert(link);
        }
    }
    pages
}

/// What a link is called: its words, or where it leads.
fn shown(link: &Link) -> String {
    match link.text.trim() {
        "" => super::targets::page(link).unwrap_or_default(),
        text => format!("\"{}\"", text.chars().take(60).collect::<String>()),
    }
}
