//! Variants and languages of one mail that do not offer the same.

use super::scope;
use crate::coupons::{Coupons, Decimal, Discount};
use crate::facts::{Amount, Code, Facts, Region};
use crate::finding::{Finding, Severity};
use crate::offers::{Qualifier, Worth};
use crate::rule::{Check, Context, Repair, Rule, Sibling};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "variants-differ",
    severity: Severity::Warn,
    summary: "Two variants or languages of one mail tell different codes or discounts",
    repair: Repair::Nothing,
    page: include_str!("variants_differ.md"),
    check: Check::Variants(check),
};

const HELP: &str = "make all variants offer the same, unless the difference is what you test";

fn check(context: &Context<'_>, siblings: &[Sibling<'_>], coupons: Option<&Coupons>) -> Vec<Finding> {
    let before = || siblings.iter().filter(|sibling| sibling.before);
    let mut findings = Vec::new();
    if let Some((place, percent)) = only_percent(context.facts)
        && let Some((other, (there, said))) = before().find_map(|other| Some((other, only_percent(other.facts)?)))
        && said != percent
    {
        let message = format!("this draft promises {percent} %, and {} {said} %", other.label);
        let points = Discount::Percent(said.minus(percent).abs());
        let finding = Finding::new(place.span.clone(), message).related(there.span.clone(), "the other draft says this");
        findings.push(finding.stake(scope::stake(context, Some(&points))).help(HELP));
    }
    if let Some(code) = only_code(context.facts)
        && let Some((other, said)) = before().find_map(|other| Some((other, only_code(other.facts)?)))
        && !said.text.eq_ignore_ascii_case(&code.text)
        && !may_differ(code, said, other.translated, coupons)
    {
        let message = format!("this draft says the code {}, and {} {}", code.text, other.label, said.text);
        findings.push(Finding::new(code.span.clone(), message).related(said.span.clone(), "the other draft says this").help(HELP));
    }
    findings
}

/// The one code that a draft tells people to use; nothing if there are several.
fn only_code(facts: &Facts) -> Option<&Code> {
    let codes: Vec<&Code> = facts.codes.iter().filter(|code| code.region != Region::Link).collect();
    codes.first().copied().filter(|first| codes.iter().all(|code| code.text.eq_ignore_ascii_case(&first.text)))
}

/// The one percentage that a draft takes off; nothing if there are several, or conditions such as "up to".
fn only_percent(facts: &Facts) -> Option<(&Amount, Decimal)> {
    let percent = |amount: &Amount| match &amount.told.worth {
        Worth::Percent(percent) => Some(percent.abs()).filter(|percent| *percent < Decimal::whole(100)),
        Worth::Money(_) => None,
    };
    let all: Vec<(&Amount, Decimal)> = facts.amounts.iter().filter_map(|amount| Some((amount, percent(amount)?))).collect();
    let off = all.iter().copied().find(|(amount, _)| amount.told.qualifier == Qualifier::Off)?;
    all.iter().all(|(amount, percent)| *percent == off.1 && amount.told.qualifier != Qualifier::UpTo).then_some(off)
}

/// Whether each variant may have a code of its own: the shop gives the same for both, or each language has its word for it
/// and no coupon list says more.
fn may_differ(code: &Code, said: &Code, translated: bool, coupons: Option<&Coupons>) -> bool {
    let Some(coupons) = coupons else { return translated };
    match (coupons.find(&code.text), coupons.find(&said.text)) {
        (Some(one), Some(two)) => one.discount == two.discount,
        // That a code is not in the list is another rule's finding.
        _ => true,
    }
}
