//! A merge tag for a field that nobody on the send list has.

use super::{PERSON, fields, outcome};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Fields, Repair, Rule};
use crate::settings::nearest;
use crate::tags::Standing;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unknown-field",
    severity: Severity::Block,
    summary: "A merge tag names a field that the send list does not have, though it has one nearly like it",
    repair: Repair::Nothing,
    page: include_str!("unknown_field.md"),
    check: Check::Fields(check),
};

fn check(context: &Context<'_>, known: &Fields) -> Vec<Finding> {
    let names: Vec<String> = known.names.iter().map(|name| plain(name)).collect();
    let mut findings = Vec::new();
    for (tag, path) in fields(context).filter(|(tag, _)| tag.reading.standing == Standing::Own && tag.reading.fault.is_none()) {
        let Some(field) = person_field(path) else { continue };
        let wanted = plain(field);
        if names.contains(&wanted) || is_everywhere(&wanted) {
            continue;
        }
        // Fields may come from elsewhere than the list; a name that is nearly a column's is a slip.
        let near = nearest(&wanted, names.iter().map(String::as_str))
            .and_then(|near| known.names.get(names.iter().position(|name| name == near)?));
        let message = format!("{} asks for the field {field}, which the {} not have{}", tag.shown(), known.source, outcome(tag));
        let finding = Finding::new(tag.span.clone(), message);
        match near {
            Some(near) => findings.push(finding.help(format!("did you mean `{near}`?"))),
            None if known.complete => findings.push(finding.help("correct the name, or add the field to the list")),
            None => {}
        }
    }
    findings
}

/// The name of the person's field in a path, without `contact.` and the like.
fn person_field(path: &str) -> Option<&str> {
    match path.split_once(['.', '=']) {
        None => Some(path),
        Some((root, rest)) => (PERSON.contains(&root.to_ascii_lowercase().as_str()) && !rest.contains('.')).then_some(rest),
    }
}

/// Whether every platform has the field, whatever the list calls it.
fn is_everywhere(name: &str) -> bool {
    matches!(name, "email" | "emailaddress" | "firstname" | "lastname" | "fname" | "lname" | "name" | "fullname" | "unsubscribe")
}

/// A name without capitals, blanks and marks: `First Name`, `first_name` and `FIRSTNAME` are one.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
