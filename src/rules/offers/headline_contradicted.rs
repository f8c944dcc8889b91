//! An unconditional headline with conditions below.

use super::scope::has_word;
use crate::facts::{Passage, Region};
use crate::finding::{Finding, Severity};
use crate::offers::Qualifier;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "headline-contradicted",
    severity: Severity::Note,
    summary: "The headline promises a discount on everything, and the small print takes some of it back",
    repair: Repair::Nothing,
    page: include_str!("headline_contradicted.md"),
    check: Check::Draft(check),
};

const EVERYTHING: [&str; 17] = [
    "everything",
    "sitewide",
    "site-wide",
    "storewide",
    "store-wide",
    "all orders",
    "every order",
    "entire store",
    "auf alles",
    "gesamtes sortiment",
    "sur tout",
    "tout le site",
    "en todo",
    "su tutto",
    "op alles",
    "em tudo",
    "na wszystko",
];

const CONDITIONS: [&str; 26] = [
    "excludes",
    "excluding",
    "exclusions apply",
    "exclusions",
    "not valid on",
    "not valid for",
    "does not apply to",
    "selected items",
    "selected styles",
    "selected products",
    "minimum spend",
    "min. spend",
    "minimum order",
    "with the exception of",
    "ausgenommen",
    "gilt nicht für",
    "mindestbestellwert",
    "hors promotions",
    "à l'exception",
    "ne s'applique pas",
    "no válido",
    "excepto",
    "escluso",
    "non valido",
    "uitgezonderd",
    "exceto",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let facts = context.facts;
    let is_headline = |passage: &Passage| passage.heading || matches!(passage.region, Region::Subject | Region::Preheader);
    let discounts = facts.amounts.iter().filter(|amount| amount.told.qualifier == Qualifier::Off);
    let headlines = discounts.filter_map(|amount| facts.passages.get(amount.passage)).filter(|passage| is_headline(passage));
    let mut bold = headlines.filter(|passage| has_word(&passage.text, &EVERYTHING) && !is_limited(&passage.text));
    let Some(headline) = bold.next() else { return Vec::new() };
    let Some(small) = facts.copy().find(|passage| !is_headline(passage) && has_word(&passage.text, &CONDITIONS)) else { return Vec::new() };
    let finding = Finding::new(headline.whole(), "the headline promises a discount on everything, and the small print limits it");
    vec![finding.related(small.whole(), "the small print").help("say in the headline that exclusions apply, or drop them")]
}

/// "Almost everything", or a star that leads to the conditions.
fn is_limited(headline: &str) -> bool {
    headline.contains(['*', '†', '¹']) || has_word(headline, &["almost", "nearly", "fast alles", "presque", "casi", "quasi", "bijna"])
}
