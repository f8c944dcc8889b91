//! A column of codes with holes, or with one code for several people.

use crate::audience::{Audience, ColumnProfile};
use crate::facts::MergeTag;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "faulty-code-column",
    severity: Severity::Block,
    summary: "People on the send list have no code in the column that the mail shows, or the same one",
    repair: Repair::StopSending,
    page: include_str!("faulty_code_column.md"),
    check: Check::Audience(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tag in context.code_tags() {
        for list in audience.lists.iter().filter(|list| list.role == Role::Send) {
            let column = list.columns.iter().find(|column| tag.names(&column.name));
            findings.extend(column.and_then(|column| fault(tag, column, list.rows, audience.send_size())));
        }
    }
    findings
}

/// What is wrong with a column: empty cells; the same code in several rows of a column whose codes are otherwise unique.
fn fault(tag: &MergeTag, column: &ColumnProfile, rows: u64, of: u64) -> Option<Finding> {
    let doubled: Vec<_> = column.common.iter().filter(|value| value.rows > 1).collect();
    let twice: u64 = doubled.iter().map(|value| value.rows).sum();
    let unique = column.distinct.is_none_or(|distinct| distinct * 2 > column.filled);
    let (people, what, line) = if column.empty.rows > 0 && column.filled > 0 {
        (column.empty.rows, String::from("have none"), column.empty.first_line)
    } else if unique && twice > 0 {
        (twice, format!("share one with somebody else, such as {}", doubled.first()?.text), doubled.first()?.first_line)
    } else {
        return None;
    };
    let message = format!(
        "the mail shows the code in the column `{}`, and {} of {} rows {what} (first in line {line})",
        column.name,
        grouped(people),
        grouped(rows)
    );
    let finding = Finding::new(tag.span.clone(), message).reach(people.min(of), of);
    Some(finding.help("give everybody a code of their own, or take those without one off the send list"))
}
