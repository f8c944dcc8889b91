//! A field of free text in the query of an address.

use super::fields;
use crate::facts::MergeTag;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::{Form, Grammar, Standing};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unencoded-field",
    severity: Severity::Note,
    summary: "A name, a city or a company stands in an address without being encoded for it",
    repair: Repair::Redirect,
    page: include_str!("unencoded_field.md"),
    check: Check::Draft(check),
};

/// Fields in which people write blanks, `&` and letters with accents.
const FREE_TEXT: [&str; 16] = [
    "name",
    "firstname",
    "lastname",
    "fullname",
    "fname",
    "lname",
    "company",
    "companyname",
    "city",
    "address",
    "street",
    "vorname",
    "nachname",
    "firma",
    "prenom",
    "nombre",
];

/// What filters and functions that encode have in their names.
const ENCODERS: [&str; 6] = ["url", "uri", "encode", "escape", "handle", "slug"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (tag, field) in fields(context).filter(|(tag, _)| tag.reading.standing == Standing::Own && tag.reading.fault.is_none()) {
        let Some(way) = encoder(context) else { break };
        if is_free_text(field) && is_in_query(tag) && !is_encoded(tag) {
            let message = format!("{} stands in an address as it is: a blank or a `&` in it cuts the link short", tag.shown());
            findings.push(Finding::new(tag.span.clone(), message).help(format!("encode it: {way}")));
        }
    }
    findings
}

/// How the draft's platform encodes a value for an address; nothing where it has no way, or does so by itself.
fn encoder(context: &Context<'_>) -> Option<&'static str> {
    let platform = context.facts.tags.decision.as_ref()?.platform()?;
    match platform
        .reads
        .get(&Form::Double)
        .or_else(|| platform.reads.get(&Form::DoubleSquare))
        .or_else(|| platform.reads.get(&Form::Brace))?
    {
        Grammar::Django | Grammar::Jinja => Some("add the filter `|urlencode`"),
        Grammar::Liquid => Some("add the filter `| url_encode`"),
        Grammar::Mautic => Some("add `|true` to the tag"),
        _ => None,
    }
}

fn is_free_text(field: &str) -> bool {
    let last = field.rsplit('.').next().unwrap_or(field);
    let bare: String = last.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    FREE_TEXT.contains(&bare.as_str())
}

/// Whether it is a value of the query: `?name=` stands right before it.
fn is_in_query(tag: &MergeTag) -> bool {
    tag.address_before().is_some_and(|before| before.contains('?') && before.ends_with('='))
}

fn is_encoded(tag: &MergeTag) -> bool {
    let inside = tag.tag.inside.to_ascii_lowercase();
    ENCODERS.iter().any(|encoder| inside.contains(encoder)) || inside.ends_with("|true")
}
