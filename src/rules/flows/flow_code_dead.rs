//! A flow would hand out a code that does not work when its mail goes out.

use crate::coupons::Standing;
use crate::finding::{Finding, Severity, people};
use crate::flows::{Gift, Rehearsal, Run};
use crate::rule::{Check, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "flow-code-dead",
    severity: Severity::Block,
    summary: "A flow would hand out a code that the shop does not take",
    repair: Repair::ChangeShop,
    page: include_str!("flow_code_dead.md"),
    check: Check::Rehearsal(check),
};

fn check(rehearsal: &Rehearsal) -> Vec<Finding> {
    if !rehearsal.has_coupons {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for gift in &rehearsal.gifts {
        let (Some(why), Some(flow)) = (why(gift), rehearsal.flows.flows.get(gift.flow)) else { continue };
        let mail = flow.mails().into_iter().find(|mail| mail.codes.contains(&gift.code));
        let place = mail.map_or_else(|| flow.span.clone(), |mail| mail.span.clone());
        let run = rehearsal.runs.get(gift.flow);
        let up_to = run.map_or("", Run::up_to);
        let message = format!("{} would hand {up_to}{} the code {}, and {why}", flow.name, people(gift.people), gift.code);
        let mut finding = Finding::new(place, message)
            .reach(gift.people, rehearsal.people)
            .at_most(run.is_some_and(Run::is_open))
            .help("put the code right in the shop, or another one into the mail");
        if let Some(coupon) = &gift.coupon {
            finding = finding.related(coupon.span.clone(), "the code in the coupon list");
        }
        findings.push(finding);
    }
    findings
}

/// Why a code does not work at some time at which it is handed out.
fn why(gift: &Gift) -> Option<String> {
    let Some(coupon) = &gift.coupon else { return Some(String::from("the shop does not know it")) };
    let told = |at: &jiff::Zoned| match coupon.standing_at(at) {
        Standing::Ended(end) => Some(format!("it ended {}", end.strftime("%-d %B %Y, %H:%M %Z"))),
        Standing::Expired => Some(String::from("the shop says that it has expired")),
        Standing::NotStarted(start) => Some(format!("it works only from {}", start.strftime("%-d %B %Y, %H:%M %Z"))),
        Standing::SwitchedOff => Some(String::from("it is switched off")),
        Standing::Draft => Some(String::from("it has not been published")),
        Standing::UsedUp => Some(String::from("it is used up")),
        Standing::Valid | Standing::Scheduled | Standing::Assigned | Standing::Unclear(_) => None,
    };
    told(&gift.between.0).or_else(|| told(&gift.between.1))
}
