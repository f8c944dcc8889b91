//! Rules about what an import, a move or a migration would set off.

pub(super) mod customers_in_welcome_flow;
pub(super) mod flow_chain;
pub(super) mod flow_code_dead;
pub(super) mod flow_count_differs;
pub(super) mod flow_loop;
pub(super) mod flow_mails_opted_out;
pub(super) mod flow_mails_without_consent;
pub(super) mod flow_repeats_mail;
pub(super) mod flow_without_limit;
pub(super) mod old_events_mailed;
pub(super) mod too_many_mails;
pub(super) mod unplanned_flow;

use super::audience;
use crate::finding::Stake;
use crate::flows::{Cause, Rehearsal, Run, Tally};
use crate::source::Span;

/// The change that sets a flow off, in the plan; of a chain the change at its beginning.
fn place(rehearsal: &Rehearsal, run: &Run) -> Span {
    let mut causes: Vec<Cause> = run.causes.keys().copied().collect();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(cause) = causes.pop() {
        match cause {
            Cause::Change(change) => {
                if let Some(change) = rehearsal.plan.changes.get(change) {
                    return change.span.clone();
                }
            }
            Cause::Flow(flow) if seen.insert(flow) => {
                causes.extend(rehearsal.runs.get(flow).into_iter().flat_map(|run| run.causes.keys().copied()));
            }
            Cause::Flow(_) => {}
        }
    }
    first_change(rehearsal)
}

/// The first change of the plan.
fn first_change(rehearsal: &Rehearsal) -> Span {
    rehearsal.plan.changes.first().map_or_else(|| rehearsal.plan.source.span(0..0), |change| change.span.clone())
}

/// What a message begins with whose number is the most that it could be.
fn begins(is_open: bool) -> &'static str {
    if is_open { "Up to " } else { "" }
}

/// A few people, masked, with their rows.
fn shown(tally: &Tally) -> Vec<String> {
    audience::shown(&tally.examples)
}

/// The codes that a flow hands out, to go behind its name, and what the dearest of them could cost each person.
fn codes_of(rehearsal: &Rehearsal, flow: usize) -> (String, Option<Stake>) {
    let gifts: Vec<_> = rehearsal.gifts.iter().filter(|gift| gift.flow == flow).collect();
    let codes: Vec<&str> = gifts.iter().map(|gift| gift.code.as_str()).collect();
    let stake = gifts.iter().filter_map(|gift| gift.stake.clone()).max_by(|one, other| one.each.amount.cmp(&other.each.amount));
    (if codes.is_empty() { String::new() } else { format!(", each with {}", codes.join(" and ")) }, stake)
}
