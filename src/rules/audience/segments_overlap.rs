//! People who get two versions of one mail.

use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::rules::people::shown_pairs;
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "segments-overlap",
    severity: Severity::Warn,
    summary: "People stand on two send lists that are to be kept apart",
    repair: Repair::StopSending,
    page: include_str!("segments_overlap.md"),
    check: Check::Asked(|settings, _| settings.people.apart, check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let send = audience.mask(Role::Send);
    let twice = || audience.combinations.iter().filter(|them| (them.lists & send).count_ones() > 1);
    let (people, of) = (twice().map(|them| them.mailable).sum::<u64>(), audience.send_size());
    if people == 0 {
        return Vec::new();
    }
    let mut examples: Vec<_> = twice().filter(|them| them.mailable > 0).flat_map(|them| them.examples.clone()).collect();
    examples.sort_by_key(|example| (example.at.list, example.at.line));
    let stand = if people == 1 { "stands" } else { "stand" };
    let message = format!("{} of the {} people on the send lists {stand} on more than one of them", grouped(people), grouped(of));
    let finding = Finding::new(context.headline(), message).reach(people, of).people(shown_pairs(&examples));
    vec![finding.help("take each of them off all lists but one; `presend audience --extract` writes their rows")]
}
