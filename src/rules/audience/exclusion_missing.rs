//! A list whose people must not get the mail is not at hand.

use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "exclusion-missing",
    severity: Severity::Block,
    summary: "A list that the brief wants excluded was not given",
    repair: Repair::StopSending,
    page: include_str!("exclusion_missing.md"),
    check: Check::Asked(|settings, _| !settings.people.exclude.is_empty(), check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let missing = context.settings.people.exclude.iter().filter(|name| audience.named(name) == 0);
    let finding = |name: &String| {
        let message =
            format!("the people on `{name}` must not get this mail, and there is no list of that name, so nobody was compared with it");
        Finding::new(context.headline(), message).help(format!("add --list {name}=FILE, or [lists.{name}] to presend.toml"))
    };
    missing.map(finding).collect()
}
