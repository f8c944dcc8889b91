//! Everybody gets what was meant for a segment.

use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule, Scope};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "whole-list-mailed",
    severity: Severity::Block,
    summary: "The send list is everybody, and the brief names a segment",
    repair: Repair::StopSending,
    page: include_str!("whole_list_mailed.md"),
    check: Check::Overlap(SCOPE, check),
};

const SCOPE: Scope = Scope { kinds: &[], roles: &[Role::Everyone] };

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let Some(segment) = context.settings.people.segment.as_ref() else { return Vec::new() };
    let everybody = audience.people_on(Role::Everyone);
    let on_both = audience.overlap_of(audience.mask(Role::Everyone), audience.mask(Role::Send)).people;
    // A few always left since the one list was exported and before the other was.
    if on_both * 100 < everybody * NEARLY_ALL {
        return Vec::new();
    }
    let message =
        format!("{} of all {} people would get this mail, and it is meant for the segment {segment}", grouped(on_both), grouped(everybody));
    let finding = Finding::new(context.headline(), message).reach(on_both, audience.send_size());
    vec![finding.help("choose the segment again, and export the people of it alone")]
}

/// How many of a hundred are everybody.
const NEARLY_ALL: u64 = 95;
