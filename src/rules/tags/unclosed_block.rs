//! A condition or loop that is not closed.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::BlockTrouble;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unclosed-block",
    severity: Severity::Block,
    summary: "A condition or loop has no end, no beginning, or ends inside another one",
    repair: Repair::Nothing,
    page: include_str!("unclosed_block.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    if context.is_finished() {
        return Vec::new();
    }
    let findings = context.facts.tags.blocks.iter().map(|block| {
        let name = if block.fault.name.is_empty() { String::from("block") } else { format!("`{}`", block.fault.name) };
        let message = match block.fault.trouble {
            BlockTrouble::Unclosed => format!("this {name} is opened and never closed"),
            BlockTrouble::Crossed => format!("this {name} is closed by the end of another kind of block"),
            BlockTrouble::NeverOpened => format!("this end of {name} has no beginning"),
            BlockTrouble::StrayElse => String::from("this `else` stands outside every condition"),
        };
        let finding = Finding::new(block.span.clone(), message).help("give every condition and loop its own end, the inner ones first");
        match &block.other {
            Some(other) => finding.related(other.clone(), "it is closed here"),
            None => finding,
        }
    });
    findings.collect()
}
