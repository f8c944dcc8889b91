//! The map of flows: what starts each, what follows, chains and loops, and what of the exports was not understood.

mod wire;

pub(super) use wire::{GapV1, json};

use super::harmless;
use crate::flows::{Flow, Flows, Mail, OnImport, Reentry, State, Step, Trigger, Way};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const YELLOW: &str = "\x1b[1;33m";
const PLAIN: &str = "\x1b[0m";

/// How far the steps of splits are shown inside each other.
const DEEPEST: usize = 8;

/// Writes the map for people.
pub(super) fn text(flows: &Flows) -> String {
    let mut out = String::new();
    for (at, flow) in flows.flows.iter().enumerate() {
        write_flow(&mut out, flows, at, flow);
    }
    write_starts(&mut out, flows);
    write_ways(&mut out, flows);
    write_platforms(&mut out, flows);
    write_gaps(&mut out, flows);
    out
}

fn write_flow(out: &mut String, flows: &Flows, at: usize, flow: &Flow) {
    let _ = writeln!(out, "{BOLD}{}{PLAIN}  {DIM}{}{PLAIN}", harmless(&flow.name), harmless(&state_words(flow)));
    let triggers = flow.triggers.iter().map(trigger).collect::<Vec<_>>().join(", or ");
    let _ = writeln!(out, "  {DIM}starts{PLAIN}  {}{}", harmless(&or_unknown(triggers)), imports(flow));
    if !flow.filters.is_empty() {
        let filters = flow.filters.iter().map(crate::flows::Filter::in_words).collect::<Vec<_>>().join("; ");
        let _ = writeln!(out, "  {DIM}only{PLAIN}    {}", harmless(&filters));
    }
    let _ = writeln!(out, "  {DIM}again{PLAIN}   {}{}", again(flow.reentry), limits(flow));
    write_steps(out, &flow.steps, 0);
    for (other, how) in flows.sets_off(at) {
        let name = flows.flows.get(other).map_or("", |other| other.name.as_str());
        let _ = writeln!(out, "  {DIM}leads to{PLAIN}  {BOLD}{}{PLAIN} (it {})", harmless(name), harmless(&how));
    }
    out.push('\n');
}

/// What starts a flow, or that nothing is known to.
pub(super) fn or_unknown(text: String) -> String {
    if text.is_empty() { String::from("by nothing that is known") } else { text }
}

/// Whether a flow is at work, and where it was read from.
pub(super) fn state_words(flow: &Flow) -> String {
    let state = match &flow.state {
        State::Live => String::from("live"),
        State::Off(word) => format!("off ({word})"),
        State::Unknown(word) if word.is_empty() => String::from("taken to be live: the export does not say"),
        State::Unknown(word) => format!("taken to be live: the export says `{word}`, which is not known"),
    };
    format!("{state} · {}", flow.platform.name())
}

/// What starts a flow, in words.
pub(super) fn trigger(trigger: &Trigger) -> String {
    match trigger {
        Trigger::Joins(group) => format!("when somebody joins {}", group.in_words()),
        Trigger::Event(event) => format!("at the event {event}"),
        Trigger::Date(date) => format!("on a date: {date}"),
        Trigger::Unknown(words) => format!("not understood: {words}"),
    }
}

/// Whether imports start a flow, as the end of a sentence.
pub(super) fn imports(flow: &Flow) -> &'static str {
    match flow.on_import {
        OnImport::Starts => "; imports start it",
        OnImport::Silent => "; imports do not",
        OnImport::Presumed => "; imports are taken to start it",
    }
}

/// Whether somebody can go through a flow again.
pub(super) fn again(reentry: Reentry) -> String {
    match reentry {
        Reentry::Never => String::from("once for each person"),
        Reentry::Always => String::from("every time: nothing keeps anybody from getting it twice"),
        Reentry::After(rest) => format!("when {} have passed", rest.in_words()),
        Reentry::Unknown => String::from("not said; it is taken to be every time"),
    }
}

/// What else limits a flow, as the end of a sentence.
pub(super) fn limits(flow: &Flow) -> String {
    let by_event = flow.triggers.iter().any(|trigger| matches!(trigger, Trigger::Event(_)));
    let age = match flow.age_limit {
        Some(limit) => format!("; events not older than {}", limit.in_words()),
        None if by_event => String::from("; events of any age"),
        None => String::new(),
    };
    let cap = flow.cap.map(|rest| format!("; no mail within {} of another", rest.in_words())).unwrap_or_default();
    let window = flow.window.map(|window| format!("; mails go out from {}", window.in_words())).unwrap_or_default();
    age + &cap + &window
}

fn write_steps(out: &mut String, steps: &[Step], depth: usize) {
    let indent = "  ".repeat(depth);
    for step in steps {
        if let Step::Split(ways) = step {
            for way in ways.iter().filter(|way| depth < DEEPEST && !way.steps.is_empty()) {
                let _ = writeln!(out, "  {DIM}then{PLAIN}    {indent}{}:", harmless(&way_words(way)));
                write_steps(out, &way.steps, depth + 1);
            }
            continue;
        }
        let _ = writeln!(out, "  {DIM}then{PLAIN}    {indent}{}", harmless(&step_words(step)));
    }
}

/// A step in words.
pub(super) fn step_words(step: &Step) -> String {
    match step {
        Step::Wait(wait) => format!("waits {}", wait.in_words()),
        Step::Send(mail) => mail_line(mail),
        Step::Join(group) => format!("adds to {}", group.in_words()),
        Step::Leave(group) => format!("takes off {}", group.in_words()),
        Step::Start(flow) => format!("starts the flow {flow}"),
        Step::Raise(event) => format!("raises the event {event}"),
        Step::Pass(filter) => format!("ends unless {}", filter.in_words()),
        Step::Split(_) => String::from("goes one of several ways"),
    }
}

