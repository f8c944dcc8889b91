//! Variants and languages of one campaign that do not offer the same.

use super::scope;
use crate::coupons::{Coupons, Discount};
use crate::facts::Variant;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "variants-differ",
    severity: Severity::Warn,
    summary: "Two drafts of one campaign, such as its languages, tell different codes or discounts",
    repair: Repair::Nothing,
    page: include_str!("variants_differ.md"),
    check: Check::Variants(check),
};

const HELP: &str = "make all variants offer the same, unless the difference is what you test";

fn check(context: &Context<'_>, variants: &[Variant], coupons: Option<&Coupons>) -> Vec<Finding> {
    let is_own = |variant: &&Variant| variant.name == context.message.name;
    let Some(own) = variants.iter().find(is_own) else { return Vec::new() };
    let before = || variants.iter().take_while(|variant| !is_own(variant));
    let mut findings = Vec::new();
    if let Some((percent, place)) = &own.percent
        && let Some((other, (said, there))) = before().find_map(|other| Some((other, other.percent.as_ref()?)))
        && said != percent
    {
        let message = format!("this draft promises {percent} %, and {} of the same campaign {said} %", other.name);
        let points = Discount::Percent(said.minus(*percent).abs());
        let finding = Finding::new(place.clone(), message).related(there.clone(), "the other draft says this");
        findings.push(finding.stake(scope::stake(context, Some(&points))).help(HELP));
    }
    if let Some((code, place)) = &own.code
        && let Some((other, (said, there))) = before().find_map(|other| Some((other, other.code.as_ref()?)))
        && !said.eq_ignore_ascii_case(code)
        && !may_differ(own, other, (code, said), coupons)
    {
        let message = format!("this draft says the code {code}, and {} of the same campaign {said}", other.name);
        findings.push(Finding::new(place.clone(), message).related(there.clone(), "the other draft says this").help(HELP));
    }
    findings
}

/// Whether each variant may have a code of its own: the shop gives the same for both, or each language has its word for it
/// and no coupon list says more.
fn may_differ(own: &Variant, other: &Variant, (code, said): (&str, &str), coupons: Option<&Coupons>) -> bool {
    match coupons {
        Some(coupons) => match (coupons.find(code), coupons.find(said)) {
            (Some(one), Some(two)) => one.discount == two.discount,
            // That a code is not in the list is another rule's finding.
            _ => true,
        },
        None => own.language != other.language,
    }
}
