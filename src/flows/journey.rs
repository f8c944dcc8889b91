//! What happens to one person: everything that the changes set off, in the order of time.
//!
//! At one moment a flow runs on until it waits; what it sets off comes after it, in the order in which it was set off.

mod passing;
mod segments;
mod told;

use super::flow::{OnImport, Reentry};
use super::world::{Act, Test, What, World};
use jiff::{Timestamp, Zoned};
use std::collections::BTreeMap;

pub use told::{Cause, Held, Sender};
pub(super) use told::{Events, Journey, Sent, Start, Traveller};

/// How often one flow may start for one person, and how much may happen to one, before the walk is given up; for each
/// event of theirs as much more.
const MOST_STARTS: usize = 60;
const MOST_HAPPENINGS: usize = 20_000;
const FOR_EACH_EVENT: usize = 40;

/// What is to happen next.
enum Next<'a> {
    Change(usize),
    Campaign(usize),
    Go(Run<'a>),
    Send(usize, usize, bool, bool),
}

/// A flow that somebody is in.
#[derive(Clone)]
struct Run<'a> {
    flow: usize,
    /// What is still to be done; the next thing last.
    rest: Vec<&'a Act>,
    imported: bool,
    certain: bool,
    old: bool,
    /// The flows that led here, this one last.
    chain: Vec<usize>,
}

struct Walk<'a> {
    world: &'a World,
    lists: u64,
    groups: BTreeMap<usize, bool>,
    columns: &'a BTreeMap<(usize, usize), bool>,
    /// The lists of the changes that have brought something, the last one last.
    imported: Vec<usize>,
    segments: Vec<segments::Belonging>,
    queue: BTreeMap<(Timestamp, usize), (Zoned, Next<'a>)>,
    count: usize,
    last_start: BTreeMap<usize, Vec<Zoned>>,
    last_mail: Option<Zoned>,
    journey: Journey,
}

/// Walks one person through the world.
pub(super) fn walk(world: &World, traveller: &Traveller) -> Journey {
    let mut walk = Walk {
        world,
        lists: traveller.lists,
        groups: BTreeMap::new(),
        columns: &traveller.columns,
        imported: Vec::new(),
        segments: Vec::new(),
        queue: BTreeMap::new(),
        count: 0,
        last_start: BTreeMap::new(),
        last_mail: None,
        journey: Journey::default(),
    };
    walk.settle();
    for (number, change) in world.moves.iter().enumerate() {
        if traveller.lists & (1 << change.bit) != 0 {
            walk.later(change.at.clone(), Next::Change(number));
        }
    }
    for (number, (at, _)) in world.campaigns.iter().enumerate() {
        walk.later(at.clone(), Next::Campaign(number));
    }
    let events: usize = traveller.events.iter().map(|events| events.all as usize).sum();
    let most = MOST_HAPPENINGS.saturating_add(events.saturating_mul(FOR_EACH_EVENT));
    while let Some((_, (now, next))) = walk.queue.pop_first() {
        if walk.count > most {
            walk.journey.cut = true;
            break;
        }
        match next {
            Next::Change(number) => walk.change(number, &now, traveller),
            Next::Campaign(number) => walk.campaign(number, &now),
            Next::Go(run) => walk.go(run, &now),
            Next::Send(flow, mail, certain, old) => walk.send(flow, mail, (certain, old), &now),
        }
    }
    walk.journey
}

impl<'a> Walk<'a> {
    fn later(&mut self, at: Zoned, next: Next<'a>) {
        self.count += 1;
        self.queue.insert((at.timestamp(), self.count), (at, next));
    }

