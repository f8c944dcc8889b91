//! Flows and campaigns together would mail somebody too often.

use super::{begins, first_change};
use crate::finding::{Finding, Severity, people};
use crate::flows::Rehearsal;
use crate::rule::{Check, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "too-many-mails",
    severity: Severity::Warn,
    summary: "Somebody would get more mails in two weeks than the plan allows",
    repair: Repair::StopFlow,
    page: include_str!("too_many_mails.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    let load = &rehearsal.load;
    if load.too_many.people == 0 {
        return Vec::new();
    }
    let most = load.people.keys().max().copied().unwrap_or_default();
    let on_one_day = load.worst_day.filter(|(mails, _)| *mails > 1);
    let day = on_one_day.map(|(mails, day)| format!(", {mails} of them on {}", day.strftime("%-d %B %Y"))).unwrap_or_default();
    let message = format!(
        "{}{} would get more than {} mails within {} days; the most is {most}{day}",
        begins(rehearsal.is_open()),
        people(load.too_many.people),
        rehearsal.plan.most_mails,
        rehearsal.plan.days
    );
    let finding = Finding::new(first_change(rehearsal), message)
        .reach(load.too_many.people, rehearsal.people)
        .at_most(rehearsal.is_open())
        .people(super::shown(&load.too_many))
        .help("spread the flows and campaigns, give the flows a cap, or allow it: most-mails in the plan");
    vec![finding]
}
