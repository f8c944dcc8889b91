//! A waiver lets nothing pass, because nothing of the kind is there.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Exceptions, Repair, Rule};

pub(crate) static RULE: Rule = Rule {
    name: "unused-waiver",
    severity: Severity::Warn,
    summary: "A waiver in presend.toml is for something that is not found",
    repair: Repair::Nothing,
    page: include_str!("unused_waiver.md"),
    check: Check::Exceptions(run),
};

fn run(exceptions: &Exceptions) -> Vec<Finding> {
    let idle = |used: &&crate::rule::WaiverUse| used.judged && used.used == 0 && used.waiver.expires >= exceptions.today;
    let unused = exceptions.waivers.iter().filter(idle).map(|used| &used.waiver);
    unused
        .map(|waiver| {
            Finding::new(waiver.aim.place.clone(), format!("nothing is found that the waiver for {} would let pass", waiver.aim.describe()))
                .help("take it out, or it will let the next mistake of this kind pass; or correct its draft or words")
        })
        .collect()
}
