//! The mail is not for the country in which people live.

use super::{country, values};
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "other-country",
    severity: Severity::Warn,
    summary: "People on the send list live in countries that the mail is not for",
    repair: Repair::StopSending,
    page: include_str!("other_country.md"),
    check: Check::Asked(|settings, _| !settings.people.countries.is_empty(), check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let meant = &context.settings.people.countries;
    let is_meant = |value: &str| meant.iter().any(|country| country::same(country, value));
    values(
        context,
        audience,
        ("country", "countries"),
        |list| list.export.country,
        |value| !is_meant(value),
        &format!("are in a country that this mail is not for ({})", meant.join(", ")),
    )
}
