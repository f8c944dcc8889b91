//! A list of people as an attachment.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::rules::envelope::mailboxes::is_business;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "list-attached",
    severity: Severity::Block,
    summary: "A sheet that may be a list of people is attached to the mail",
    repair: Repair::StopSending,
    page: include_str!("list_attached.md"),
    check: Check::Draft(check),
};

/// Endings of files that hold rows.
const SHEETS: [&str; 6] = [".csv", ".xlsx", ".xls", ".ods", ".tsv", ".numbers"];

/// Words in names of files that hold people, in lower case.
const PEOPLE: [&str; 22] = [
    "customer",
    "contact",
    "subscriber",
    "recipient",
    "member",
    "audience",
    "mailing",
    "segment",
    "people",
    "export",
    "users",
    "patient",
    "kunden",
    "empfänger",
    "empfaenger",
    "kontakte",
    "verteiler",
    "abonn",
    "clients",
    "destinat",
    "contatti",
    "leads",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !is_business(context) {
        return Vec::new();
    }
    let names = context.message.attachments.iter().filter_map(|attachment| attachment.name.as_deref());
    let is_list = |name: &&str| {
        let lower = name.to_lowercase();
        SHEETS.iter().any(|ending| lower.ends_with(ending)) && PEOPLE.iter().any(|word| lower.contains(word))
    };
    let finding = |name: &str| {
        let message = format!("{name} is attached to a mail to a list, and its name says that it holds people");
        Finding::new(context.headline(), message).help("remove it, unless everybody may see everybody in it")
    };
    names.filter(is_list).map(finding).collect()
}
