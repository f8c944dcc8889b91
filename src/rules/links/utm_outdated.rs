//! Campaign parameters that name an earlier year.

use super::group::{by_address, by_fault};
use super::own::domains;
use super::utm::{is_counted, params, value_of};
use crate::facts::Link;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Need, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "utm-outdated",
    severity: Severity::Warn,
    summary: "The UTM campaign of a link names an earlier year than that of the send",
    repair: Repair::Redirect,
    page: include_str!("utm_outdated.md"),
    check: Check::Telling(check),
};

/// The parameters of another site are its own business. Where nothing tells whose site is whose, old ones are left open.
fn check(context: &Context<'_>) -> Result<Vec<Finding>, Need> {
    let own = domains(context);
    let year = context.send_at.year();
    // A campaign of December may end in January.
    let oldest = if context.send_at.month() == 1 { year - 1 } else { year };
    let counted = by_address(context).filter(|group| is_counted(group.first));
    let is_own = |site: &str| own.is_empty() || own.contains(site);
    let faults = counted.filter(|group| group.first.site().is_some_and(is_own)).filter_map(|group| {
        let campaign = campaign(group.first)?;
        let named = years(&campaign).into_iter().max().filter(|named| *named < oldest)?;
        Some((group, format!("counts for the campaign \"{campaign}\" of {named}, and this mail goes out in {year}")))
    });
    let found = by_fault(faults);
    if own.is_empty() && !found.is_empty() {
        return Err(Need::OwnSites);
    }
    Ok(found.into_iter().map(|finding| finding.help("put in the campaign of this mail")).collect())
}

fn campaign(link: &Link) -> Option<String> {
    params(link).find(|param| param.key == "utm_campaign").as_ref().and_then(value_of)
}

/// The years that a name holds: `sale-2024`, `20241127`.
fn years(name: &str) -> Vec<i16> {
    let runs = name.split(|c: char| !c.is_ascii_digit()).filter(|run| matches!(run.len(), 4 | 6 | 8));
    runs.filter_map(|run| run.get(..4)?.parse().ok()).filter(|year| (2005..2100).contains(year)).collect()
}
