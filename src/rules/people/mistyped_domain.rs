//! A slip of the finger in the domain of an address.

use super::marked;
use crate::audience::{Audience, Mark, meant};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Role;
use std::collections::BTreeMap;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "mistyped-domain",
    severity: Severity::Warn,
    summary: "Domains on the send list have a slip: gmial.com, hotmial.com, shop.con",
    repair: Repair::StopSending,
    page: include_str!("mistyped_domain.md"),
    check: Check::Rows(check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let send = audience.lists.iter().filter(|list| list.role == Role::Send);
    let marked_crowds = send.flat_map(|list| &list.marked).filter(|(mark, _)| *mark == Mark::Mistyped);
    let domains: BTreeMap<String, String> = marked_crowds
        .flat_map(|(_, crowd)| &crowd.examples)
        .filter_map(|example| Some((example.address.domain().to_owned(), meant(example.address.domain())?)))
        .collect();
    let slips: Vec<String> = domains.iter().map(|(wrong, right)| format!("{wrong} for {right}")).collect();
    let help = format!("correct the domains ({}), or leave these people out", slips.join(", "));
    marked(context, audience, Mark::Mistyped, ("has a slip in its domain", "have a slip in their domain"), &help)
}
