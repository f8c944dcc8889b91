//! The same words lead elsewhere in another variant of the mail.

use super::targets::{clickable, page, words};
use crate::facts::Link;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule, Sibling};
use std::collections::{BTreeMap, BTreeSet};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "variant-link-differs",
    severity: Severity::Warn,
    summary: "The same words lead to another page in another A/B variant of the mail",
    repair: Repair::Redirect,
    page: include_str!("variant_link_differs.md"),
    check: Check::Siblings(check),
};

fn check(context: &Context<'_>, siblings: &[Sibling<'_>]) -> Vec<Finding> {
    let own = by_words(&context.facts.links);
    let others: Vec<_> = siblings.iter().filter(|sibling| sibling.before && !sibling.translated).collect();
    let others: Vec<_> = others.into_iter().map(|sibling| (sibling, by_words(&sibling.facts.links))).collect();
    let mut findings = Vec::new();
    for (words, (link, pages)) in &own {
        // Where the words lead to several pages, one that both have is enough: which is which, nobody can say.
        let differs = others.iter().find_map(|(sibling, known)| {
            let (other, there) = known.get(words).filter(|(_, there)| there.is_disjoint(pages))?;
            Some((sibling, other, there.first().map(String::as_str).unwrap_or_default()))
        });
        let Some((sibling, other, there)) = differs else { continue };
        let here = pages.first().map(String::as_str).unwrap_or_default();
        let message = format!("\"{}\" leads to {here}, in {} to {there}", link.text.trim(), sibling.label);
        findings.push(
            Finding::new(link.span.clone(), message)
                .help("give both the same address, unless the page itself is what you test")
                .related(other.span.clone(), format!("the same words in {}", sibling.label)),
        );
    }
    findings
}

/// The pages to which each text leads, with the first link of that text; bare addresses say where they lead themselves.
fn by_words(links: &[Link]) -> BTreeMap<String, (&Link, BTreeSet<String>)> {
    let mut known: BTreeMap<String, (&Link, BTreeSet<String>)> = BTreeMap::new();
    for link in clickable(links) {
        let (words, Some(page)) = (words(link), page(link)) else { continue };
        if !words.is_empty() && !link.text.contains("://") && !link.text.trim_start().starts_with("www.") {
            known.entry(words).or_insert_with(|| (link, BTreeSet::new())).1.insert(page);
        }
    }
    known
}
