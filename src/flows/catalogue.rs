//! All flows that are at hand, from one export or several, with the names of what they speak of.

use super::flow::{Flow, Gap, Group, GroupKind, Mail, Segment, Step, Trigger, plain};
use super::sources;
use super::tree::Tree;
use crate::error::Error;
use crate::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Flows, and what of their exports was not understood.
#[derive(Debug, Clone, Default)]
pub struct Flows {
    /// The flows, in the order of the files.
    pub flows: Vec<Flow>,
    /// Who is in a segment, where the files tell.
    pub segments: Vec<Segment>,
    /// What of the files is no flow that could be read.
    pub gaps: Vec<Gap>,
    /// Names of lists, segments and events by the platform's numbers, where an export told them.
    pub(super) names: BTreeMap<String, String>,
}

/// Reads one file: an export of a known platform, or a file of one's own.
///
/// # Errors
/// A file that is neither JSON nor TOML, or holds nothing that could be a flow, a list or a segment.
pub fn read(source: &Arc<Source>) -> Result<Flows, Error> {
    sources::read(source, &Tree::read(source)?)
}

impl Flows {
    /// Puts files together. A flow that is in two of them, once whole and once only named, is one.
    pub fn merge(files: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for file in files {
            all.gaps.extend(file.gaps);
            all.segments.extend(file.segments);
            all.names.extend(file.names);
            for flow in file.flows {
                let known = all.flows.iter_mut().find(|known| known.platform == flow.platform && known.id.is_some() && known.id == flow.id);
                match known {
                    Some(known) => unite(known, flow),
                    None => all.flows.push(flow),
                }
            }
        }
        let names = all.names.clone();
        all.call(names.iter().map(|(id, name)| (id.as_str(), name.as_str())));
        all
    }

    /// Gives the platform's numbers the names that people use.
    pub fn call<'a>(&mut self, names: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let names: BTreeMap<&str, &str> = names.into_iter().collect();
        let rename = |group: &mut Group| {
            if let Some(name) = group.id.as_deref().and_then(|id| names.get(id)) {
                (*name).clone_into(&mut group.name);
            }
        };
        for segment in &mut self.segments {
            rename(&mut segment.group);
            segment.all.iter_mut().for_each(|filter| super::filter::each_group(filter, &rename));
        }
        for flow in &mut self.flows {
            for trigger in &mut flow.triggers {
                match trigger {
                    Trigger::Joins(group) => rename(group),
                    Trigger::Event(event) => {
                        if let Some(name) = names.get(event.as_str()) {
                            (*name).clone_into(event);
                        }
                    }
                    Trigger::Date(_) | Trigger::Unknown(_) => {}
                }
            }
            flow.filters.iter_mut().for_each(|filter| super::filter::each_group(filter, &rename));
            rename_steps(&mut flow.steps, &rename);
        }
    }

    /// Who is in a segment, where that is told.
    pub fn segment(&self, group: &Group) -> Option<&Segment> {
        self.segments.iter().find(|segment| group.kind == GroupKind::Segment && segment.group.same(group))
    }

    /// Visits every mail, to give it what only its draft or a plan tells.
    pub fn each_mail(&mut self, visit: &mut impl FnMut(&mut Mail)) {
        self.flows.iter_mut().for_each(|flow| each_mail(&mut flow.steps, visit));
    }

    /// The flow of a name or number.
    pub fn named(&self, name: &str) -> Option<usize> {
        let by_id = self.flows.iter().position(|flow| flow.id.as_deref() == Some(name.trim()));
        by_id.or_else(|| self.flows.iter().position(|flow| plain(&flow.name) == plain(name)))
    }

    /// The flows that one flow may set off, and by what: a group that it adds to, an event, or directly.
    pub fn sets_off(&self, flow: usize) -> Vec<(usize, String)> {
        let Some(from) = self.flows.get(flow) else { return Vec::new() };
        let mut found = Vec::new();
        super::flow::each_step(&from.steps, &mut |step| match step {
            Step::Join(group) => {
                let joins = |trigger: &Trigger| matches!(trigger, Trigger::Joins(other) if other.same(group));
                found.extend(self.started_by(joins).map(|other| (other, format!("adds to {}", group.in_words()))));
            }
            Step::Raise(event) => {
                let raised = |trigger: &Trigger| matches!(trigger, Trigger::Event(other) if plain(other) == plain(event));
                found.extend(self.started_by(raised).map(|other| (other, format!("raises {event}"))));
            }
            Step::Start(name) => found.extend(self.named(name).map(|other| (other, String::from("starts it")))),
            _ => {}
        });
        found.dedup();
        found
    }

    fn started_by(&self, by: impl Fn(&Trigger) -> bool) -> impl Iterator<Item = usize> {
        self.flows.iter().enumerate().filter(move |(_, flow)| flow.may_run() && flow.triggers.iter().any(&by)).map(|(at, _)| at)
    }

    /// Rings of flows that set each other off, by index: from each flow the shortest back to itself, each ring once.
    pub fn loops(&self) -> Vec<Vec<usize>> {
        let edges: Vec<Vec<usize>> = (0..self.flows.len())
            .map(|flow| {
                let runs = self.flows.get(flow).is_some_and(Flow::may_run);
                if runs { self.sets_off(flow).into_iter().map(|(other, _)| other).collect() } else { Vec::new() }
            })
            .collect();
        let mut rings: Vec<Vec<usize>> = Vec::new();
        let mut known = BTreeSet::new();
        for ring in (0..edges.len()).filter_map(|start| ring_from(start, &edges)) {
            // The same ring is found from each of its flows; a smaller one inside it is another.
            let mut members = ring.clone();
            members.sort_unstable();
            if known.insert(members) {
                rings.push(ring);
            }
        }
        rings
    }
}

