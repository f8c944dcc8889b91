//! One person, two offers.

use super::shown;
use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::rules::offers::discount;
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "contradicting-campaigns",
    severity: Severity::Warn,
    summary: "People on the send list are promised another discount by another campaign of the same week",
    repair: Repair::StopSending,
    page: include_str!("contradicting_campaigns.md"),
    check: Check::Asked(|settings, _| !settings.others.is_empty(), check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let Some(own) = discount(context) else { return Vec::new() };
    let send = audience.mask(Role::Send);
    let mut findings = Vec::new();
    for other in &context.settings.others {
        let Some(theirs) = other.discount.filter(|theirs| *theirs != own) else { continue };
        let both = audience.overlap_of(send, audience.at(&other.lists));
        if both.people == 0 {
            continue;
        }
        let of = audience.send_size();
        let are = if both.people == 1 { "is" } else { "are" };
        let message = format!(
            "{} of the {} people on the send list {are} promised {own} % here and {theirs} % by `{}` on {}",
            grouped(both.people),
            grouped(of),
            other.name,
            other.send_at.date()
        );
        let finding = Finding::new(context.headline(), message).reach(both.people, of).people(shown(&both.examples));
        findings.push(finding.help("leave these people out of one of the two, or make both the same"));
    }
    findings
}
