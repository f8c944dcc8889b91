//! A merge tag in a mail that was to be filled in already.

use crate::facts::MergeTag;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::{Dialects, Form, Kind};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "left-over-tag",
    severity: Severity::Block,
    summary: "A merge tag is left in a finished mail and will be printed as it stands",
    repair: Repair::Nothing,
    page: include_str!("left_over_tag.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !context.is_finished() {
        return Vec::new();
    }
    let left = context.facts.tags.tags.iter().filter(|tag| tag.is_seen() && tag.tag.kind != Kind::Comment && !is_end_tag(tag));
    let draft = context.facts.tags.decision.as_ref().map_or(Dialects::NONE, |decision| decision.dialects);
    let findings = left.map(|tag| {
        let shared = tag.tag.dialects.and(draft);
        let whose = if shared.is_empty() { tag.tag.dialects } else { shared };
        let from = if whose.is_empty() { String::new() } else { format!(" ({})", whose.describe()) };
        let message = format!("the merge tag {}{from} was not filled in{}", tag.shown(), place(tag));
        Finding::new(tag.span.clone(), message)
            .help("find out why it was not filled in: a wrong name, a wrong platform, or a test that was saved too early")
    });
    findings.collect()
}

/// `</unsubscribe>`, whose beginning is reported.
fn is_end_tag(tag: &MergeTag) -> bool {
    tag.tag.form == Form::Element && matches!(tag.tag.kind, Kind::Close(_))
}

/// Where it stands, if that is not plain to see.
fn place(tag: &MergeTag) -> String {
    let attribute = tag.attribute().map(|(name, _)| name.to_ascii_lowercase());
    match (tag.header, attribute.as_deref()) {
        (Some("List-Unsubscribe"), _) => String::from("; nobody can unsubscribe with it"),
        (Some(header), _) => format!("; inboxes show it in {header}"),
        (_, Some("href" | "action")) => String::from("; the link leads nowhere"),
        (_, Some("src" | "background" | "srcset")) => String::from("; the picture is not found"),
        (_, Some("alt")) => String::from("; it stands in the text for a picture"),
        _ => String::new(),
    }
}
