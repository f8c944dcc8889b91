//! What is drawn: what starts flows, the flows, and the arrows between them, with the people of a rehearsal.

use crate::finding::people;
use crate::flows::{Act, Cause, Flow, Flows, GroupKind, Rehearsal, Trigger};
use std::collections::{BTreeMap, BTreeSet};

/// Something that an arrow leads from or to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A list, a segment, a tag, an event or a date, by its number in [`Graph::sources`].
    Source(usize),
    /// A flow, by its index.
    Flow(usize),
}

/// What starts flows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// `List`, `Event`.
    pub(super) kind: &'static str,
    pub(super) name: String,
}

/// What leads to a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) from: Node,
    /// The flow that it starts.
    pub(super) to: usize,
    /// How one flow sets off the other: `adds to the list members`.
    pub(super) how: Option<String>,
    /// For how many people, where a rehearsal has counted them.
    pub(super) people: Option<String>,
    /// Whether it leads back to where people have been: a loop.
    pub(super) back: bool,
}

/// Everything that is drawn.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) sources: Vec<Source>,
    pub(super) arrows: Vec<Arrow>,
    /// Flows that are in a loop.
    pub(super) looped: BTreeSet<usize>,
}

impl Graph {
    /// The picture of flows, with the numbers of a rehearsal of them.
    pub(super) fn of(flows: &Flows, rehearsal: Option<&Rehearsal>) -> Self {
        let mut graph = Self { looped: flows.loops().into_iter().flatten().collect(), ..Self::default() };
        let mut known: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
        for (at, flow) in flows.flows.iter().enumerate() {
            let mut met = BTreeSet::new();
            for trigger in &flow.triggers {
                let source = source(trigger);
                let key = (source.kind, source.name.to_lowercase());
                let number = *known.entry(key).or_insert_with(|| {
                    graph.sources.push(source);
                    graph.sources.len() - 1
                });
                if met.insert(number) {
                    let people = rehearsal.and_then(|rehearsal| by_changes(rehearsal, at, trigger));
                    graph.arrows.push(Arrow { from: Node::Source(number), to: at, how: None, people, back: false });
                }
            }
        }
        for (at, _) in flows.flows.iter().enumerate().filter(|(_, flow)| flow.may_run()) {
            for (other, how) in flows.sets_off(at) {
                let same = |arrow: &&mut Arrow| arrow.from == Node::Flow(at) && arrow.to == other;
                if let Some(arrow) = graph.arrows.iter_mut().find(same) {
                    arrow.how = arrow.how.take().map(|first| format!("{first}, {how}"));
                } else {
                    let people = rehearsal.and_then(|rehearsal| by_flow(rehearsal, other, at));
                    graph.arrows.push(Arrow { from: Node::Flow(at), to: other, how: Some(how), people, back: false });
                }
            }
        }
        graph.turn_back(flows.flows.len());
        graph
    }

    /// Finds the arrows that lead back to where people have been.
    fn turn_back(&mut self, flows: usize) {
        let mut after: Vec<Vec<(usize, usize)>> = vec![Vec::new(); flows];
        for (number, arrow) in self.arrows.iter().enumerate() {
            if let Node::Flow(from) = arrow.from
                && let Some(after) = after.get_mut(from)
            {
                after.push((arrow.to, number));
            }
        }
        // 0: not met, 1: on the way, 2: done.
        let mut state = vec![0_u8; flows];
        for start in 0..flows {
            let mut open = vec![(start, 0_usize)];
            while let Some((at, step)) = open.pop() {
                if step == 0 {
                    if state.get(at).copied() != Some(0) {
                        continue;
                    }
                    set(&mut state, at, 1);
                }
                match after.get(at).and_then(|after| after.get(step)) {
                    Some((next, number)) => {
                        open.push((at, step + 1));
                        match state.get(*next) {
                            Some(0) => open.push((*next, 0)),
                            Some(1) => {
                                if let Some(arrow) = self.arrows.get_mut(*number) {
                                    arrow.back = true;
                                }
                            }
                            _ => {}
                        }
                    }
                    None => set(&mut state, at, 2),
                }
            }
        }
    }

    /// What stands at the beginning of an arrow, in words.
    pub(super) fn name(&self, node: Node, flows: &Flows) -> String {
        match node {
            Node::Source(number) => self.sources.get(number).map(|source| format!("{}: {}", source.kind, source.name)).unwrap_or_default(),
            Node::Flow(flow) => flows.flows.get(flow).map(|flow| flow.name.clone()).unwrap_or_default(),
        }
    }
}

fn set(state: &mut [u8], at: usize, to: u8) {
    if let Some(state) = state.get_mut(at) {
        *state = to;
    }
}

fn source(trigger: &Trigger) -> Source {
    let (kind, name) = match trigger {
        Trigger::Joins(group) => {
            let kind = match group.kind {
                GroupKind::List => "List",
                GroupKind::Segment => "Segment",
                GroupKind::Tag => "Tag",
            };
            (kind, &group.name)
        }
        Trigger::Event(event) => ("Event", event),
        Trigger::Date(date) => ("Date", date),
        Trigger::Unknown(words) => ("Not understood", words),
    };
    Source { kind, name: name.clone() }
}

/// For how many people changes start a flow by one of its triggers; several changes are told apart.
fn by_changes(rehearsal: &Rehearsal, flow: usize, trigger: &Trigger) -> Option<String> {
    let run = rehearsal.runs.get(flow)?;
    let meant = |change: usize| match (rehearsal.plan.changes.get(change).map(|change| &change.act), trigger) {
        (Some(Act::Add { into, .. }), Trigger::Joins(group)) => group.is(into),
        (Some(Act::Import { event, .. }), Trigger::Event(name)) => event.to_lowercase() == name.to_lowercase(),
        _ => false,
    };
    let counts: Vec<String> = run
        .causes
        .iter()
        .filter_map(|(cause, number)| match cause {
            Cause::Change(change) if meant(*change) => Some(people(*number)),
            _ => None,
        })
        .collect();
    (!counts.is_empty()).then(|| counts.join(" + "))
}

/// For how many people a flow starts another.
fn by_flow(rehearsal: &Rehearsal, flow: usize, by: usize) -> Option<String> {
    rehearsal.runs.get(flow)?.causes.get(&Cause::Flow(by)).map(|number| people(*number))
}

/// What follows within a flow, a line for each mail: when, what and with which codes.
pub(super) fn mails(flow: &Flow) -> Vec<(String, String, String)> {
    let line = |posted: &crate::flows::Posted<'_>| {
        let mut when = posted.in_words();
        if posted.for_some {
            when.push_str(", for some");
        }
        if !posted.mail.live {
            when.push_str(", switched off");
        }
        (when, posted.mail.name.clone(), posted.mail.codes.join(", "))
    };
    flow.timeline().iter().map(line).collect()
}
