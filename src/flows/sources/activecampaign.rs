//! ActiveCampaign: `GET /api/3/automations` and `GET /api/3/automations/{id}/blocks`
//! (<https://developers.activecampaign.com/reference/retrieve-automation-blocks>). The words for the kinds of blocks
//! are documented nowhere; those that are not known here are listed as not understood.

use super::super::catalogue::Flows;
use super::super::delay::{Minutes, Wait};
use super::super::flow::{Filter, Flow, Group, GroupKind, Mail, Reentry, State, Step, Trigger};
use super::super::platform::Platform;
use super::super::tree::Tree;
use super::graph::{Node, lay_out};
use std::collections::BTreeMap;

/// Reads automations and blocks, in one file or in two.
pub(super) fn read(tree: &Tree) -> Option<Flows> {
    let is = |one: &&Tree| {
        one.get("name").is_some() && (one.get("entered").is_some() || one.get("cdate").is_some() || one.get("blocks").is_some())
    };
    let automations: Vec<&Tree> = tree.list("automations").iter().chain(tree.get("automation")).filter(is).collect();
    let is_block = |one: &&Tree| one.get("type").is_some() && series(one).is_some() && one.get("ordernum").is_some();
    let blocks: Vec<&Tree> = tree.list("blocks").iter().chain(tree.list("automationBlocks")).filter(is_block).collect();
    if automations.is_empty() && blocks.is_empty() {
        return None;
    }
    let mut flows = Flows::default();
    for one in automations {
        let id = one.text("id");
        let own: Vec<&Tree> =
            blocks.iter().copied().filter(|block| series(block) == id).chain(one.list("blocks").iter().filter(is_block)).collect();
        flows.flows.push(flow(one, &own));
    }
    for block in blocks.iter().filter(|block| series(block).is_some()) {
        let id = series(block);
        if !flows.flows.iter().any(|flow| flow.id.as_deref() == id) {
            let own: Vec<&Tree> = blocks.iter().copied().filter(|other| series(other) == id).collect();
            let mut flow = Flow::new(id.unwrap_or_default(), Platform::ActiveCampaign, block.span.clone());
            flow.id = id.map(str::to_owned);
            filled(&mut flow, &own);
            flows.flows.push(flow);
        }
    }
    for (key, name) in [("lists", "name"), ("tags", "tag"), ("segments", "name")] {
        for one in tree.list(key) {
            if let (Some(id), Some(name)) = (one.text("id"), one.text(name)) {
                flows.names.insert(id.to_owned(), name.to_owned());
            }
        }
    }
    Some(flows)
}

fn series(block: &Tree) -> Option<&str> {
    block.text("seriesid").or(block.text("automation"))
}

fn flow(tree: &Tree, blocks: &[&Tree]) -> Flow {
    let name = tree.get("name");
    let mut flow = Flow::new(
        name.and_then(Tree::word).unwrap_or("an automation without a name"),
        Platform::ActiveCampaign,
        name.map_or_else(|| tree.span.clone(), |name| name.span.clone()),
    );
    flow.id = tree.text("id").map(str::to_owned);
    flow.state = match tree.text("status") {
        Some("1") => State::Live,
        Some("2") => State::Off(String::from("inactive")),
        word => State::Unknown(word.unwrap_or_default().to_owned()),
    };
    if blocks.is_empty() {
        let span = flow.span.clone();
        flow.gap(
            format!("what {} sends", flow.name.clone()),
            "its blocks are not in the file: add the answer to automations/{id}/blocks",
            &span,
        );
    }
    filled(&mut flow, blocks);
    flow.guess_kind();
    flow
}

/// Triggers and steps, from the blocks.
fn filled(flow: &mut Flow, blocks: &[&Tree]) {
    let starts: Vec<&Tree> = blocks.iter().copied().filter(|block| block.text("type") == Some("start")).collect();
    let mut again = false;
    for start in &starts {
        let params = start.get("params");
        flow.triggers.push(trigger(params));
        again |= params.and_then(|params| params.flag("multientry")).unwrap_or(false);
        if params.is_some_and(|params| params.get("segmentid").is_some_and(|id| id.word() != Some("0"))) {
            flow.filters.push(Filter::Unknown(String::from("a segment on the start")));
        }
    }
    flow.reentry = if starts.is_empty() {
        Reentry::Unknown
    } else if again {
        Reentry::Always
    } else {
        Reentry::Never
    };
    let mut nodes: BTreeMap<String, &Tree> = BTreeMap::new();
    let mut children: BTreeMap<String, Vec<&Tree>> = BTreeMap::new();
    for block in blocks {
        if let Some(id) = block.text("id") {
            nodes.insert(id.to_owned(), block);
        }
        children.entry(block.text("parentid").or(block.text("parent")).unwrap_or("0").to_owned()).or_default().push(block);
    }
    for blocks in children.values_mut() {
        blocks.sort_by_key(|block| block.number("ordernum").unwrap_or_default());
    }
    let first = children
        .get("0")
        .and_then(|blocks| blocks.iter().find(|block| block.text("type") != Some("start")))
        .or_else(|| starts.iter().filter_map(|start| start.text("id")).find_map(|id| children.get(id)?.first()));
    let first = first.and_then(|block| block.text("id")).map(str::to_owned);
    flow.steps = lay_out(flow, &nodes, first.as_deref(), &|flow, block| node(flow, block, &children));
}

