//! The thread in which a mail was agreed on.

use super::words::shown;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::rules::envelope::mailboxes::is_business;
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "quoted-thread",
    severity: Severity::Warn,
    summary: "A mail to a list quotes an earlier mail: \"On Tuesday … wrote:\"",
    repair: Repair::Nothing,
    page: include_str!("quoted_thread.md"),
    check: Check::Draft(check),
};

/// What is left in, each written so that prose does not contain it.
const MARKS: [&str; 5] = [
    r"(?m)(?:^|\s)On [^\n]{6,80}\bwrote:\s*$",
    r"(?i)-{3,} ?(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d[’\x27]origine|message transféré|mensaje original|mensaje reenviado|messaggio originale|oorspronkelijk bericht|mensagem original) ?-{3,}",
    r"(?m)(?:^|\s)Am [^\n]{6,80}\bschrieb\b[^\n]{0,60}:\s*$",
    r"(?m)(?:^|\s)Le [^\n]{6,80}\ba écrit ?:\s*$|(?:^|\s)El [^\n]{6,80}\bescribió:\s*$|(?:^|\s)Il [^\n]{6,80}\bha scritto:\s*$|(?:^|\s)Op [^\n]{6,80}\bschreef\b[^\n]{0,60}:\s*$",
    r"(?m)^(?:From|Von|De|Da|Van): [^\n]{3,80}\n(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Inviato|Verzonden): ",
];

static LEFT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&MARKS.join("|")).ok());

/// Words of which every mark has one, in lower case: a passage without any is not searched further.
#[rustfmt::skip]
const SIGNS: [&str; 8] = [
    "wrote", "---", "schrieb", "écrit", "escribió", "scritto", "schreef", ": ",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !is_business(context) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for passage in context.facts.copy() {
        let lower = passage.text.to_lowercase();
        if !SIGNS.iter().any(|sign| lower.contains(sign)) {
            continue;
        }
        if let Some(found) = LEFT.as_ref().and_then(|left| left.find(&passage.text)).filter(|found| !passage.is_sample(&found.range())) {
            let said = shown(found.as_str());
            findings.push(
                Finding::new(passage.span(found.range()), format!("the mail quotes an earlier one: \"{said}\""))
                    .help("remove the thread; readers should see the mail alone"),
            );
        }
    }
    findings
}
