//! The rehearsal: what a plan would set off, for how many people, counted before it happens.

mod adding;
mod gaps;

use super::catalogue::Flows;
use super::crowd::Crowd;
use super::events::EventFacts;
use super::flow::{Flow, Gap, Mail};
use super::journey::{Cause, Held, Sender, walk};
use super::muster::{Muster, Mustered};
use super::plan::{Expected, Plan};
use super::world::World;
use crate::audience::{Example, List, Memory};
use crate::coupons::{Coupon, Coupons};
use crate::error::Error;
use crate::finding::Stake;
use jiff::Zoned;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How many examples are kept of everything that is counted.
const EXAMPLES: usize = 5;

/// People of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many, exactly.
    pub people: u64,
    /// The first few of them, in the order of the files.
    pub examples: Vec<Example>,
}

/// What is known of one change before anything happens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeFacts {
    /// Rows of its file.
    pub rows: u64,
    /// Rows without an address that can be one.
    pub no_address: u64,
    /// Different people.
    pub people: u64,
    /// How many of them the lists' own columns say have opted out or bounced; they get no mail.
    pub left_out: u64,
    /// What is known of its events, if it imports any.
    pub events: Option<EventFacts>,
}

/// What one flow would do. People who have opted out by the lists' own columns are in none of these counts.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// For how many people it starts.
    pub people: Tally,
    /// How often it starts: more often than for people where it starts twice for one.
    pub starts: u64,
    /// For how many of them nothing was in the way that could not be decided; the other numbers are "up to".
    pub certain: u64,
    /// What makes it start, and for how many people.
    pub causes: BTreeMap<Cause, u64>,
    /// How often it was set off and did not start, by reason.
    pub held: BTreeMap<Held, u64>,
    /// People who are customers already.
    pub customers: Tally,
    /// People who have been through it before, or have had its like.
    pub repeated: Tally,
    /// People who stand on a list of those who left, bounced or must not be mailed.
    pub opted_out: Tally,
    /// People who never said yes, by the lists' own columns.
    pub no_consent: Tally,
    /// People for whom an event that is old news starts it.
    pub old: Tally,
    /// How often such an event starts it.
    pub old_starts: u64,
    /// People for whom it sets itself off again, directly or by others.
    pub looped: Tally,
}

impl Run {
    /// Whether some of its people may not start it after all.
    pub fn is_open(&self) -> bool {
        self.certain < self.people.people
    }

    /// What stands before its numbers where they are the most that they could be.
    pub fn up_to(&self) -> &'static str {
        if self.is_open() { "up to " } else { "" }
    }
}

/// One mail going out at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailing {
    /// Who sends it.
    pub sender: Sender,
    /// When.
    pub at: Zoned,
    /// How many are sent.
    pub mails: u64,
    /// How many different people get it.
    pub people: u64,
    /// How many of the mails are certain.
    pub certain: u64,
    /// How many more are left out because their people were mailed shortly before.
    pub skipped: u64,
}

/// A code that mails of a flow hand out.
#[derive(Debug, Clone)]
pub struct Gift {
    /// The flow.
    pub flow: usize,
    /// The code.
    pub code: String,
    /// The coupon, where the shop's list has it.
    pub coupon: Option<Coupon>,
    /// When the first of the mails goes out, and the last.
    pub between: (Zoned, Zoned),
    /// Who gets it.
    pub people: u64,
    /// How many of them are customers already.
    pub customers: u64,
    /// What one person could cost.
    pub stake: Option<Stake>,
}

/// How many mails people get, from flows and campaigns together.
#[derive(Debug, Clone, Default)]
pub struct Load {
    /// For each number of mails how many people get as many.
    pub people: BTreeMap<u64, u64>,
    /// Those who get more than the plan allows.
    pub too_many: Tally,
    /// Mails by day.
    pub days: BTreeMap<Date, u64>,
    /// The most mails that one person gets on one day, and on which.
    pub worst_day: Option<(u64, Date)>,
}

/// Something that could not be rehearsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRehearsed {
    /// What is missing.
    pub gap: Gap,
    /// Whether something could happen that is not shown at all; otherwise numbers are only "up to".
    pub grave: bool,
}

/// What would happen.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// The plan.
    pub plan: Plan,
    /// The flows.
    pub flows: Flows,
    /// For each change what is known of it.
    pub changes: Vec<ChangeFacts>,
    /// For each flow what it would do.
    pub runs: Vec<Run>,
    /// All mails, in the order of time.
    pub mailings: Vec<Mailing>,
    /// The codes that go out.
    pub gifts: Vec<Gift>,
    /// How many mails people get.
    pub load: Load,
    /// Different people who are concerned.
    pub people: u64,
    /// Whether coupons were given.
    pub has_coupons: bool,
    /// What could not be rehearsed.
    pub gaps: Vec<NotRehearsed>,
}

impl Rehearsal {
    /// Whether any flow may start for fewer people than it is shown with, so that its mails may be fewer as well.
    pub fn is_open(&self) -> bool {
        self.runs.iter().any(Run::is_open)
    }
}

