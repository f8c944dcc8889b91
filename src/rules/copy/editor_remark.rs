//! Remarks and marked changes of whoever worked on the text.

use super::words::shown;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "editor-remark",
    severity: Severity::Block,
    summary: "A remark between colleagues was left in: a comment, a marked change, a merge conflict",
    repair: Repair::Nothing,
    page: include_str!("editor_remark.md"),
    check: Check::Draft(check),
};

/// What is left in, each written so that prose does not contain it.
const MARKS: [&str; 8] = [
    r"(?m)\bComment(?:ed)? \[[A-Z]{1,4}\d{1,3}\]:?",
    r"\{\+\+[^\n]{0,200}\+\+\}|\{--[^\n]{1,200}--\}|\{>>[^\n]{0,200}<<\}|\{~~[^\n]{0,200}~~\}",
    r"(?m)^(?:<{7} |={7}$|>{7} )",
    r"(?i)\bnotes? to (?:self|designer|developer|dev|editor|copywriter|translator|the team)\b\s*:?",
    r"(?i)\[(?:note|comment|question|ask|check with|waiting for|confirm(?: with)?|legal|design|dev|anmerkung|kommentar|frage|rückfrage|bitte prüfen|note interne|à vérifier|à confirmer|nota|revisar|da verificare|controleren)\s?[:\x20][^\]\n]{0,120}\]",
    r"(?i)\b(?:for|nur zum) internal (?:use|review|eyes) only\b|\binternal use only\b|\bnur (?:für den|zum) internen gebrauch\b|\b(?:à|pour) usage interne(?: uniquement)?\b|\bsolo (?:para )?uso interno\b|\bniet voor extern gebruik\b",
    r"(?i)\b(?:do not|don[’\x27]t) send (?:this|yet|before|until)\b|\bnoch nicht (?:versenden|freigegeben)\b|\bne pas envoyer\b|\bno enviar (?:todavía|aún)\b|\bnon inviare\b",
    r"(?i)\b(?:can|could) (?:someone|somebody|anyone) (?:please )?(?:check|confirm|update|fill in) (?:this|the)\b|\bkann (?:das )?(?:bitte )?(?:jemand|einer) (?:bitte )?(?:prüfen|checken|gegenlesen)\b",
];

static LEFT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&MARKS.join("|")).ok());

/// Words of which every mark has one, in lower case: a passage without any is not searched further.
#[rustfmt::skip]
const SIGNS: [&str; 19] = [
    "[", "{", "<<<", "===", ">>>", "note", "intern", "send", "envoyer", "enviar", "inviare", "versenden", "freigegeben", "someone", "somebody", "anyone", "jemand", "einer", "extern",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in context.facts.copy() {
        let lower = passage.text.to_lowercase();
        if !SIGNS.iter().any(|sign| lower.contains(sign)) {
            continue;
        }
        if let Some(found) = LEFT.as_ref().and_then(|left| left.find(&passage.text)).filter(|found| !passage.is_sample(&found.range())) {
            let said = shown(found.as_str());
            findings.push(
                Finding::new(passage.span(found.range()), format!("\"{said}\" is a remark between colleagues"))
                    .help("settle it, and remove it"),
            );
        }
    }
    findings
}