    fn change(&mut self, number: usize, now: &Zoned, traveller: &Traveller) {
        let Some(change) = self.world.moves.get(number) else { return };
        match &change.what {
            What::Add { into, from } => {
                self.imported.push(change.bit);
                if let Some(from) = from {
                    self.groups.insert(*from, false);
                }
                let by =
                    Setting { cause: Cause::Change(number), imported: change.is_import, silent: change.silent, certain: true, chain: &[] };
                self.join(*into, now, &by);
                self.sort_in(now, &by);
            }
            What::Event { starts } => {
                let Some(events) = traveller.events.get(number) else { return };
                for flow in starts {
                    self.events(
                        *flow,
                        events,
                        now,
                        &Setting {
                            cause: Cause::Change(number),
                            imported: change.is_import,
                            silent: change.silent,
                            certain: true,
                            chain: &[],
                        },
                    );
                }
            }
        }
    }

    /// Starts a flow for each event that is young enough.
    fn events(&mut self, flow: usize, events: &Events, now: &Zoned, by: &Setting<'_>) {
        let limit = self.world.courses.get(flow).and_then(|course| course.age_limit);
        let (dated, undated) = match limit {
            None => (events.all - events.undated.min(events.all), events.undated),
            Some(limit) => {
                let within = events.within.iter().find(|(minutes, _)| *minutes == limit.0).map_or(0, |(_, count)| *count);
                let too_old = events.all.saturating_sub(within).saturating_sub(events.undated);
                if too_old > 0 {
                    *self.journey.held.entry((flow, Held::TooOld)).or_default() += u64::from(too_old);
                }
                (within, events.undated)
            }
        };
        let fresh = events.fresh.min(dated);
        for event in 0..dated.saturating_add(undated) {
            // Young events come first: where only one of them counts, it is a young one.
            let old = event >= fresh && event < dated;
            let certain = by.certain && (event < dated || limit.is_none());
            self.start(flow, now, &Setting { certain, ..*by }, old);
        }
    }

    fn join(&mut self, group: usize, now: &Zoned, by: &Setting<'_>) {
        let world = self.world;
        let flows = world.joins.get(group).map(Vec::as_slice).unwrap_or_default();
        if self.is_in(group) == Some(true) {
            for flow in flows {
                *self.journey.held.entry((*flow, Held::AlreadyIn)).or_default() += 1;
            }
            return;
        }
        let certain = by.certain && self.is_in(group).is_some();
        self.groups.insert(group, true);
        for flow in flows {
            self.start(*flow, now, &Setting { certain, ..*by }, false);
        }
    }

    fn hold(&self, flow: usize, now: &Zoned, by: &Setting<'_>) -> Result<bool, Held> {
        let Some(course) = self.world.courses.get(flow).filter(|course| course.runs) else { return Err(Held::Off) };
        if by.silent || by.imported && course.on_import == OnImport::Silent {
            return Err(Held::Import);
        }
        let passes = self.passes_all(&course.tests, by.imported);
        if passes == Some(false) {
            return Err(Held::Filter);
        }
        let before = self.last_start.get(&flow).and_then(|starts| starts.last());
        let again = match course.reentry {
            Reentry::Never => before.is_some() || self.lists & course.been != 0,
            Reentry::After(rest) => before.is_some_and(|before| now.duration_since(before) < rest.duration()),
            Reentry::Always | Reentry::Unknown => false,
        };
        if again { Err(Held::Again) } else { Ok(passes.is_some()) }
    }

    fn start(&mut self, flow: usize, now: &Zoned, by: &Setting<'_>, old: bool) {
        let decided = match self.hold(flow, now, by) {
            Ok(decided) => decided,
            Err(held) => {
                *self.journey.held.entry((flow, held)).or_default() += 1;
                return;
            }
        };
        if by.chain.contains(&flow) {
            self.journey.looped.insert(flow);
            // A loop is followed for as long as mails are counted, and no longer.
            if *now > self.world.until {
                return;
            }
        }
        let starts = self.last_start.entry(flow).or_default();
        if by.chain.contains(&flow) && starts.len() >= MOST_STARTS {
            self.journey.cut = true;
            return;
        }
        starts.push(now.clone());
        let certain = by.certain && decided;
        self.journey.starts.push(Start { flow, cause: by.cause, certain, old });
        let Some(course) = self.world.courses.get(flow) else { return };
        let chain = by.chain.iter().copied().chain([flow]).collect();
        let run = Run { flow, rest: course.acts.iter().rev().collect(), imported: by.imported, certain, old, chain };
        self.later(now.clone(), Next::Go(run));
    }

