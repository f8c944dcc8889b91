//! Flows, groups, lists and campaigns made ready to be walked through: names looked up once, people as bits.

use super::catalogue::Flows;
use super::condition::Condition;
use super::delay::{Minutes, Wait, Window};
use super::flow::{Filter, Flow, Group, GroupKind, OnImport, Reentry, State, Step, Trigger, plain};
use super::plan::{Act as Deed, Plan};
use crate::settings::Role;
use jiff::Zoned;
use std::collections::BTreeMap;

/// What happens to somebody, as the walk takes it.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Wait(Wait),
    /// The number of the mail in its flow.
    Send(usize),
    Join(usize),
    Leave(usize),
    Start(usize),
    /// The flows that the event starts.
    Raise(Vec<usize>),
    Split(Vec<(Vec<Test>, Vec<Act>)>),
    Pass(Test),
}

/// Who is let in.
#[derive(Debug, Clone)]
pub(super) enum Test {
    Member(usize, bool),
    Customer(bool),
    /// The number of a condition on a column.
    Column(usize),
    NotImported,
    Any(Vec<Test>),
    Unknown,
}

/// A flow that can start.
#[derive(Debug, Clone)]
pub(super) struct Course {
    pub(super) acts: Vec<Act>,
    pub(super) tests: Vec<Test>,
    pub(super) on_import: OnImport,
    pub(super) reentry: Reentry,
    pub(super) age_limit: Option<Minutes>,
    pub(super) window: Option<Window>,
    /// The lists of people who have been through it.
    pub(super) been: u64,
    /// For each mail whether it goes out, and after which rest.
    pub(super) mails: Vec<(bool, Option<Minutes>)>,
    pub(super) runs: bool,
}

/// A change as the walk takes it.
#[derive(Debug, Clone)]
pub(super) struct Move {
    pub(super) at: Zoned,
    pub(super) is_import: bool,
    pub(super) silent: bool,
    pub(super) resubscribe: bool,
    /// The list of its people.
    pub(super) bit: usize,
    pub(super) what: What,
}

/// What a change does.
#[derive(Debug, Clone)]
pub(super) enum What {
    Add {
        into: usize,
        from: Option<usize>,
    },
    /// Flows that the event starts.
    Event {
        starts: Vec<usize>,
    },
}

/// Everything that a walk looks up.
#[derive(Debug, Clone, Default)]
pub(super) struct World {
    pub(super) courses: Vec<Course>,
    pub(super) groups: Vec<Group>,
    /// For each group the lists of its people; none where nobody gave any.
    pub(super) members: Vec<u64>,
    /// For each group the flows that joining it starts.
    pub(super) joins: Vec<Vec<usize>>,
    pub(super) moves: Vec<Move>,
    /// The groups that each campaign goes to.
    pub(super) campaigns: Vec<(Zoned, Vec<usize>)>,
    pub(super) customers: u64,
    /// What is asked of columns.
    pub(super) conditions: Vec<Condition>,
    /// Segments whose definition is known: their group, and what must be true.
    pub(super) segments: Vec<(usize, Vec<Test>)>,
    /// How many lists the plan has; those of the changes come behind them.
    pub(super) lists: usize,
    pub(super) until: Zoned,
    by_name: BTreeMap<String, usize>,
    event_flows: BTreeMap<String, Vec<usize>>,
}

impl World {
    pub(super) fn new(plan: &Plan, flows: &Flows) -> Self {
        let mut world = Self { until: plan.until(), lists: plan.lists.len(), ..Self::default() };
        for (at, flow) in flows.flows.iter().enumerate() {
            world.note_triggers(at, flow);
        }
        for flow in &flows.flows {
            let course = world.course(plan, flows, flow);
            world.courses.push(course);
        }
        for segment in &flows.segments {
            let group = world.group(&segment.group);
            let tests = segment.all.iter().map(|filter| world.test(filter)).collect();
            world.segments.push((group, tests));
        }
        world.note_plan(plan);
        world.note_lists(plan);
        world
    }

    /// The number of a group; one that is met for the first time gets the next.
    fn group(&mut self, group: &Group) -> usize {
        let known = group.id.as_ref().and_then(|id| self.by_name.get(id)).or_else(|| self.by_name.get(&plain(&group.name)));
        if let Some(known) = known {
            return *known;
        }
        let number = self.groups.len();
        self.by_name.insert(plain(&group.name), number);
        if let Some(id) = &group.id {
            self.by_name.insert(id.clone(), number);
        }
        self.groups.push(group.clone());
        self.joins.push(Vec::new());
        number
    }

    /// The group of a name that a person wrote.
    fn named(&mut self, name: &str) -> usize {
        match self.by_name.get(name.trim()) {
            Some(known) => *known,
            None => self.group(&Group::new(GroupKind::List, name)),
        }
    }