fn trigger(params: Option<&Tree>) -> Trigger {
    let text = |key: &str| params.and_then(|params| params.text(key));
    let kind = text("trigger").or(text("type")).or(text("action")).unwrap_or("not said");
    match (kind, text("listid").or(text("list")), text("tagid").or(text("tag"))) {
        ("subscribe" | "sub", Some("0") | None, _) => Trigger::Joins(Group::new(GroupKind::List, "any list")),
        ("subscribe" | "sub", Some(list), _) => Trigger::Joins(Group::numbered(GroupKind::List, list)),
        ("tagadd" | "tag_add" | "tag", _, Some(tag)) => Trigger::Joins(Group::numbered(GroupKind::Tag, tag)),
        ("event" | "track" | "purchase" | "form" | "submit", ..) => {
            Trigger::Event(text("event").or(text("name")).unwrap_or(kind).to_owned())
        }
        ("date" | "datefield", ..) => Trigger::Date(text("field").unwrap_or(kind).to_owned()),
        _ => Trigger::Unknown(kind.to_owned()),
    }
}

fn node(flow: &mut Flow, block: &Tree, children: &BTreeMap<String, Vec<&Tree>>) -> Node {
    let params = block.get("params");
    let text = |key: &str| params.and_then(|params| params.text(key));
    let own = block.text("id").and_then(|id| children.get(id)).map(Vec::as_slice).unwrap_or_default();
    let next = own.first().and_then(|child| child.text("id")).map(str::to_owned);
    let group = |kind, keys: [&str; 2]| keys.iter().find_map(|key| text(key)).map(|id| Group::numbered(kind, id));
    let steps = match block.text("type").unwrap_or_default() {
        "start" | "goal" | "note" | "webhook" | "notify" | "deal" | "fieldupdate" | "score" => Vec::new(),
        "end" | "stop" => return Node::of(Vec::new(), None),
        "send" | "email" => vec![Step::Send(mail(block, params))],
        "wait" => flow.pause(params.and_then(wait), &block.span),
        "sub" | "subscribe" => group(GroupKind::List, ["listid", "list"]).map(Step::Join).into_iter().collect(),
        "unsub" | "unsubscribe" => group(GroupKind::List, ["listid", "list"]).map(Step::Leave).into_iter().collect(),
        "tagadd" | "tag_add" => group(GroupKind::Tag, ["tagid", "tag"]).map(Step::Join).into_iter().collect(),
        "tagremove" | "tag_remove" => group(GroupKind::Tag, ["tagid", "tag"]).map(Step::Leave).into_iter().collect(),
        "startseries" | "start_series" => {
            text("seriesid").or(text("automation")).map(|id| Step::Start(id.to_owned())).into_iter().collect()
        }
        "if" | "split" => {
            let unknown = || vec![Filter::Unknown(String::from("a condition of an if"))];
            let ways = own.iter().map(|child| (unknown(), child.text("id").map(str::to_owned))).collect();
            return Node { steps: Vec::new(), next: None, ways };
        }
        kind => {
            flow.gap(format!("a step of {}", flow.name.clone()), format!("blocks of the kind `{kind}` are not understood"), &block.span);
            Vec::new()
        }
    };
    Node::of(steps, next)
}

fn mail(block: &Tree, params: Option<&Tree>) -> Mail {
    let subject = params.and_then(|params| params.get("subject").or(params.get("name")).or(params.get("campaignid")));
    Mail {
        name: subject.and_then(Tree::word).unwrap_or("a mail without a subject").to_owned(),
        draft: None,
        codes: Vec::new(),
        live: true,
        capped: false,
        span: subject.map_or_else(|| block.span.clone(), |subject| subject.span.clone()),
    }
}

fn wait(params: &Tree) -> Option<Wait> {
    let number = ["amount", "length", "delay", "value"].iter().find_map(|key| params.number(key))?;
    let unit = ["unit", "units", "period"].iter().find_map(|key| params.text(key))?;
    Minutes::of(number, unit).map(Wait::of)
}
