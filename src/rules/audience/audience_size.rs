//! The send list is far larger or smaller than it was meant to be.

use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Expected;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "audience-size",
    severity: Severity::Block,
    summary: "The send list is far larger or smaller than the brief says",
    repair: Repair::StopSending,
    page: include_str!("audience_size.md"),
    check: Check::Size(check),
};

#[expect(clippy::cast_precision_loss, reason = "a share of people needs no more than 52 bits")]
fn check(context: &Context<'_>, audience: &Audience, expected: &Expected) -> Vec<Finding> {
    let people = audience.send_size();
    let off = (people as f64 - expected.people as f64).abs();
    if off <= context.settings.audience_tolerance * expected.people as f64 {
        return Vec::new();
    }
    let direction = if people > expected.people { "more" } else { "fewer" };
    let message =
        format!("{} people would get this mail, {direction} than the {} that are meant to", grouped(people), grouped(expected.people));
    let finding = Finding::new(expected.place.clone().unwrap_or_else(|| context.headline()), message);
    vec![finding.reach(people, people).help("check that this is the right list or segment; if it is, correct the expected size")]
}
