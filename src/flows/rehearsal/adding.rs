//! Adds up what happens to each party.

use super::super::catalogue::Flows;
use super::super::flow::plain;
use super::super::journey::{Journey, Sender};
use super::super::plan::Plan;
use super::super::world::{World, bits};
use super::{Gift, Mailing, Rehearsal, Tally};
use crate::audience::{Party, Standing};
use crate::coupons::Coupons;
use crate::finding::Stake;
use crate::settings::{MessageType, Role};
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use std::collections::{BTreeMap, BTreeSet};

/// Sums that are not yet part of the rehearsal.
pub(super) struct Adding {
    mailings: BTreeMap<(Timestamp, Sender), Mailing>,
    /// For each flow and code: who gets it, customers among them, the first time and the last.
    gifts: BTreeMap<(usize, String), (u64, u64, Zoned, Zoned)>,
    /// The codes of each mail of each flow.
    codes: Vec<Vec<Vec<String>>>,
    customers: u64,
    opted_out: u64,
    /// For each flow the lists of people who have been through it, or have had its like.
    repeated: Vec<u64>,
}

impl Adding {
    pub(super) fn new(plan: &Plan, flows: &Flows) -> Self {
        let role = |wanted: &[Role]| bits(plan, |list| wanted.contains(&list.role));
        let repeated = flows.flows.iter().map(|flow| {
            let of_kind = match flow.kind {
                Some(MessageType::Welcome) => role(&[Role::AlreadyWelcomed]),
                Some(MessageType::ReviewRequest) => role(&[Role::AlreadyAsked]),
                _ => 0,
            };
            let been = flow.been.iter().map(String::as_str);
            let said = plan.been.iter().filter(|(name, _)| plain(name) == plain(&flow.name) || flow.id.as_deref() == Some(name.trim()));
            let been: Vec<&str> = been.chain(said.map(|(_, list)| list.as_str())).collect();
            of_kind | bits(plan, |list| been.iter().any(|name| plain(name) == plain(&list.name)))
        });
        Self {
            mailings: BTreeMap::new(),
            gifts: BTreeMap::new(),
            codes: flows.flows.iter().map(|flow| flow.mails().iter().map(|mail| mail.codes.clone()).collect()).collect(),
            customers: role(&[Role::Customers]),
            opted_out: role(&[Role::Unsubscribed, Role::Bounced, Role::DoNotMail]),
            repeated: repeated.collect(),
        }
    }

    /// Adds what happens to the people of a party.
    pub(super) fn party(&mut self, rehearsal: &mut Rehearsal, world: &World, party: &Party, journey: &Journey) {
        rehearsal.people += party.people;
        let resubscribed = world.moves.iter().any(|change| change.resubscribe && party.lists & (1 << change.bit) != 0);
        let left_out = party.standing.rules_out() && !resubscribed;
        for (change, facts) in world.moves.iter().zip(&mut rehearsal.changes) {
            if party.lists & (1 << change.bit) != 0 {
                facts.people += party.people;
                facts.left_out += if left_out { party.people } else { 0 };
            }
        }
        for ((flow, held), times) in &journey.held {
            if let Some(run) = rehearsal.runs.get_mut(*flow) {
                *run.held.entry(*held).or_default() += times * party.people;
            }
        }
        if left_out {
            return;
        }
        self.starts(rehearsal, party, journey);
        self.mails(party, journey);
        load(rehearsal, party, journey);
    }

