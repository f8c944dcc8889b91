//! A plain-text part that was not made personal although the HTML part is.

use super::waiting;
use crate::facts::MergeTag;
use crate::finding::{Finding, Severity};
use crate::message::Body;
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::{Kind, Place, Standing};
use std::sync::Arc;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "text-part-lacks-tags",
    severity: Severity::Warn,
    summary: "The HTML part is personal and the plain-text part of the same mail is not",
    repair: Repair::Nothing,
    page: include_str!("text_part_lacks_tags.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let texts = context.message.bodies.iter().filter_map(|body| if let Body::Text(span) = body { Some(span) } else { None });
    let printed: Vec<_> = waiting(context).filter(|tag| is_personal(tag) && tag.tag.place == Place::Text).collect();
    let is_in_html = |source: &Arc<crate::source::Source>| {
        context.message.bodies.iter().any(|body| body.is_html() && Arc::ptr_eq(body.source(), source))
    };
    let Some(example) = printed.iter().find(|tag| is_in_html(&tag.span.source)) else { return Vec::new() };
    let bare = texts.filter(|text| !is_stub(text.text()) && !waiting(context).any(|tag| Arc::ptr_eq(&tag.span.source, &text.source)));
    let findings = bare.map(|text| {
        let first_line = text.text().trim_start().lines().next().unwrap_or_default();
        let start = text.text().find(first_line).unwrap_or(0);
        Finding::new(text.slice(start..start + first_line.len()), "the plain-text part has no merge tag, although the HTML part has")
            .related(example.span.clone(), "for example this one")
            .help("make the plain-text part anew from the HTML part")
    });
    findings.collect()
}

/// Whether it prints something that differs from person to person, on the draft's own platform.
fn is_personal(tag: &MergeTag) -> bool {
    let prints = matches!(tag.tag.kind, Kind::Print | Kind::Open(_) | Kind::System(_));
    prints && tag.reading.role.is_none() && !matches!(tag.reading.standing, Standing::Build(_))
}

/// Whether the text only says that the mail is to be read as HTML.
fn is_stub(text: &str) -> bool {
    text.trim().len() < LONGEST_STUB && (text.contains("HTML") || text.contains("html"))
}

/// How long such a sentence can be, in bytes.
const LONGEST_STUB: usize = 300;
