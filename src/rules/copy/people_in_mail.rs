//! A list of people inside of a mail.

use crate::facts::{Characters, Passage, Region};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "people-in-mail",
    severity: Severity::Block,
    summary: "The mail holds the addresses of many people",
    repair: Repair::StopSending,
    page: include_str!("people_in_mail.md"),
    check: Check::Draft(check),
};

/// From how many addresses at how many different domains on it is a list of people, and no list of contacts.
const MANY: (usize, usize) = (10, 5);

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\w.+-]+@((?:[\w-]+\.)+[A-Za-z]{2,})").ok());

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !(context.is_whole() || context.settings.kind.is_some()) || context.message.header("List-Post").is_some() {
        return Vec::new();
    }
    let has_any = |passage: &&Passage| passage.characters().has(const { Characters::any(b"@") });
    if context.facts.copy().filter(has_any).map(|passage| passage.text.matches('@').count()).sum::<usize>() < MANY.0 {
        return Vec::new();
    }
    let (mut addresses, mut sites, mut first) = (BTreeSet::new(), BTreeSet::new(), None);
    for passage in context.facts.copy().filter(|passage| passage.region == Region::Body && passage.text.contains('@')) {
        for found in ADDRESS.iter().flat_map(|address| address.captures_iter(&passage.text)) {
            let (Some(whole), Some(domain)) = (found.get(0), found.get(1)) else { continue };
            if addresses.len() < MANY.0 && addresses.insert(whole.as_str().to_lowercase()) {
                sites.insert(psl::domain_str(domain.as_str()).unwrap_or(domain.as_str()).to_lowercase());
                first.get_or_insert_with(|| passage.span(whole.range()));
            }
        }
    }
    let Some(place) = first.filter(|_| addresses.len() >= MANY.0 && sites.len() >= MANY.1) else { return Vec::new() };
    let message = "the mail holds the addresses of ten people or more, at many different domains";
    vec![
        Finding::new(place, message).help("remove the list; if these are contacts for the readers, switch this rule off for this campaign"),
    ]
}
