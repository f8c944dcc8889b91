//! The audience is far larger or smaller than last time.

use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule, Scope};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unlike-last-send",
    severity: Severity::Warn,
    summary: "The send list is far larger or smaller than the one of the last send",
    repair: Repair::StopSending,
    page: include_str!("unlike_last_send.md"),
    check: Check::Overlap(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[], roles: &[Role::LastSend] };

#[expect(clippy::cast_precision_loss, reason = "a share of people needs no more than 52 bits")]
fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let (people, last) = (audience.send_size(), audience.people_on(Role::LastSend));
    if (people as f64 - last as f64).abs() <= context.settings.audience_tolerance * last as f64 {
        return Vec::new();
    }
    let direction = if people > last { "more" } else { "fewer" };
    let both = audience.overlap(Role::LastSend).people;
    let message = format!(
        "{} people would get this mail, {direction} than the {} who got the last one; {} of them got it too",
        grouped(people),
        grouped(last),
        grouped(both)
    );
    vec![
        Finding::new(context.headline(), message)
            .reach(people, people)
            .help("check that this is the right list or segment, and that it is whole"),
    ]
}
