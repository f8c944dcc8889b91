//! Remarks and marked changes of whoever worked on the text.

use super::marks::{Mark, Marks};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "editor-remark",
    severity: Severity::Block,
    summary: "A remark between colleagues was left in: a comment, a marked change, a merge conflict",
    repair: Repair::Nothing,
    page: include_str!("editor_remark.md"),
    check: Check::Draft(check),
};

/// What is left in, each written so that prose does not contain it.
static MARKS: Marks<8> = Marks::new([
    Mark::new(&["comment [", "commented ["], r"(?m)\bComment(?:ed)? \[[A-Z]{1,4}\d{1,3}\]:?"),
    Mark::new(&["{++", "{--", "{>>", "{~~"], r"\{\+\+[^\n]{0,200}\+\+\}|\{--[^\n]{1,200}--\}|\{>>[^\n]{0,200}<<\}|\{~~[^\n]{0,200}~~\}"),
    Mark::new(&["<<<", ">>>"], r"(?m)^(?:<{7} \S|>{7} (?:\S+$|[0-9a-f]{7,40} \())"),
    Mark::new(&["note"], r"(?i)\bnotes? to (?:self|designer|developer|dev|editor|copywriter|translator|the team)\b\s*:?"),
    Mark::new(
        &["["],
        r"(?i)\[(?:(?:(?:note|question) (?:to|for)|(?:legal|design|dev) (?:to|please|must|should)|note: ?(?:replace|check|change|remove|add|fix|update|insert)|ask|check with|waiting for|confirm(?: with)?|anmerkung (?:an|für)|bitte prüfen|note interne|à vérifier|à confirmer|revisar|da verificare|controleren)\s?[:\x20]|(?:comment|question|legal|design|dev|anmerkung|kommentar|frage|rückfrage)\s?:)[^\]\n]{0,120}\]",
    ),
    Mark::new(
        &["internal", "internen gebrauch", "usage interne", "uso interno", "extern gebruik"],
        r"(?i)\b(?:for|nur zum) internal (?:use|review|eyes) only\b|\binternal use only\b|\bnur (?:für den|zum) internen gebrauch\b|\b(?:à|pour) usage interne(?: uniquement)?\b|\bsolo (?:para )?uso interno\b|\bniet voor extern gebruik\b",
    ),
    Mark::new(
        &["send", "noch nicht", "envoyer", "enviar", "inviare"],
        r"(?i)\b(?:do not|don[’\x27]t) send (?:this|yet|before|until)\b|\bnoch nicht (?:versenden|freigegeben)\b|\bne pas envoyer\b|\bno enviar (?:todavía|aún)\b|\bnon inviare\b",
    ),
    Mark::new(
        &["someone", "somebody", "anyone", "jemand", "einer"],
        r"(?i)\b(?:can|could) (?:someone|somebody|anyone) (?:please )?(?:check|confirm|update|fill in) (?:this|the)\b|\bkann (?:das )?(?:bitte )?(?:jemand|einer) (?:bitte )?(?:prüfen|checken|gegenlesen)\b",
    ),
]);

pub(super) fn signs() -> Vec<&'static str> {
    MARKS.signs()
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = MARKS.findings(context, |said| format!("\"{said}\" is a remark between colleagues"), "settle it, and remove it");
    findings.retain(|finding| !context.facts.is_in_title(&finding.span));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_are_sound() {
        assert!(MARKS.are_sound());
    }
}
