//! A merge tag that is written wrongly.

use super::waiting;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::Standing;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "broken-tag",
    severity: Severity::Block,
    summary: "A merge tag is misspelt, not closed, or broken by quotes or formatting",
    repair: Repair::Nothing,
    page: include_str!("broken_tag.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let broken = waiting(context).filter(|tag| !matches!(tag.reading.standing, Standing::Foreign(_) | Standing::Build(_)));
    let findings = broken.filter_map(|tag| {
        let fault = tag.reading.fault.as_ref()?;
        Some(
            Finding::new(tag.span.clone(), format!("the merge tag {} {}", tag.shown(), fault.describe()))
                .help("write the tag anew, without formatting inside"),
        )
    });
    findings.collect()
}
