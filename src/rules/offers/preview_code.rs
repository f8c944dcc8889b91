//! A code that a platform shows in previews and that no shop takes.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "preview-code",
    severity: Severity::Block,
    summary: "The mail shows a preview code, which stands for the real ones in previews only",
    repair: Repair::Nothing,
    page: include_str!("preview_code.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    const ENDS: [&str; 5] = ["-PREVIEW", "_PREVIEW", "-TESTCODE", "-SAMPLE", "-PLACEHOLDER"];
    let codes = context.facts.codes.iter().filter(|code| ENDS.iter().any(|end| code.text.to_ascii_uppercase().ends_with(end)));
    let finding = codes.map(|code| {
        Finding::new(code.span.clone(), format!("{} is a preview code: no shop takes it", code.text))
            .help("put the merge tag for codes in its place; a preview shows what the platform makes of it, and must not be copied")
    });
    finding.collect()
}
