//! People counted by what stands in one column of the send list.

use crate::audience::{Audience, ColumnProfile, ListFacts, Value};
use crate::finding::{Finding, grouped};
use crate::rule::Context;
use crate::settings::Role;

/// How many values are named.
const NAMED: usize = 4;

/// The findings that people have values in a column that speak against the mail. `what` goes behind "3 of the 12 rows of
/// to.csv …"; where a list has no such column, or too many values in it, that is said, because the brief asked.
pub(super) fn values(
    context: &Context<'_>,
    audience: &Audience,
    (thing, things): (&str, &str),
    column: impl Fn(&ListFacts) -> Option<usize>,
    is_other: impl Fn(&str) -> bool,
    what: &str,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for list in audience.lists.iter().filter(|list| list.role == Role::Send) {
        let Some(column) = column(list).and_then(|at| list.columns.get(at)) else {
            let message = format!("{} has no column with the {thing} of people, so that nobody was compared", list.path);
            findings.push(Finding::new(context.headline(), message).help("export the list with that column"));
            continue;
        };
        let Some(all) = column.values() else {
            let message =
                format!("`{}` of {} has too many different values to be {things}, so that nobody was compared", column.name, list.path);
            findings.push(Finding::new(context.headline(), message).help(format!("give the column with the {things} that name")));
            continue;
        };
        let others: Vec<&Value> = all.iter().filter(|value| is_other(&value.text)).collect();
        findings.extend(of_values(context, audience, (list, column), &others, what));
    }
    findings
}

/// The finding that rows have these values, if any have.
pub(super) fn of_values(
    context: &Context<'_>,
    audience: &Audience,
    (list, column): (&ListFacts, &ColumnProfile),
    others: &[&Value],
    what: &str,
) -> Option<Finding> {
    let rows: u64 = others.iter().map(|value| value.rows).sum();
    let first = others.iter().map(|value| value.first_line).min()?;
    // The verb leads what is said of them.
    let what = if rows == 1 {
        what.replacen("are ", "is ", 1).replacen("have ", "has ", 1).replacen("want their", "wants their", 1)
    } else {
        what.to_owned()
    };
    let named: Vec<String> = others.iter().take(NAMED).map(|value| format!("{} \"{}\"", grouped(value.rows), value.text)).collect();
    let more = if others.len() > NAMED { ", …" } else { "" };
    let message = format!(
        "{} of the {} rows of {} {what}: {}{more} in `{}`",
        grouped(rows),
        grouped(list.rows),
        list.path,
        named.join(", "),
        column.name
    );
    let finding = Finding::new(context.headline(), message).reach(rows, audience.people_on(Role::Send));
    Some(finding.people(list.row(first)).help("leave these people out, or send them a mail of their own"))
}
