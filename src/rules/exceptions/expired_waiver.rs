//! A waiver has come to its end.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Exceptions, Repair, Rule};

pub(crate) static RULE: Rule = Rule {
    name: "expired-waiver",
    severity: Severity::Warn,
    summary: "A waiver in presend.toml has come to its end, and lets nothing pass any more",
    repair: Repair::Nothing,
    page: include_str!("expired_waiver.md"),
    check: Check::Exceptions(run),
};

fn run(exceptions: &Exceptions) -> Vec<Finding> {
    let expired = exceptions.waivers.iter().map(|used| &used.waiver).filter(|waiver| waiver.expires < exceptions.today);
    expired
        .map(|waiver| {
            let (what, end, owner) = (waiver.aim.describe(), waiver.expires, &waiver.owner);
            Finding::new(waiver.aim.place.clone(), format!("the waiver for {what} ended on {end}; {owner} answers for it"))
                .help("correct the draft and take the waiver out; or, if its reason still holds, set a new end")
        })
        .collect()
}