    fn starts(&self, rehearsal: &mut Rehearsal, party: &Party, journey: &Journey) {
        let flows: BTreeSet<usize> = journey.starts.iter().map(|start| start.flow).collect();
        for flow in flows {
            let starts: Vec<_> = journey.starts.iter().filter(|start| start.flow == flow).collect();
            let Some(run) = rehearsal.runs.get_mut(flow) else { continue };
            let add = |tally: &mut Tally, is: bool| {
                if is {
                    tally.add(party.people, &party.examples);
                }
            };
            run.starts += starts.len() as u64 * party.people;
            let causes: BTreeSet<_> = starts.iter().map(|start| start.cause).collect();
            for cause in causes {
                *run.causes.entry(cause).or_default() += party.people;
            }
            run.certain += if starts.iter().any(|start| start.certain) { party.people } else { 0 };
            run.old_starts += starts.iter().filter(|start| start.old).count() as u64 * party.people;
            let repeated = self.repeated.get(flow).copied().unwrap_or_default();
            add(&mut run.people, true);
            add(&mut run.customers, party.lists & self.customers != 0);
            add(&mut run.repeated, party.lists & repeated != 0);
            add(&mut run.opted_out, party.lists & self.opted_out != 0 || party.standing.rules_out());
            add(&mut run.no_consent, party.standing == Standing::NeverSubscribed);
            add(&mut run.old, starts.iter().any(|start| start.old));
            add(&mut run.looped, journey.looped.contains(&flow));
        }
    }

    fn mails(&mut self, party: &Party, journey: &Journey) {
        let mut met: BTreeSet<(Timestamp, Sender)> = BTreeSet::new();
        let mut given: BTreeMap<(usize, &str), (&Zoned, &Zoned)> = BTreeMap::new();
        for sent in &journey.mails {
            let key = (sent.at.timestamp(), sent.sender);
            let empty = || Mailing { sender: sent.sender, at: sent.at.clone(), mails: 0, people: 0, certain: 0, skipped: 0 };
            let mailing = self.mailings.entry(key).or_insert_with(empty);
            if sent.skipped {
                mailing.skipped += party.people;
                continue;
            }
            mailing.mails += party.people;
            mailing.people += if met.insert(key) { party.people } else { 0 };
            mailing.certain += if sent.certain { party.people } else { 0 };
            if let Sender::Flow(flow, mail) = sent.sender {
                for code in self.codes.get(flow).and_then(|mails| mails.get(mail)).into_iter().flatten() {
                    given.entry((flow, code)).and_modify(|(_, last)| *last = &sent.at).or_insert((&sent.at, &sent.at));
                }
            }
        }
        let customers = if party.lists & self.customers != 0 { party.people } else { 0 };
        for ((flow, code), (first, last)) in given {
            let gift = self.gifts.entry((flow, code.to_owned())).or_insert_with(|| (0, 0, first.clone(), last.clone()));
            gift.0 += party.people;
            gift.1 += customers;
            gift.2 = gift.2.clone().min(first.clone());
            gift.3 = gift.3.clone().max(last.clone());
        }
    }

    /// Puts the sums into the rehearsal.
    pub(super) fn finish(self, rehearsal: &mut Rehearsal, coupons: Option<&Coupons>) {
        rehearsal.mailings = self.mailings.into_values().collect();
        let order = rehearsal.plan.order_value.as_ref();
        rehearsal.gifts = self
            .gifts
            .into_iter()
            .map(|((flow, code), (people, customers, first, last))| {
                let coupon = coupons.and_then(|coupons| coupons.find(&code)).map(std::borrow::Cow::into_owned);
                let stake = Stake::of(coupon.as_ref().and_then(|coupon| coupon.discount.as_ref()), order);
                Gift { flow, code, coupon, between: (first, last), people, customers, stake }
            })
            .collect();
    }
}

/// Adds the mails of one person to what people of the party get.
fn load(rehearsal: &mut Rehearsal, party: &Party, journey: &Journey) {
    let (from, until) = (rehearsal.plan.at.clone(), rehearsal.plan.until());
    let mut days: BTreeMap<Date, u64> = BTreeMap::new();
    for sent in journey.mails.iter().filter(|sent| !sent.skipped && sent.at >= from && sent.at < until) {
        *days.entry(sent.at.with_time_zone(from.time_zone().clone()).date()).or_default() += 1;
    }
    let mails: u64 = days.values().sum();
    let load = &mut rehearsal.load;
    if !journey.starts.is_empty() || mails > 0 {
        *load.people.entry(mails).or_default() += party.people;
    }
    if mails > rehearsal.plan.most_mails {
        load.too_many.add(party.people, &party.examples);
    }
    for (day, mails) in days {
        *load.days.entry(day).or_default() += mails * party.people;
        if load.worst_day.is_none_or(|(most, _)| mails > most) {
            load.worst_day = Some((mails, day));
        }
    }
}
