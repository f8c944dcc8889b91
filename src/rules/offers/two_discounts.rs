//! One offer with two percentages.

use crate::coupons::Decimal;
use crate::facts::{Amount, Region};
use crate::finding::{Finding, Severity};
use crate::offers::{Qualifier, Worth};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "two-discounts",
    severity: Severity::Block,
    summary: "The subject line and the body, or two parts of the mail, promise different discounts",
    repair: Repair::Nothing,
    page: include_str!("two_discounts.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let top = |region: Region| single(context, |amount| region_of(context, amount) == region);
    let body = single(context, |amount| region_of(context, amount) == Region::Body);
    let mut findings = Vec::new();
    for (name, above) in [("subject line", top(Region::Subject)), ("preheader", top(Region::Preheader))] {
        if let (Some((said, promised)), Some((other, given))) = (above, body)
            && promised != given
            && !says(context, promised)
        {
            let message = format!("the {name} promises {promised} % and the body {given} %");
            let finding = Finding::new(said.span.clone(), message).related(other.span.clone(), "the body says this");
            findings.push(finding.help("make both say the same"));
        }
    }
    findings
}

/// The one discount in per cent that the whole mail promises, if there is only one and nothing hangs on it.
pub(in crate::rules) fn only(context: &Context<'_>) -> Option<Decimal> {
    single(context, |_| true).map(|(_, percent)| percent)
}

/// The one percentage that the chosen amounts take off; nothing if there are several, or conditions such as "up to".
fn single<'a>(context: &Context<'a>, chosen: impl Fn(&Amount) -> bool) -> Option<(&'a Amount, Decimal)> {
    let percentages = context.facts.amounts.iter().filter(|amount| chosen(amount)).filter_map(|amount| match &amount.told.worth {
        Worth::Percent(percent) => Some((amount, percent.abs())),
        Worth::Money(_) => None,
    });
    let all: Vec<(&Amount, Decimal)> = percentages.filter(|(_, percent)| *percent < Decimal::whole(100)).collect();
    let (first, percent) = *all.first()?;
    let plain =
        all.iter().all(|(amount, other)| *other == percent && amount.told.qualifier == Qualifier::Off && !is_extra(context, amount));
    plain.then_some((first, percent))
}

/// "An extra 10 %" comes on top of another discount.
fn is_extra(context: &Context<'_>, amount: &Amount) -> bool {
    const WORDS: [&str; 12] = [
        "extra",
        "additional",
        "another",
        "further",
        "zusätzlich",
        "weitere",
        "supplémentaire",
        "adicional",
        "ulteriore",
        "nog eens",
        "adicionais",
        "dodatkowe",
    ];
    let sentence = context.facts.passages.get(amount.passage).map_or("", |passage| passage.sentence(amount.told.range.clone()));
    let lower = sentence.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

fn region_of(context: &Context<'_>, amount: &Amount) -> Region {
    context.facts.passages.get(amount.passage).map_or(Region::Title, |passage| passage.region)
}

/// Whether the body or a picture says the percentage anywhere, in whatever words.
fn says(context: &Context<'_>, percent: Decimal) -> bool {
    context.facts.amounts.iter().any(|amount| {
        let elsewhere = matches!(region_of(context, amount), Region::Body | Region::Alt);
        elsewhere && matches!(&amount.told.worth, Worth::Percent(other) if other.abs() == percent)
    })
}