/// Rehearses a plan. `lists` are those of the plan and `changes` the people or events of its changes, each in the
/// order of the plan.
///
/// # Errors
/// As [`crate::audience::Audience::read_within`]; a column of dates that does not exist; an expected flow that does not exist.
pub fn rehearse(
    plan: Plan,
    flows: Flows,
    lists: &[List],
    changes: &[List],
    coupons: Option<&Coupons>,
    memory: &Memory,
) -> Result<Rehearsal, Error> {
    let all: Vec<List> = lists.iter().chain(changes).cloned().collect();
    rehearse_counted(plan, flows, coupons, |muster| muster.count(&all, memory))
}

/// Rehearses a plan whose people are counted by `count`: those of its lists, and behind them those of its changes.
///
/// # Errors
/// Those of `count`; an expected flow that does not exist.
pub fn rehearse_counted(
    plan: Plan,
    mut flows: Flows,
    coupons: Option<&Coupons>,
    count: impl FnOnce(&Muster<'_>) -> Result<Mustered, Error>,
) -> Result<Rehearsal, Error> {
    flows.call(plan.names.iter().map(|(id, name)| (id.as_str(), name.as_str())));
    expectations(&plan, &flows)?;
    let world = World::new(&plan, &flows);
    let muster = Muster::of(&plan, &flows, &world.conditions);
    let mustered = count(&muster)?;
    let crowd = Crowd::of(muster, mustered, plan.lists.len());
    let known = crowd.parties.lists.iter().skip(plan.lists.len()).zip(&crowd.events);
    let changes = known.map(|(list, events)| ChangeFacts {
        rows: list.rows,
        no_address: list.no_address,
        events: events.clone(),
        ..ChangeFacts::default()
    });
    let mut rehearsal = Rehearsal {
        changes: changes.take(plan.changes.len()).collect(),
        runs: flows.flows.iter().map(|_| Run::default()).collect(),
        plan,
        flows,
        mailings: Vec::new(),
        gifts: Vec::new(),
        load: Load::default(),
        people: 0,
        has_coupons: coupons.is_some(),
        gaps: Vec::new(),
    };
    let mut adding = adding::Adding::new(&rehearsal.plan, &rehearsal.flows);
    let mut cut = false;
    for party in crowd.parties.parties.iter().filter(|party| party.lists & crowd.concerned() != 0) {
        let journey = walk(&world, &crowd.traveller(party));
        cut |= journey.cut;
        adding.party(&mut rehearsal, &world, party, &journey);
    }
    adding.finish(&mut rehearsal, coupons);
    rehearsal.gaps = gaps::find(&rehearsal, &world, &crowd.answers, cut);
    Ok(rehearsal)
}

/// Refuses an expectation about a flow that does not exist: it could never fail.
fn expectations(plan: &Plan, flows: &Flows) -> Result<(), Error> {
    for expected in &plan.expected {
        if flows.named(&expected.flow).is_none() {
            let error = Error::at(&expected.span, format!("there is no flow `{}`", expected.flow));
            return Err(match crate::settings::nearest(&expected.flow, flows.flows.iter().map(|flow| flow.name.as_str())) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help("`presend flows FILE` lists the flows of an export"),
            });
        }
    }
    Ok(())
}

impl Tally {
    fn add(&mut self, people: u64, examples: &[Example]) {
        self.people += people;
        self.examples.extend_from_slice(examples);
        self.examples.sort_by_key(|example| (example.at.list, example.at.line));
        self.examples.truncate(EXAMPLES);
    }
}

impl Rehearsal {
    /// The flows that start, with what they do.
    pub fn started(&self) -> impl Iterator<Item = (usize, &Flow, &Run)> {
        self.flows.flows.iter().zip(&self.runs).enumerate().map(|(at, (flow, run))| (at, flow, run)).filter(|(_, _, run)| run.starts > 0)
    }

    /// What is expected of a flow.
    pub fn expected(&self, flow: usize) -> Option<&Expected> {
        let flow = self.flows.flows.get(flow)?;
        self.plan.expects(&flow.name, flow.id.as_deref())
    }

    /// Whether anything that could happen is not shown.
    pub fn is_incomplete(&self) -> bool {
        self.gaps.iter().any(|gap| gap.grave)
    }

    /// The mail of a flow.
    pub fn mail(&self, flow: usize, mail: usize) -> Option<&Mail> {
        self.flows.flows.get(flow)?.mails().get(mail).copied()
    }

    /// What a sender and its mail are called: `WELCOME`, and the mail's name.
    pub fn sender(&self, sender: Sender) -> (String, String) {
        match sender {
            Sender::Flow(flow, mail) => (
                self.flows.flows.get(flow).map(|flow| flow.name.clone()).unwrap_or_default(),
                self.mail(flow, mail).map(|mail| mail.name.clone()).unwrap_or_default(),
            ),
            Sender::Campaign(campaign) => {
                (String::from("campaign"), self.plan.campaigns.get(campaign).map(|campaign| campaign.name.clone()).unwrap_or_default())
            }
        }
    }

    /// How many mails go out in all.
    pub fn mails(&self) -> u64 {
        self.mailings.iter().filter(|mailing| matches!(mailing.sender, Sender::Flow(..))).map(|mailing| mailing.mails).sum()
    }
}
