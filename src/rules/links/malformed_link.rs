//! A link whose address no browser can read as it is meant.

use super::group::{by_address, by_fault, counted, further, place};
use super::placeholder_link::placeholder;
use super::writing::{Slip, slip};
use crate::facts::Link;
use crate::finding::{Finding, Severity};
use crate::message::Kind;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "malformed-link",
    severity: Severity::Block,
    summary: "A link's address is written so that nobody gets there: `http://http://`, no `https://`, a relative path",
    repair: Repair::Nothing,
    page: include_str!("malformed_link.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut relative: Vec<&Link> = Vec::new();
    let mut broken = Vec::new();
    for group in by_address(context).filter(|group| placeholder(group.first).is_none()) {
        match slip(group.first, context) {
            Some(Slip::Broken(why)) => broken.push((group, why)),
            Some(Slip::Relative) => relative.extend(group.all()),
            _ => {}
        }
    }
    let mut findings = by_fault(broken.into_iter());
    findings.extend(one_for_relative(&relative, context));
    findings.into_iter().map(|finding| finding.help("copy the address anew from the browser's address bar")).collect()
}

/// All relative addresses have one cause, so they are one finding.
fn one_for_relative(links: &[&Link], context: &Context<'_>) -> Option<Finding> {
    let (first, others) = links.split_first()?;
    let many = counted(links.len(), "link leads", "links lead");
    let where_to = if context.message.kind == Kind::Mail { "a mail has no site" } else { "once it is mailed there is no site" };
    let message = format!("{many} to a path without a site, such as `{}`; {where_to} to which a path could belong", first.href);
    Some(further(Finding::new(place(first), message), others))
}
