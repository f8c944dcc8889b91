//! A mistake that is made on purpose is not there.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Exceptions, ExpectedUse, Repair, Rule};

pub(crate) static RULE: Rule = Rule {
    name: "missing-mistake",
    severity: Severity::Block,
    summary: "A mistake that presend.toml says is made on purpose is not in the draft",
    repair: Repair::Nothing,
    page: include_str!("missing_mistake.md"),
    check: Check::Exceptions(run),
};

fn run(exceptions: &Exceptions) -> Vec<Finding> {
    let missing = |used: &ExpectedUse| {
        let aim = &used.expectation.aim;
        let said = match used.missing_in.as_slice() {
            [] if used.no_draft => format!("no draft is there for the expected mistake {}", aim.describe()),
            [] => return None,
            [draft] => format!("{draft} lacks a mistake that is meant: {}", aim.describe()),
            [draft, more @ ..] => format!("{draft} and {} more drafts lack a mistake that is meant: {}", more.len(), aim.describe()),
        };
        Some(
            Finding::new(aim.place.clone(), format!("{said} ({})", used.expectation.reason))
                .help("put it back, or take the [[expected]] section out if nobody means it any more"),
        )
    };
    exceptions.expected.iter().filter_map(missing).collect()
}
