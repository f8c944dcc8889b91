//! One person's name in every row of the send list.

use super::printed;
use crate::audience::{Audience, ColumnProfile, Value};
use crate::facts::is_first_name;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "same-name-for-all",
    severity: Severity::Block,
    summary: "The name that the draft prints is the same for everybody, or nearly everybody, on the send list",
    repair: Repair::Nothing,
    page: include_str!("same_name_for_all.md"),
    check: Check::Audience(check),
};

/// How many rows of one name are more than chance where they are all rows.
const ALL: u64 = 10;
/// How many rows a column must have for a share of them to tell.
const MANY: u64 = 100;

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let mut findings = Vec::new();
    for field in printed(context, audience).into_iter().filter(|field| field.is_name) {
        let Some(value) = reigning(field.column) else { continue };
        let message = format!(
            "{} prints `{}` of {}, and that is \"{}\" in {} of {} rows",
            field.tag.shown(),
            field.column.name,
            field.list.path,
            value.text,
            grouped(value.rows),
            grouped(field.list.rows)
        );
        let finding = Finding::new(field.tag.span.clone(), message).reach(value.rows, audience.people_on(Role::Send));
        let people = field.list.row(value.first_line);
        findings.push(finding.people(people).help("export the list again; a cell may have been filled down over the whole column"));
    }
    findings
}

/// The first name that far more people have than can be called so. The commonest names of a country have one in
/// thirty people at most; three in ten are never chance.
fn reigning(column: &ColumnProfile) -> Option<&Value> {
    let value = column.common.first()?;
    let reigns = (column.constant().is_some() && value.rows >= ALL) || (column.filled >= MANY && value.rows * 10 >= column.filled * 3);
    let name = value.text.split([' ', ',']).next().unwrap_or_default().to_lowercase();
    (reigns && is_first_name(&name)).then_some(value)
}
