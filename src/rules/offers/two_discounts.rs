//! One offer with two percentages.

use crate::coupons::{Decimal, Money};
use crate::facts::{Amount, Region};
use crate::finding::{Finding, Severity, Stake};
use crate::offers::{Qualifier, Worth};
use crate::rule::{Check, Context, Repair, Rule};
use crate::source::Source;
use std::sync::Arc;

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
            findings.push(finding.stake(difference(context, promised, given)).help("make both say the same"));
        }
    }
    findings.extend(parts(context));
    findings
}

/// The one discount in per cent that the whole mail promises, if there is only one and nothing hangs on it.
pub(in crate::rules) fn only(context: &Context<'_>) -> Option<Decimal> {
    single(context, |_| true).map(|(_, percent)| percent)
}

/// The HTML and the text part of a mail, where each has one discount and they are not the same.
fn parts(context: &Context<'_>) -> Option<Finding> {
    let mut sources: Vec<&Arc<Source>> = Vec::new();
    for amount in context.facts.amounts.iter().filter(|amount| region_of(context, amount) == Region::Body) {
        if !sources.iter().any(|source| Arc::ptr_eq(source, &amount.span.source)) {
            sources.push(&amount.span.source);
        }
    }
    let [one, other] = sources.as_slice() else { return None };
    let of = |source: &Arc<Source>| {
        single(context, |amount| region_of(context, amount) == Region::Body && Arc::ptr_eq(source, &amount.span.source))
    };
    let ((first, said), (second, also)) = (of(one)?, of(other)?);
    (said != also).then(|| {
        let finding = Finding::new(first.span.clone(), format!("one part of the mail promises {said} %, and the other {also} %"));
        let finding = finding.related(second.span.clone(), "the other part says this").stake(difference(context, said, also));
        finding.help("make both say the same; people see either the one or the other")
    })
}

/// What the difference of two percentages could cost.
fn difference(context: &Context<'_>, one: Decimal, other: Decimal) -> Option<Stake> {
    let order = context.settings.order_value.as_ref()?;
    let points = one.minus(other).abs();
    let each = Money { amount: order.amount.percent(points), currency: order.currency.clone() };
    Some(Stake { how: format!("{}, which is the difference of {points} % of an order of {order}", each.in_words()), each })
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
