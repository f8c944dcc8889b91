//! Flows that somebody wrote down by hand, in TOML or JSON: the form is told in docs/flows.md.

use super::super::catalogue::Flows;
use super::super::delay::{Minutes, Window};
use super::super::flow::{Flow, Group, GroupKind, OnImport, Reentry, State, Trigger};
use super::super::platform::Platform;
use super::super::tree::Tree;
use super::plain_filters::{filters, segment};
use super::plain_steps::steps;
use crate::error::Error;
use crate::settings::MessageType;

const KEYS: [&str; 22] = [
    "name",
    "id",
    "state",
    "kind",
    "trigger",
    "triggers",
    "on-import",
    "reentry",
    "age-limit",
    "cap",
    "window",
    "on",
    "not-on",
    "tagged",
    "not-tagged",
    "customers",
    "only-if",
    "where",
    "been",
    "steps",
    "note",
    "not-imported",
];

/// Whether a file is one of these.
pub(super) fn is_plain(tree: &Tree) -> bool {
    !tree.list("flow").is_empty()
        || tree.list("segment").iter().any(|segment| segment.get("name").is_some())
        || tree
            .get("flows")
            .is_some_and(|flows| flows.items().iter().any(|flow| flow.get("steps").is_some() && flow.get("trigger").is_some()))
}

/// Reads `[[flow]]` after `[[flow]]`. What is written by hand is wrong rather than unknown: each fault is an error.
pub(super) fn read(tree: &Tree) -> Result<Flows, Error> {
    let mut flows = Flows::default();
    for one in tree.list("flow").iter().chain(tree.list("flows")) {
        flows.flows.push(flow(one)?);
    }
    for one in tree.list("segment") {
        flows.segments.push(segment(one)?);
    }
    for (id, name) in tree.get("names").map(Tree::entries).unwrap_or_default() {
        flows.names.insert(id.clone(), name.word().unwrap_or_default().to_owned());
    }
    Ok(flows)
}

fn flow(tree: &Tree) -> Result<Flow, Error> {
    tree.only(&KEYS)?;
    let name = tree.get("name").ok_or_else(|| Error::at(&tree.span, "this flow has no name").help("write name = \"WELCOME\""))?;
    let mut flow = Flow::new(name.word().unwrap_or_default(), Platform::Plain, name.span.clone());
    flow.id = tree.text("id").map(str::to_owned);
    flow.state = state(tree)?;
    flow.kind = tree.get("kind").map(kind).transpose()?;
    for trigger in tree.get("trigger").into_iter().flat_map(Tree::one_or_more).chain(tree.list("triggers")) {
        flow.triggers.push(self::trigger(trigger)?);
    }
    if flow.triggers.is_empty() {
        return Err(Error::at(&tree.span, format!("it is not said what starts the flow {}", flow.name))
            .help("write trigger = { joins = \"newsletter\" }"));
    }
    flow.on_import = if tree.flag("on-import").unwrap_or(true) { OnImport::Starts } else { OnImport::Silent };
    flow.reentry = tree.get("reentry").map(reentry).transpose()?.unwrap_or(Reentry::Unknown);
    flow.age_limit = length(tree, "age-limit")?;
    flow.cap = length(tree, "cap")?;
    flow.window = tree.get("window").map(window).transpose()?;
    flow.been = tree.text("been").map(str::to_owned);
    flow.filters = filters(tree)?;
    flow.steps = steps(tree.list("steps"), 0)?;
    flow.guess_kind();
    Ok(flow)
}

fn state(tree: &Tree) -> Result<State, Error> {
    Ok(match tree.get("state").map(|state| (state, state.word())) {
        None | Some((_, Some("live" | "on" | "active"))) => State::Live,
        Some((_, Some(word @ ("draft" | "off" | "paused" | "stopped" | "archived")))) => State::Off(word.to_owned()),
        Some((state, _)) => return Err(Error::at(&state.span, "this state is not known").help("use live, draft or paused")),
    })
}

fn kind(tree: &Tree) -> Result<MessageType, Error> {
    Ok(match tree.word() {
        Some("welcome") => MessageType::Welcome,
        Some("promotion") => MessageType::Promotion,
        Some("review-request") => MessageType::ReviewRequest,
        Some("service") => MessageType::Service,
        Some("newsletter") => MessageType::Newsletter,
        _ => {
            return Err(
                Error::at(&tree.span, "this kind is not known").help("use welcome, promotion, review-request, service or newsletter")
            );
        }
    })
}

fn trigger(tree: &Tree) -> Result<Trigger, Error> {
    let help = "write { joins = \"newsletter\" }, { segment = \"vip\" }, { tagged = \"vip\" }, { event = \"order-shipped\" } or { date = \"birthday\" }";
    tree.only(&["joins", "segment", "tagged", "event", "date"])?;
    let group = |kind| move |name: &str| Trigger::Joins(Group::new(kind, name));
    let found = [
        tree.text("joins").map(group(GroupKind::List)),
        tree.text("segment").map(group(GroupKind::Segment)),
        tree.text("tagged").map(group(GroupKind::Tag)),
        tree.text("event").map(|name| Trigger::Event(name.to_owned())),
        tree.text("date").map(|name| Trigger::Date(name.to_owned())),
    ];
    found.into_iter().flatten().next().ok_or_else(|| Error::at(&tree.span, "this trigger is not understood").help(help))
}

fn reentry(tree: &Tree) -> Result<Reentry, Error> {
    match tree.word() {
        Some("never" | "once") => Ok(Reentry::Never),
        Some("always") => Ok(Reentry::Always),
        word => word.and_then(Minutes::read).map(Reentry::After).ok_or_else(|| {
            Error::at(&tree.span, "this re-entry is not understood").help("write \"never\", \"always\" or a time such as \"30 days\"")
        }),
    }
}

pub(super) fn length(tree: &Tree, key: &str) -> Result<Option<Minutes>, Error> {
    let Some(value) = tree.get(key) else { return Ok(None) };
    let read = value.word().and_then(Minutes::read);
    read.map(Some)
        .ok_or_else(|| Error::at(&value.span, "this is not a length of time").help("write it as \"7 days\", \"16h\" or \"1 day 4 hours\""))
}

fn window(tree: &Tree) -> Result<Window, Error> {
    tree.word().and_then(Window::read).ok_or_else(|| {
        Error::at(&tree.span, "these hours are not understood").help("write them as \"Mon-Fri 09:00-17:00\" or \"09:00-17:00\"")
    })
}
