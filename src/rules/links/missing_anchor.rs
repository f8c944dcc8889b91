//! A link to a place inside the mail that is not there.

use super::group::one_each;
use crate::facts::{Link, LinkKind, letters};
use crate::finding::{Finding, Severity};
use crate::message::Body;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-anchor",
    severity: Severity::Warn,
    summary: "A link jumps to a place inside the mail that does not exist",
    repair: Repair::Nothing,
    page: include_str!("missing_anchor.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let findings = one_each(context, |link| {
        let name = link.href.strip_prefix('#').filter(|name| !name.is_empty() && !link.tagged && link.kind == LinkKind::Anchor)?;
        (!exists(name, link, context)).then(|| format!("jumps to \"{name}\", and nothing in the mail has that name"))
    });
    findings.into_iter().map(|finding| finding.help("give the place that id, correct the name, or remove the link")).collect()
}

fn exists(name: &str, link: &Link, context: &Context<'_>) -> bool {
    let anchors = &context.facts.anchors;
    let decoded = percent_decoded(name);
    if name.eq_ignore_ascii_case("top") || anchors.contains(name) || anchors.contains(&decoded) || name.starts_with('!') {
        return true;
    }
    let is_markdown = link.part.and_then(|part| context.message.bodies.get(part)).is_some_and(|body| matches!(body, Body::Markdown(_)));
    // A heading said twice gets a number behind its name.
    is_markdown
        && (anchors.contains(&letters(&decoded)) || anchors.contains(letters(&decoded).trim_end_matches(|c: char| c.is_ascii_digit())))
}

fn percent_decoded(name: &str) -> String {
    let pair = format!("={}", name.replace('+', "%2B").replace('&', "%26"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map_or_else(String::new, |(_, value)| value.into_owned())
}
