//! The send list is not the segment that was meant.

use super::shown;
use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule, Scope};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "outside-segment",
    severity: Severity::Block,
    summary: "People on the send list are not among those who are meant to get it",
    repair: Repair::StopSending,
    page: include_str!("outside_segment.md"),
    check: Check::Overlap(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[], roles: &[Role::Intended] };

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let (send, meant) = (audience.mask(Role::Send), audience.mask(Role::Intended));
    let outside = || audience.combinations.iter().filter(|them| them.lists & send != 0 && them.lists & meant == 0);
    let (people, of) = (outside().map(|them| them.mailable).sum::<u64>(), audience.send_size());
    if people == 0 {
        return Vec::new();
    }
    let message = if people == of {
        format!("nobody of the {} people on the send list is meant to get this mail: the segment may be inverted", grouped(of))
    } else {
        format!("{} of the {} people on the send list are not among those who are meant to get it", grouped(people), grouped(of))
    };
    let mut examples: Vec<_> = outside().filter(|them| them.mailable > 0).flat_map(|them| them.examples.clone()).collect();
    examples.sort_by_key(|example| (example.at.list, example.at.line));
    let help = "check the conditions of the segment, or take these people off the send list";
    vec![Finding::new(context.headline(), message).reach(people, of).people(shown(&examples)).help(help)]
}
