//! Old and new prices that belong together, with the percentage or the saving beside them.

use crate::coupons::{Decimal, Money};
use crate::facts::Amount;
use crate::finding::Stake;
use crate::offers::{Qualifier, Worth};
use crate::rule::Context;

/// An old price and the new one beside it.
#[derive(Debug, Clone)]
pub(super) struct Drop<'a> {
    /// The old price as a number, and where it stands.
    pub(super) was: Decimal,
    pub(super) old: &'a Amount,
    /// The new price as a number, and where it stands.
    pub(super) now: Decimal,
    pub(super) new: &'a Amount,
    /// The one percentage that is said with them.
    pub(super) percent: Option<(&'a Amount, Decimal)>,
    /// The one amount that is said to be saved.
    pub(super) saved: Option<(&'a Amount, Decimal)>,
    currency: Option<String>,
}

impl Drop<'_> {
    /// What one order at the new price could cost, if it should have been another.
    pub(super) fn stake(&self, right: Decimal) -> Option<Stake> {
        let lost = right.minus(self.now);
        let each = Money { amount: lost, currency: self.currency.clone() };
        let price = Money { amount: right, currency: self.currency.clone() };
        (lost > Decimal::default()).then(|| Stake {
            how: format!("{}, if each orders one for {} that should cost {price}", each.in_words(), self.new.words),
            each,
        })
    }
}

/// How long a passage may be that holds a price and nothing else to speak of, in bytes.
const BARE: usize = 24;

/// Old and new prices that stand in one passage, or bare in passages one after the other, as in a table of products.
/// Where several could belong together nobody can tell, and none is taken.
pub(super) fn drops<'a>(context: &Context<'a>) -> Vec<Drop<'a>> {
    let amounts = context.facts.amounts.as_slice();
    let groups: Vec<&[Amount]> = amounts.chunk_by(|one, other| one.passage == other.passage).collect();
    let mut drops: Vec<Drop<'_>> = groups.iter().filter_map(|group| in_passage(group)).collect();
    let is_bare = |amount: &Amount| context.facts.passages.get(amount.passage).is_some_and(|passage| passage.text.len() <= BARE);
    let lone = |group: &&'a [Amount]| match group {
        [one] if is_bare(one) => Some(one),
        _ => None,
    };
    let mut at = 0;
    while at < groups.len() {
        let prices = groups.iter().skip(at).map_while(lone).take_while(|amount| money(amount).is_some());
        let mut run: Vec<&Amount> = Vec::new();
        for amount in prices {
            if run.last().is_some_and(|last| amount.passage != last.passage + 1) {
                break;
            }
            run.push(amount);
        }
        let beside = |group: Option<&&'a [Amount]>, passage: Option<usize>| group.and_then(lone).filter(|one| Some(one.passage) == passage);
        let before = at.checked_sub(1).and_then(|at| beside(groups.get(at), run.first()?.passage.checked_sub(1)));
        let after = beside(groups.get(at + run.len()), run.last().map(|last| last.passage + 1));
        drops.extend(in_run(&run, [before, after]));
        at += run.len().max(1);
    }
    drops
}

/// The pairs of a run of bare prices that takes turns: old, new, old, new; or new, old.
fn in_run<'a>(run: &[&'a Amount], beside: [Option<&'a Amount>; 2]) -> Vec<Drop<'a>> {
    if run.len() < 2 {
        return Vec::new();
    }
    let is_old = |amount: &Amount| amount.told.qualifier == Qualifier::Was;
    let pairs = run.chunks(2).map(|pair| match pair {
        [one, other] if is_old(one) && is_new(other) => Some((true, *one, *other)),
        [one, other] if is_new(one) && is_old(other) => Some((false, *other, *one)),
        _ => None,
    });
    let Some(pairs) = pairs.collect::<Option<Vec<_>>>() else { return Vec::new() };
    if pairs.iter().any(|(order, ..)| pairs.first().is_some_and(|(first, ..)| first != order)) {
        return Vec::new();
    }
    let percent = match beside {
        [Some(one), None] | [None, Some(one)] if pairs.len() == 1 => percent(one),
        _ => None,
    };
    pairs.into_iter().filter_map(|(_, old, new)| pair(old, new, percent, None)).collect()
}

fn in_passage(amounts: &[Amount]) -> Option<Drop<'_>> {
    if amounts.len() < 2 {
        return None;
    }
    let prices: Vec<&Amount> = amounts.iter().filter(|amount| money(amount).is_some()).collect();
    let of = |wanted: &dyn Fn(&Amount) -> bool| prices.iter().copied().filter(|amount| wanted(amount)).collect::<Vec<_>>();
    let olds = of(&|amount| amount.told.qualifier == Qualifier::Was);
    let news = of(&is_new);
    let offs = of(&|amount| amount.told.qualifier == Qualifier::Off);
    let ([old], [new]) = (olds.as_slice(), news.as_slice()) else { return None };
    if prices.len() != 2 + offs.len() || offs.len() > 1 {
        return None;
    }
    let percents: Vec<_> = amounts.iter().filter(|amount| matches!(amount.told.worth, Worth::Percent(_))).collect();
    let percent = match percents.as_slice() {
        [one] => percent(one),
        _ => None,
    };
    pair(old, new, percent, offs.first().copied())
}

/// Two prices of the same currency as a pair.
fn pair<'a>(old: &'a Amount, new: &'a Amount, percent: Option<(&'a Amount, Decimal)>, saved: Option<&'a Amount>) -> Option<Drop<'a>> {
    let (was, now) = (money(old)?, money(new)?);
    let saved = saved.and_then(|saved| Some((saved, money(saved)?))).filter(|(_, money)| money.currency == was.currency);
    let saved = saved.map(|(place, money)| (place, money.amount.abs()));
    (was.currency == now.currency).then(|| Drop {
        was: was.amount,
        old,
        now: now.amount,
        new,
        percent,
        saved,
        currency: now.currency.clone(),
    })
}

fn is_new(amount: &Amount) -> bool {
    matches!(amount.told.qualifier, Qualifier::Now | Qualifier::Plain)
}

fn money(amount: &Amount) -> Option<&Money> {
    match &amount.told.worth {
        Worth::Money(money) => Some(money),
        Worth::Percent(_) => None,
    }
}

fn percent(amount: &Amount) -> Option<(&Amount, Decimal)> {
    match &amount.told.worth {
        Worth::Percent(percent) if amount.told.qualifier != Qualifier::UpTo => Some((amount, percent.abs())),
        _ => None,
    }
}