/// Who goes one way of a split.
pub(super) fn way_words(way: &Way) -> String {
    let who = way.filters.iter().map(crate::flows::Filter::in_words).collect::<Vec<_>>().join("; ");
    if who.is_empty() { String::from("everybody else") } else { format!("if {who}") }
}

fn mail_line(mail: &Mail) -> String {
    let codes = if mail.codes.is_empty() { String::new() } else { format!(" with {}", mail.codes.join(", ")) };
    let off = if mail.live { "" } else { " (switched off)" };
    format!("sends \"{}\"{codes}{off}", mail.name)
}

/// For every list, segment, tag and event the flows that it starts.
fn starts(flows: &Flows) -> BTreeMap<String, Vec<&Flow>> {
    let mut starts: BTreeMap<String, Vec<&Flow>> = BTreeMap::new();
    for flow in &flows.flows {
        for trigger in &flow.triggers {
            let by = match trigger {
                Trigger::Joins(group) => group.in_words(),
                Trigger::Event(event) => format!("the event {event}"),
                Trigger::Date(_) | Trigger::Unknown(_) => continue,
            };
            starts.entry(by).or_default().push(flow);
        }
    }
    starts
}

fn write_starts(out: &mut String, flows: &Flows) {
    let starts = starts(flows);
    if starts.is_empty() {
        return;
    }
    let _ = writeln!(out, "{BOLD}What starts what{PLAIN}");
    for (by, flows) in starts {
        let names: Vec<String> =
            flows.iter().map(|flow| if flow.may_run() { flow.name.clone() } else { format!("{} (off)", flow.name) }).collect();
        let _ = writeln!(out, "  {} → {}", harmless(&by), harmless(&names.join(", ")));
    }
    out.push('\n');
}

fn write_ways(out: &mut String, flows: &Flows) {
    let (loops, chains) = ways(flows);
    for ring in &loops {
        let _ = writeln!(out, "{YELLOW}Loop{PLAIN}   {}", harmless(ring));
    }
    for chain in &chains {
        let _ = writeln!(out, "{BOLD}Chain{PLAIN}  {}", harmless(chain));
    }
    if !loops.is_empty() || !chains.is_empty() {
        out.push('\n');
    }
}

/// Loops and chains: `A → B → A`.
pub(super) fn ways(flows: &Flows) -> (Vec<String>, Vec<String>) {
    let name = |flow: &usize| flows.flows.get(*flow).map_or("", |flow| flow.name.as_str());
    let ring = |ring: Vec<usize>| {
        let names: Vec<&str> = ring.iter().chain(ring.first()).map(name).collect();
        let once = ring.iter().filter_map(|flow| flows.flows.get(*flow)).find(|flow| flow.reentry == Reentry::Never);
        let end = once.map(|flow| format!(" (it ends: {} lets nobody in twice)", flow.name)).unwrap_or_default();
        names.join(" → ") + &end
    };
    let chain = |chain: Vec<usize>| chain.iter().map(name).collect::<Vec<_>>().join(" → ");
    (flows.loops().into_iter().map(ring).collect(), chains(flows).into_iter().map(chain).collect())
}

/// The longest chains: from flows that no other sets off, as far as they lead. Flows in a loop are not among them.
fn chains(flows: &Flows) -> Vec<Vec<usize>> {
    let running = |at: &usize| flows.flows.get(*at).is_some_and(Flow::may_run);
    let after: Vec<Vec<usize>> = (0..flows.flows.len())
        .map(|at| if running(&at) { flows.sets_off(at).into_iter().map(|(other, _)| other).filter(running).collect() } else { Vec::new() })
        .collect();
    let led_to: BTreeSet<usize> = after.iter().flatten().copied().collect();
    let mut chains = Vec::new();
    for first in (0..after.len()).filter(|at| !led_to.contains(at)) {
        let mut open = vec![vec![first]];
        while let Some(chain) = open.pop() {
            let next: Vec<usize> = chain
                .last()
                .and_then(|last| after.get(*last))
                .into_iter()
                .flatten()
                .copied()
                .filter(|next| !chain.contains(next))
                .collect();
            if next.is_empty() || chains.len() + open.len() > 100 {
                chains.push(chain);
            } else {
                open.extend(next.into_iter().map(|next| chain.iter().copied().chain([next]).collect::<Vec<usize>>()));
            }
        }
    }
    chains.retain(|chain| chain.len() > 1);
    chains
}

fn write_platforms(out: &mut String, flows: &Flows) {
    for rule in import_rules(flows) {
        let _ = writeln!(out, "{DIM}{rule}{PLAIN}");
    }
}

/// What imports do on the platforms of these flows, and whether that was verified.
pub(super) fn import_rules(flows: &Flows) -> Vec<&'static str> {
    let mut said = BTreeSet::new();
    flows.flows.iter().map(|flow| flow.platform.import_rule().0).filter(|rule| said.insert(*rule)).collect()
}

fn write_gaps(out: &mut String, flows: &Flows) {
    let gaps: Vec<_> = flows.gaps.iter().chain(flows.flows.iter().flat_map(|flow| &flow.gaps)).collect();
    if gaps.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{YELLOW}Not understood{PLAIN}");
    for gap in gaps {
        let _ =
            writeln!(out, "  - {}: {} {DIM}({}){PLAIN}", harmless(&gap.what), harmless(&gap.why), harmless(&gap.span.place().to_string()));
    }
}
