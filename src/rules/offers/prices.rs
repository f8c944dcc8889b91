//! Old and new prices that belong together, with the percentage beside them.

use crate::coupons::Decimal;
use crate::facts::Amount;
use crate::offers::{Qualifier, Worth};
use crate::rule::Context;

/// An old price and the new one beside it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drop<'a> {
    /// The old price as a number, and where it stands.
    pub(super) was: Decimal,
    pub(super) old: &'a Amount,
    /// The new price as a number, and where it stands.
    pub(super) now: Decimal,
    pub(super) new: &'a Amount,
    /// The one percentage that is said with them.
    pub(super) percent: Option<(&'a Amount, Decimal)>,
}

/// Every passage with one old and one new price in the same currency: which of several belong together nobody can tell.
pub(super) fn drops<'a>(context: &Context<'a>) -> Vec<Drop<'a>> {
    let amounts = context.facts.amounts.as_slice();
    amounts.chunk_by(|one, other| one.passage == other.passage).filter_map(in_passage).collect()
}

fn in_passage(amounts: &[Amount]) -> Option<Drop<'_>> {
    let money = |amount: &Amount| match &amount.told.worth {
        Worth::Money(money) => Some(money.clone()),
        Worth::Percent(_) => None,
    };
    let prices: Vec<_> = amounts.iter().filter_map(|amount| Some((amount, money(amount)?))).collect();
    let olds: Vec<_> = prices.iter().filter(|(amount, _)| amount.told.qualifier == Qualifier::Was).collect();
    let news: Vec<_> = prices.iter().filter(|(amount, _)| matches!(amount.told.qualifier, Qualifier::Now | Qualifier::Plain)).collect();
    let ([(old, was)], [(new, now)]) = (olds.as_slice(), news.as_slice()) else { return None };
    if prices.len() != 2 || was.currency != now.currency {
        return None;
    }
    let percents: Vec<_> = amounts.iter().filter(|amount| matches!(amount.told.worth, Worth::Percent(_))).collect();
    let percent = match percents.as_slice() {
        [one] => match &one.told.worth {
            Worth::Percent(percent) if one.told.qualifier != Qualifier::UpTo => Some((*one, percent.abs())),
            _ => None,
        },
        _ => None,
    };
    Some(Drop { was: was.amount, old, now: now.amount, new, percent })
}