/// The shortest way from a flow back to itself.
fn ring_from(start: usize, edges: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut open = std::collections::VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        for &next in edges.get(at).map(Vec::as_slice).unwrap_or_default() {
            if next == start {
                let mut ring = vec![at];
                while let Some(&earlier) = ring.last().filter(|last| **last != start).and_then(|last| before.get(last)) {
                    ring.push(earlier);
                }
                ring.reverse();
                return Some(ring);
            }
            if let std::collections::btree_map::Entry::Vacant(entry) = before.entry(next) {
                entry.insert(at);
                open.push_back(next);
            }
        }
    }
    None
}

fn each_mail(steps: &mut [Step], visit: &mut impl FnMut(&mut Mail)) {
    for step in steps {
        match step {
            Step::Send(mail) => visit(mail),
            Step::Split(ways) => ways.iter_mut().for_each(|way| each_mail(&mut way.steps, visit)),
            _ => {}
        }
    }
}

fn rename_steps(steps: &mut [Step], rename: &impl Fn(&mut Group)) {
    for step in steps {
        match step {
            Step::Join(group) | Step::Leave(group) => rename(group),
            Step::Pass(filter) => super::filter::each_group(filter, rename),
            Step::Split(ways) => {
                for way in ways {
                    way.filters.iter_mut().for_each(|filter| super::filter::each_group(filter, rename));
                    rename_steps(&mut way.steps, rename);
                }
            }
            _ => {}
        }
    }
}

/// Takes from a second mention of a flow what the first does not have.
fn unite(known: &mut Flow, mut other: Flow) {
    if known.steps.is_empty() && !other.steps.is_empty() {
        std::mem::swap(known, &mut other);
    }
    for trigger in other.triggers {
        if !known.triggers.contains(&trigger) && !matches!(trigger, Trigger::Unknown(_)) {
            known.triggers.retain(|trigger| !matches!(trigger, Trigger::Unknown(_)));
            known.triggers.push(trigger);
        }
    }
}

impl Group {
    /// `the list newsletter`.
    pub fn in_words(&self) -> String {
        let kind = match self.kind {
            GroupKind::List => "list",
            GroupKind::Segment => "segment",
            GroupKind::Tag => "tag",
        };
        format!("the {kind} {}", self.name)
    }
}