    /// Goes on in a flow until it waits or ends.
    fn go(&mut self, mut run: Run<'a>, now: &Zoned) {
        while let Some(act) = run.rest.pop() {
            match act {
                Act::Wait(wait) => {
                    let at = wait.after(now);
                    if at > *now {
                        self.later(at, Next::Go(run));
                        return;
                    }
                }
                Act::Send(mail) => {
                    let window = self.world.courses.get(run.flow).and_then(|course| course.window);
                    let at = window.map_or_else(|| now.clone(), |window| window.open(now));
                    if at > *now {
                        self.later(at, Next::Send(run.flow, *mail, run.certain, run.old));
                    } else {
                        self.send(run.flow, *mail, (run.certain, run.old), now);
                    }
                }
                Act::Join(group) => {
                    self.join(*group, now, &run.sets_off());
                    self.sort_in(now, &run.sets_off());
                }
                Act::Leave(group) => {
                    self.groups.insert(*group, false);
                    self.sort_in(now, &run.sets_off());
                }
                Act::Start(flow) => self.start(*flow, now, &run.sets_off(), false),
                Act::Raise(flows) => {
                    for flow in flows {
                        self.start(*flow, now, &run.sets_off(), false);
                    }
                }
                Act::Pass(test) => match self.passes(test, run.imported) {
                    Some(false) => return,
                    None => run.certain = false,
                    Some(true) => {}
                },
                Act::Split(ways) => self.split(&mut run, ways),
            }
        }
    }

    /// Takes the first way that is open; where that cannot be decided, the one with the most mails.
    fn split(&self, run: &mut Run<'a>, ways: &'a [(Vec<Test>, Vec<Act>)]) {
        let mut open = Vec::new();
        for (tests, acts) in ways {
            match self.passes_all(tests, run.imported) {
                Some(false) => {}
                // A way without a condition is for everybody who has found none before.
                Some(true) => {
                    open.push(acts);
                    break;
                }
                None => {
                    run.certain = false;
                    open.push(acts);
                }
            }
        }
        if let Some(acts) = open.into_iter().rev().max_by_key(|acts| passing::mails(acts)) {
            run.rest.extend(acts.iter().rev());
        }
    }

    fn send(&mut self, flow: usize, mail: usize, (certain, old): (bool, bool), now: &Zoned) {
        let Some((live, rest)) = self.world.courses.get(flow).and_then(|course| course.mails.get(mail)) else { return };
        if !live {
            return;
        }
        let skipped = rest.zip(self.last_mail.as_ref()).is_some_and(|(rest, last)| now.duration_since(last) < rest.duration());
        if !skipped {
            self.last_mail = Some(now.clone());
        }
        self.journey.mails.push(Sent { sender: Sender::Flow(flow, mail), at: now.clone(), certain, skipped, old });
    }

    fn campaign(&mut self, number: usize, now: &Zoned) {
        let Some((_, to)) = self.world.campaigns.get(number) else { return };
        let inside: Vec<Option<bool>> = to.iter().map(|group| self.is_in(*group)).collect();
        if inside.contains(&Some(true)) {
            self.last_mail = Some(now.clone());
            self.journey.mails.push(Sent { sender: Sender::Campaign(number), at: now.clone(), certain: true, skipped: false, old: false });
        }
    }
}

/// What sets a flow off.
#[derive(Clone, Copy)]
struct Setting<'a> {
    cause: Cause,
    imported: bool,
    /// Whether the platform was told to start nothing.
    silent: bool,
    certain: bool,
    chain: &'a [usize],
}

impl Run<'_> {
    /// What this flow sets off is no import.
    fn sets_off(&self) -> Setting<'_> {
        Setting { cause: Cause::Flow(self.flow), imported: false, silent: false, certain: self.certain, chain: &self.chain }
    }
}
