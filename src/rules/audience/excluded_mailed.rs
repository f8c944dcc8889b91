//! People of a list that the brief excludes.

use super::shown;
use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "excluded-mailed",
    severity: Severity::Block,
    summary: "People on a list that the brief wants excluded are on the send list",
    repair: Repair::StopSending,
    page: include_str!("excluded_mailed.md"),
    check: Check::Asked(|settings, _| !settings.people.exclude.is_empty(), check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let findings = context.settings.people.exclude.iter().filter_map(|name| {
        let overlap = audience.overlap_of(audience.mask(Role::Send), audience.named(name));
        if overlap.people == 0 {
            return None;
        }
        let of = audience.send_size();
        let are = if overlap.people == 1 { "is" } else { "are" };
        let message =
            format!("{} of the {} people on the send list {are} on `{name}`, which is excluded", grouped(overlap.people), grouped(of));
        let finding = Finding::new(context.headline(), message).reach(overlap.people, of).people(shown(&overlap.examples));
        Some(finding.help("take these people off the send list"))
    });
    findings.collect()
}
