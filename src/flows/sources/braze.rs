//! Braze: `GET /canvas/details` (<https://www.braze.com/docs/api/endpoints/export/canvas/get_canvas_details>). It says
//! how a Canvas is scheduled, but neither who enters it nor how long its steps wait.

use super::super::catalogue::Flows;
use super::super::flow::{Filter, Flow, Mail, State, Step, Trigger};
use super::super::platform::Platform;
use super::super::tree::Tree;
use super::graph::{Node, lay_out};
use std::collections::BTreeMap;

/// Reads Canvases.
pub(super) fn read(tree: &Tree) -> Option<Flows> {
    let is = |one: &&Tree| one.get("schedule_type").is_some() && one.get("variants").is_some();
    let all: Vec<&Tree> = [tree].into_iter().chain(tree.list("canvases")).filter(is).collect();
    if all.is_empty() {
        return None;
    }
    Some(Flows { flows: all.into_iter().map(flow).collect(), ..Flows::default() })
}

fn flow(tree: &Tree) -> Flow {
    let name = tree.get("name");
    let mut flow = Flow::new(
        name.and_then(Tree::word).unwrap_or("a Canvas without a name"),
        Platform::Braze,
        name.map_or_else(|| tree.span.clone(), |name| name.span.clone()),
    );
    flow.id = tree.text("canvas_id").or(tree.text("id")).map(str::to_owned);
    flow.state = match (tree.flag("archived"), tree.flag("draft"), tree.flag("enabled")) {
        (Some(true), ..) => State::Off(String::from("archived")),
        (_, Some(true), _) => State::Off(String::from("draft")),
        (_, _, Some(false)) => State::Off(String::from("not enabled")),
        (_, _, Some(true)) => State::Live,
        _ => State::Unknown(String::new()),
    };
    flow.triggers.push(match tree.text("schedule_type") {
        // Only a call of the interface with the Canvas's number lets anybody in.
        Some("api_triggered") => Trigger::Event(flow.id.clone().unwrap_or_else(|| flow.name.clone())),
        Some("time_based") => Trigger::Date(String::from("a schedule")),
        kind => Trigger::Unknown(format!("the schedule `{}`; the export does not say what people must do", kind.unwrap_or("not said"))),
    });
    let nodes: BTreeMap<String, &Tree> = tree.list("steps").iter().filter_map(|step| Some((step.text("id")?.to_owned(), step))).collect();
    let firsts: Vec<Option<String>> = tree.list("variants").iter().map(first).collect();
    flow.steps = match firsts.as_slice() {
        [] => Vec::new(),
        [one] => lay_out(&mut flow, &nodes, one.as_deref(), &node),
        many => {
            let ways = many.iter().map(|first| super::super::flow::Way {
                filters: vec![Filter::Unknown(String::from("a variant, by lot"))],
                steps: lay_out(&mut flow, &nodes, first.as_deref(), &node),
            });
            vec![Step::Split(ways.collect())]
        }
    };
    flow.guess_kind();
    flow
}

fn first(variant: &Tree) -> Option<String> {
    variant.list("first_step_ids").first().and_then(Tree::word).or(variant.text("first_step_id")).map(str::to_owned)
}

fn node(flow: &mut Flow, tree: &Tree) -> Node {
    let mut steps = Vec::new();
    match tree.text("type").unwrap_or("message") {
        "message" | "" => steps.extend(
            tree.get("messages")
                .map(Tree::entries)
                .unwrap_or_default()
                .iter()
                .filter_map(|(_, message)| mail(tree, message))
                .map(Step::Send),
        ),
        "delay" => {
            flow.is_timeless = true;
            let why = "the export does not tell how long its delays are; no time is taken to pass";
            flow.gap(format!("on which days {} sends", flow.name.clone()), why, &tree.span);
        }
        "audience_paths" | "decision_split" | "action_paths" | "experiment_paths" | "experiment_splits" | "user_update"
        | "feature_flags" | "exit" | "audience_sync" => {}
        kind => flow.gap(format!("a step of {}", flow.name.clone()), format!("steps of the type `{kind}` are not understood"), &tree.span),
    }
    let paths = tree.list("next_paths").iter().map(|path| (path.text("name").unwrap_or("a path"), path.text("next_step_id")));
    let ids = tree.list("next_step_ids").iter().filter_map(Tree::word).map(|id| ("a path", Some(id)));
    let mut next: Vec<(&str, Option<&str>)> = paths.collect();
    if next.is_empty() {
        next = ids.collect();
    }
    match next.as_slice() {
        [] => Node::of(steps, None),
        [(_, one)] => Node::of(steps, one.map(str::to_owned)),
        many => {
            let way = |(name, id): &(&str, Option<&str>)| (vec![Filter::Unknown(format!("the path {name}"))], id.map(str::to_owned));
            Node { steps, next: None, ways: many.iter().map(way).collect() }
        }
    }
}

/// A message by email; other channels send no mail.
fn mail(step: &Tree, message: &Tree) -> Option<Mail> {
    if message.text("channel") != Some("email") {
        return None;
    }
    let name = message.get("subject").or(message.get("name")).or(step.get("name"));
    Some(Mail {
        name: name.and_then(Tree::word).unwrap_or("a mail without a subject").to_owned(),
        draft: None,
        codes: Vec::new(),
        live: true,
        capped: false,
        span: name.map_or_else(|| message.span.clone(), |name| name.span.clone()),
    })
}
