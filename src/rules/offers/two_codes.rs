//! One offer with two codes.

use crate::facts::{Code, Region};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "two-codes",
    severity: Severity::Block,
    summary: "The copy tells people one coupon code, and a link or another part of the mail has a different one",
    repair: Repair::Nothing,
    page: include_str!("two_codes.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let codes = &context.facts.codes;
    let is_link = |code: &&Code| code.region == Region::Link;
    let copy: Vec<&Code> = codes.iter().filter(|code| !is_link(code)).collect();
    let mut findings = Vec::new();
    if let (Some(told), Some(carried)) = (single(&copy), single(&codes.iter().filter(is_link).collect::<Vec<_>>()))
        && !told.text.eq_ignore_ascii_case(&carried.text)
    {
        let message = format!("the copy says {}, and its links carry {}", told.text, carried.text);
        findings.push(Finding::new(carried.span.clone(), message).related(told.span.clone(), "the copy says this").help(HELP));
    }
    let top: Vec<&Code> = copy.iter().copied().filter(|code| matches!(code.region, Region::Subject | Region::Preheader)).collect();
    let below: Vec<&Code> = copy.iter().copied().filter(|code| matches!(code.region, Region::Body | Region::Alt)).collect();
    findings
        .extend(top.iter().filter(|code| !below.is_empty() && !has(&below, code)).map(|code| differs("the subject line", code, &below)));
    let part = |code: &Code| code.span.source.part().map(str::to_owned);
    if let Some((first, second)) = below.first().and_then(|first| Some((first, below.iter().find(|code| part(code) != part(first))?))) {
        let of = |wanted: &Code| below.iter().copied().filter(|code| part(code) == part(wanted)).collect::<Vec<_>>();
        let (one, other) = (of(first), of(second));
        findings.extend(one.iter().filter(|code| !has(&other, code)).map(|code| differs("one part", code, &other)));
    }
    findings
}

const HELP: &str = "make every part of the mail say the same code";

fn differs(name: &str, code: &Code, others: &[&Code]) -> Finding {
    let mut shown: Vec<&str> = others.iter().map(|code| code.text.as_str()).collect();
    shown.dedup();
    let finding = Finding::new(code.span.clone(), format!("{name} of the mail says {}, and the rest {}", code.text, shown.join(" and ")));
    let place = others.first().map(|other| (other.span.clone(), String::from("the rest says this")));
    Finding { related: place.into_iter().collect(), ..finding.help(HELP) }
}

/// The code, if all of them are the same.
fn single<'a>(codes: &[&'a Code]) -> Option<&'a Code> {
    codes.first().copied().filter(|first| codes.iter().all(|code| code.text.eq_ignore_ascii_case(&first.text)))
}

fn has(codes: &[&Code], wanted: &Code) -> bool {
    codes.iter().any(|code| code.text.eq_ignore_ascii_case(&wanted.text))
}
