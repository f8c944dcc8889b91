//! The thread in which a mail was agreed on.

use super::marks::{Mark, Marks};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::rules::envelope::mailboxes::is_business;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "quoted-thread",
    severity: Severity::Warn,
    summary: "A mail to a list quotes an earlier mail: \"On Tuesday … wrote:\"",
    repair: Repair::Nothing,
    page: include_str!("quoted_thread.md"),
    check: Check::Draft(check),
};

/// What is left in, each written so that prose does not contain it.
static MARKS: Marks<5> = Marks::new([
    Mark::new(&["wrote"], r"(?m)(?:^|\s)On [^\n]{6,80}\bwrote:\s*$"),
    Mark::new(
        &["---"],
        r"(?i)-{3,} ?(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d[’\x27]origine|message transféré|mensaje original|mensaje reenviado|messaggio originale|oorspronkelijk bericht|mensagem original) ?-{3,}",
    ),
    Mark::new(&["schrieb"], r"(?m)(?:^|\s)Am [^\n]{6,80}\bschrieb\b[^\n]{0,60}:\s*$"),
    Mark::new(
        &["écrit", "escribió", "scritto", "schreef"],
        r"(?m)(?:^|\s)Le [^\n]{6,80}\ba écrit ?:\s*$|(?:^|\s)El [^\n]{6,80}\bescribió:\s*$|(?:^|\s)Il [^\n]{6,80}\bha scritto:\s*$|(?:^|\s)Op [^\n]{6,80}\bschreef\b[^\n]{0,60}:\s*$",
    ),
    Mark::new(
        &["sent:", "date:", "gesendet:", "datum:", "envoyé:", "enviado:", "inviato:", "verzonden:"],
        r"(?m)^(?:From|Von|De|Da|Van): [^\n]{3,80}\n(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Inviato|Verzonden): ",
    ),
]);

pub(super) fn signs() -> Vec<&'static str> {
    MARKS.signs()
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !is_business(context) {
        return Vec::new();
    }
    MARKS.findings(
        context,
        |said| format!("the mail quotes an earlier one: \"{said}\""),
        "remove the thread; readers should see the mail alone",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_are_sound() {
        assert!(MARKS.are_sound());
    }
}
