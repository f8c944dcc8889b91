//! A mail that does not say where its sender can be found.

use crate::facts::Passage;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Need, Repair, Rule};
use crate::settings::MessageType;
use crate::tags::{Kind as TagKind, Role};
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "postal-address-missing",
    severity: Severity::Warn,
    summary: "A newsletter or promotion has no postal address",
    repair: Repair::StopSending,
    page: include_str!("postal_address_missing.md"),
    check: Check::Telling(check),
};

/// Places in a text that only an address has: postcodes with a place, streets with a number, post boxes.
const SIGNS: [&str; 8] = [
    r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b",
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b",
    r"\b(?:[A-Z]{1,2}[-– ])?\d{4,5}(?: ?[A-Z]{2})?,? \p{Lu}\p{L}+",
    r"\b(?:\d{2}-\d{3}|\d{4}-\d{3}|\d{3} \d{2})\b,? \p{Lu}\p{L}+",
    r"(?i)\b\d{1,5}[a-z]?(?:[-–/]\d+[a-z]?)?,? (?:[\p{L}.'’]+ ){0,4}(?:street|st|road|rd|avenue|ave|lane|ln|boulevard|blvd|drive|dr|way|square|quay|court|place|row|terrace|close|floor|suite|parkway|highway|hill|yard|park|mews|gardens)\b",
    r"(?i)(?:straße|strasse|str\.|street|road|lane|avenue|square|weg|platz|allee|gasse|ring|damm|ufer|laan|straat|plein|gracht|kade|gatan|gata|vägen|vej|gade|veien|katu|utca|ulica|\bul\.)\s+\d",
    r"(?i)\b(?:p\.? ?o\.? ?box|postfach|postbus|boîte postale|\bbp \d|apartado|casella postale|skrytka|(?:\d+[a-z]?,? |\b)(?:rue|place|quai|cours|chemin|impasse|via|viale|piazza|corso|calle|plaza|paseo|avenida|rua|praça|travessa)\b[^.|\n]{2,40}\d)",
];

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&SIGNS.join("|")).ok());

fn check(context: &Context<'_>) -> Result<Vec<Finding>, Need> {
    if !matches!(context.settings.kind, Some(MessageType::Newsletter | MessageType::Promotion)) {
        return Ok(Vec::new());
    }
    let facts = context.facts;
    let is_tag = facts.tags.tags.iter().any(|tag| {
        let inside = tag.tag.inside.to_lowercase();
        tag.tag.kind == TagKind::System(Role::Address)
            || ["address", "sender-info", "senderinfo", "footer"].iter().any(|word| inside.contains(word))
    });
    let is_there = |passage: &Passage| ADDRESS.as_ref().is_some_and(|address| address.is_match(&passage.text));
    if is_tag || facts.copy().any(is_there) {
        return Ok(Vec::new());
    }
    if context.is_foreign() {
        return Err(Need::Language);
    }
    if !context.is_complete() {
        return Err(Need::Footer);
    }
    let finding = Finding::new(context.headline(), "nothing in this mail looks like a postal address");
    Ok(vec![finding.help("say in the footer who sends it and where they can be found; many countries ask for it in advertising mail")])
}
