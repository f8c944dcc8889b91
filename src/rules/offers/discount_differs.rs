//! A discount in the copy that is not the coupon's.

use super::scope;
use crate::coupons::{Coupon, Coupons, Decimal, Discount, Money, Platform};
use crate::facts::{Amount, Code};
use crate::finding::{Finding, Severity, Stake};
use crate::offers::{Qualifier, Worth};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "discount-differs",
    severity: Severity::Block,
    summary: "The copy promises another discount than the coupon code gives",
    repair: Repair::ChangeShop,
    page: include_str!("discount_differs.md"),
    check: Check::Coupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    let known = scope::known(context, coupons).into_iter();
    known.filter_map(|(code, coupon)| differs(context, code, &coupon)).collect()
}

fn differs(context: &Context<'_>, code: &Code, coupon: &Coupon) -> Option<Finding> {
    let discount = coupon.discount.as_ref()?;
    if matches!(discount, Discount::BuyXGetY | Discount::Other(_)) {
        return None;
    }
    // The discount beside it may be one that needs no code.
    if *discount == Discount::FreeShipping && context.facts.copy().any(|passage| scope::is_free_delivery(&passage.text)) {
        return None;
    }
    let promised = scope::promised(context, code);
    if promised.iter().any(|amount| is_same(&amount.told.worth, discount)) {
        return None;
    }
    let Some(wrong) = promised.first() else { return no_free_delivery(context, code, coupon, discount) };
    let message = format!("the copy says {} with the code {}, and the shop gives {discount}", wrong.words, coupon.code);
    Some(
        Finding::new(wrong.span.clone(), message)
            .related(code.span.clone(), "the code")
            .related(coupon.span.clone(), "the code in the coupon list")
            .stake(difference(context, wrong, discount))
            .help("correct the copy, or the code in the shop"),
    )
}

/// Free delivery, promised in one sentence with a code that takes something off and does not give it.
fn no_free_delivery(context: &Context<'_>, code: &Code, coupon: &Coupon, discount: &Discount) -> Option<Finding> {
    // Elsewhere one code may give free delivery beside what it takes off.
    let either = matches!(coupon.platform, Platform::Shopify | Platform::Stripe | Platform::Plain);
    let only = either && context.facts.amounts.iter().all(|amount| amount.told.qualifier != Qualifier::Off);
    let (passage, _) = scope::free_delivery(context, code).filter(|_| only)?;
    let message = format!("the copy promises free delivery with the code {}, and the shop gives {discount}", coupon.code);
    Some(
        Finding::new(code.span.clone(), message)
            .related(passage.whole(), "the promise")
            .related(coupon.span.clone(), "the code in the coupon list")
            .help("correct the copy, or the code in the shop"),
    )
}

/// Whether a promise is the coupon's; of money only the number is compared here.
fn is_same(worth: &Worth, discount: &Discount) -> bool {
    match (worth, discount) {
        (Worth::Percent(promised), Discount::Percent(given)) => promised.abs() == *given,
        (Worth::Money(promised), Discount::Amount(given)) => promised.amount.abs() == given.amount,
        _ => false,
    }
}

/// What each person loses or gains by the difference of two percentages, where an order's value is known.
fn difference(context: &Context<'_>, promised: &Amount, discount: &Discount) -> Option<Stake> {
    if let (Worth::Money(promised), Discount::Amount(given)) = (&promised.told.worth, discount) {
        let each = Money { amount: promised.amount.abs().minus(given.amount).abs(), currency: given.currency.clone() };
        return Some(Stake { how: format!("{}, which is the difference", each.in_words()), each });
    }
    let (Worth::Percent(promised), Discount::Percent(given)) = (&promised.told.worth, discount) else { return None };
    let order = context.settings.order_value.as_ref()?;
    let points: Decimal = promised.abs().minus(*given).abs();
    let each = Money { amount: order.amount.percent(points), currency: order.currency.clone() };
    Some(Stake { how: format!("{}, which is the difference of {points} % of an order of {order}", each.in_words()), each })
}
