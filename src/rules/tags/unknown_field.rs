//! A merge tag for a field that nobody on the send list has.

use super::waiting;
use crate::facts::MergeTag;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Fields, Repair, Rule};
use crate::settings::nearest;
use crate::tags::{Kind, Standing};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unknown-field",
    severity: Severity::Block,
    summary: "A merge tag names a field that the send list does not have, though it has one nearly like it",
    repair: Repair::Nothing,
    page: include_str!("unknown_field.md"),
    check: Check::Fields(check),
};

/// First parts of a path that stand for the person: `contact.FIRSTNAME`, `subscriber.first_name`.
const PERSON: [&str; 10] =
    ["contact", "subscriber", "person", "profile", "customer", "recipient", "lead", "user", "member", "contactfield"];

fn check(context: &Context<'_>, fields: &Fields) -> Vec<Finding> {
    let known: Vec<String> = fields.names.iter().map(|name| plain(name)).collect();
    let mut findings = Vec::new();
    for tag in
        waiting(context).filter(|tag| tag.reading.standing == Standing::Own && tag.tag.kind == Kind::Print && tag.reading.fault.is_none())
    {
        let Some(field) = person_field(tag) else { continue };
        let wanted = plain(field);
        if known.contains(&wanted) || is_built_in(tag) {
            continue;
        }
        // Fields may come from elsewhere than the list; a name that is nearly a column's is a slip.
        let near = nearest(&wanted, known.iter().map(String::as_str))
            .and_then(|near| fields.names.get(known.iter().position(|name| name == near)?));
        let finding =
            Finding::new(tag.span.clone(), format!("{} asks for the field {field}, which the {} not have", tag.shown(), fields.source));
        match near {
            Some(near) => findings.push(finding.help(format!("did you mean `{near}`?"))),
            None if fields.complete => findings.push(finding.help("correct the name, or add the field to the list")),
            None => {}
        }
    }
    findings
}

/// The name of the person's field that a tag prints, without `contact.` and the like.
fn person_field(tag: &MergeTag) -> Option<&str> {
    let field = tag.tag.field.as_deref()?.trim_start_matches('.');
    match field.split_once(['.', '=']) {
        None => Some(field),
        Some((root, rest)) => (PERSON.contains(&root.to_ascii_lowercase().as_str()) && !rest.contains('.')).then_some(rest),
    }
}

/// Whether the platform itself knows the name.
fn is_built_in(tag: &MergeTag) -> bool {
    matches!(
        tag.tag.field.as_deref().map(plain).as_deref(),
        Some("email" | "emailaddress" | "firstname" | "lastname" | "fname" | "lname" | "name" | "unsubscribe")
    )
}

/// A name without capitals, blanks and marks: `First Name`, `first_name` and `FIRSTNAME` are one.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
