//! Names that belong to other rows.

use super::printed;
use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "shifted-names",
    severity: Severity::Block,
    summary: "The names that the draft prints fit the mailboxes of other rows: a column has slipped",
    repair: Repair::Nothing,
    page: include_str!("shifted_names.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let mut findings = Vec::new();
    for field in printed(context, audience).into_iter().filter(|field| field.is_name) {
        let Some(shift) = field.list.names.shifts.first() else { continue };
        let rows = shift.by.unsigned_abs();
        let message = format!(
            "the names in `{}` of {} fit the mailboxes {rows} row{} {} them: {} of {} compared from line {} on",
            field.column.name,
            field.list.path,
            if rows == 1 { "" } else { "s" },
            if shift.by < 0 { "above" } else { "below" },
            grouped(shift.fitting),
            grouped(shift.compared),
            shift.line
        );
        let finding = Finding::new(field.tag.span.clone(), message).people(vec![format!("{} line {}", field.list.path, shift.line)]);
        findings.push(finding.help("do not send with this file: export the list again, and sort whole rows only"));
    }
    findings
}