    fn note_triggers(&mut self, at: usize, flow: &Flow) {
        for trigger in &flow.triggers {
            match trigger {
                Trigger::Joins(group) => {
                    let group = self.group(group);
                    if let Some(joins) = self.joins.get_mut(group) {
                        joins.push(at);
                    }
                }
                Trigger::Event(event) => self.event_flows.entry(plain(event)).or_default().push(at),
                Trigger::Date(_) | Trigger::Unknown(_) => {}
            }
        }
    }

    fn course(&mut self, plan: &Plan, flows: &Flows, flow: &Flow) -> Course {
        let mut mails = Vec::new();
        let acts = self.acts(plan, flows, flow, &flow.steps, &mut mails);
        let been = plan.been.iter().filter(|(name, _)| plain(name) == plain(&flow.name) || flow.id.as_deref() == Some(name.trim()));
        let been: Vec<&str> = been.map(|(_, list)| list.as_str()).chain(flow.been.as_deref()).collect();
        Course {
            acts,
            tests: flow.filters.iter().map(|filter| self.test(filter)).collect(),
            on_import: flow.on_import,
            reentry: flow.reentry,
            age_limit: flow.age_limit,
            window: flow.window,
            been: bits(plan, |list| been.iter().any(|name| plain(name) == plain(&list.name))),
            mails,
            runs: !matches!(flow.state, State::Off(_)),
        }
    }

    fn acts(&mut self, plan: &Plan, flows: &Flows, flow: &Flow, steps: &[Step], mails: &mut Vec<(bool, Option<Minutes>)>) -> Vec<Act> {
        let mut acts = Vec::with_capacity(steps.len());
        for step in steps {
            let act = match step {
                Step::Wait(wait) => Act::Wait(*wait),
                Step::Send(mail) => {
                    mails.push((mail.live, flow.cap.or(plan.smart_sending.filter(|_| mail.capped))));
                    Act::Send(mails.len() - 1)
                }
                Step::Join(group) => Act::Join(self.group(group)),
                Step::Leave(group) => Act::Leave(self.group(group)),
                Step::Start(name) => match flows.named(name) {
                    Some(other) => Act::Start(other),
                    None => continue,
                },
                Step::Raise(event) => Act::Raise(self.event_flows.get(&plain(event)).cloned().unwrap_or_default()),
                Step::Split(ways) => {
                    let mut split = Vec::with_capacity(ways.len());
                    for way in ways {
                        let tests = way.filters.iter().map(|filter| self.test(filter)).collect();
                        split.push((tests, self.acts(plan, flows, flow, &way.steps, mails)));
                    }
                    Act::Split(split)
                }
                Step::Pass(filter) => Act::Pass(self.test(filter)),
            };
            acts.push(act);
        }
        acts
    }

    fn test(&mut self, filter: &Filter) -> Test {
        match filter {
            Filter::Member(group, inside) => Test::Member(self.group(group), *inside),
            Filter::Customer(customer) => Test::Customer(*customer),
            Filter::Column(condition) => {
                let known = self.conditions.iter().position(|known| known == condition);
                Test::Column(known.unwrap_or_else(|| {
                    self.conditions.push(condition.clone());
                    self.conditions.len() - 1
                }))
            }
            Filter::NotImported => Test::NotImported,
            Filter::Any(filters) => Test::Any(filters.iter().map(|filter| self.test(filter)).collect()),
            Filter::Unknown(_) => Test::Unknown,
        }
    }

    /// Changes and campaigns; the lists of the changes come behind those of the plan.
    fn note_plan(&mut self, plan: &Plan) {
        for (number, change) in plan.changes.iter().enumerate() {
            let what = match &change.act {
                Deed::Add { into, from } => What::Add { into: self.named(into), from: from.as_ref().map(|from| self.named(from)) },
                Deed::Import { event, .. } => What::Event { starts: self.event_flows.get(&plain(event)).cloned().unwrap_or_default() },
            };
            let bit = plan.lists.len() + number;
            self.moves.push(Move {
                at: change.at.clone(),
                is_import: change.is_import,
                silent: change.silent,
                resubscribe: change.resubscribe,
                bit,
                what,
            });
        }
        for campaign in &plan.campaigns {
            let to = campaign.to.iter().map(|name| self.named(name)).collect();
            self.campaigns.push((campaign.at.clone(), to));
        }
    }

    fn note_lists(&mut self, plan: &Plan) {
        self.members = self.groups.iter().map(|group| bits(plan, |list| group.is(&list.name))).collect();
        self.customers = bits(plan, |list| list.role == Role::Customers);
    }

    /// Whether any flow, list or campaign is about a group or event of this name.
    pub(super) fn knows_event(&self, event: &str) -> bool {
        self.event_flows.contains_key(&plain(event))
    }
}

/// A bit for each list of the plan that will do.
pub(super) fn bits(plan: &Plan, will_do: impl Fn(&super::plan::PlanList) -> bool) -> u64 {
    plan.lists.iter().zip(0..).filter(|(list, _)| will_do(list)).fold(0, |bits, (_, bit)| bits | 1_u64.checked_shl(bit).unwrap_or_default())
}
