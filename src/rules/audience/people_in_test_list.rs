//! Customers are on the list that gets the tests.

use super::shown;
use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "people-in-test-list",
    severity: Severity::Warn,
    summary: "The list of colleagues and test addresses holds customers",
    repair: Repair::StopSending,
    page: include_str!("people_in_test_list.md"),
    check: Check::Asked(
        |_, audience| audience.is_some_and(|audience| audience.has(Role::Staff) && LIVE.iter().any(|role| audience.has(*role))),
        check,
    ),
};

/// Lists of live people.
const LIVE: [Role; 3] = [Role::Customers, Role::Everyone, Role::LastSend];
/// A colleague or two may be customers; more, and more than this share of the list in percent, are no colleagues.
const COLLEAGUES: u64 = 3;
const SHARE: u64 = 25;

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let (staff, live) = (audience.mask(Role::Staff), LIVE.iter().fold(0, |mask, role| mask | audience.mask(*role)));
    let both = audience.overlap_of(staff, live);
    let of = audience.people_on(Role::Staff);
    if both.people <= COLLEAGUES || both.people * 100 <= of * SHARE {
        return Vec::new();
    }
    let message =
        format!("{} of the {} addresses on the list of colleagues are customers or get live mails", grouped(both.people), grouped(of));
    let finding = Finding::new(context.headline(), message).reach(both.people, of).people(shown(&both.examples));
    vec![finding.help("take live people off the test list: they get every test")]
}
