//! Klaviyo: `GET /api/flows/{id}?additional-fields[flow]=definition`, `GET /api/lists/{id}/flow-triggers`, and the
//! names of lists, segments and metrics (<https://developers.klaviyo.com/en/reference/get_flow>).

use super::super::catalogue::Flows;
use super::super::delay::{Minutes, Wait, Weekdays};
use super::super::flow::{Filter, Flow, Gap, Group, GroupKind, Mail, Reentry, State, Step, Trigger};
use super::super::platform::Platform;
use super::super::tree::Tree;
use super::graph::{Node, lay_out};
use super::klaviyo_conditions::{conditions, segment};
use std::collections::BTreeMap;

/// Reads an answer of the interface: `{"data": …}`.
pub(super) fn read(tree: &Tree) -> Option<Flows> {
    let data = tree.get("data").map_or_else(|| vec![tree], Tree::one_or_more);
    let is =
        |one: &&Tree| matches!(one.text("type"), Some("flow" | "list" | "segment" | "metric" | "tag")) && one.get("attributes").is_some();
    let known: Vec<&Tree> = data.into_iter().chain(tree.list("included")).filter(is).collect();
    if known.is_empty() {
        return None;
    }
    let mut flows = Flows::default();
    let trigger = triggering(tree);
    for one in known {
        let name = one.at(&["attributes", "name"]).and_then(Tree::word);
        match (one.text("type"), one.text("id"), name) {
            (Some("flow"), ..) => flows.flows.push(flow(one, trigger.as_ref())),
            (kind, Some(id), Some(name)) => {
                flows.segments.extend(
                    one.at(&["attributes", "definition"])
                        .filter(|_| kind == Some("segment"))
                        .and_then(|definition| segment(id, name, definition)),
                );
                flows.names.insert(id.to_owned(), name.to_owned());
            }
            _ => {}
        }
    }
    if tree.at(&["links", "next"]).is_some() {
        flows.gaps.push(Gap {
            what: String::from("the flows of further pages"),
            why: String::from("the answer has a next page, and only this one was given"),
            remedy: Some(String::from("export all pages")),
            span: tree.span.clone(),
        });
    }
    Some(flows)
}

/// What starts the flows of an answer to `lists/{id}/flow-triggers`, as its own address tells.
fn triggering(tree: &Tree) -> Option<Trigger> {
    let own = tree.at(&["links", "self"])?.word()?;
    let path = own.split(['?', '#']).next()?.trim_end_matches('/').strip_suffix("/flow-triggers")?;
    let (rest, id) = path.rsplit_once('/')?;
    Some(match rest.rsplit('/').next()? {
        "lists" => Trigger::Joins(Group::numbered(GroupKind::List, id)),
        "segments" => Trigger::Joins(Group::numbered(GroupKind::Segment, id)),
        "metrics" => Trigger::Event(id.to_owned()),
        _ => return None,
    })
}

fn flow(tree: &Tree, trigger: Option<&Trigger>) -> Flow {
    let attributes = tree.get("attributes");
    let name = attributes.and_then(|attributes| attributes.get("name"));
    let mut flow = Flow::new(
        name.and_then(Tree::word).or(tree.text("id")).unwrap_or("a flow without a name"),
        Platform::Klaviyo,
        name.map_or_else(|| tree.span.clone(), |name| name.span.clone()),
    );
    flow.id = tree.text("id").map(str::to_owned);
    let archived = attributes.and_then(|attributes| attributes.flag("archived")).unwrap_or(false);
    flow.state = match attributes.and_then(|attributes| attributes.text("status")) {
        _ if archived => State::Off(String::from("archived")),
        Some("live") => State::Live,
        // Manual mails wait for a person.
        Some(word @ ("draft" | "manual" | "disabled")) => State::Off(word.to_owned()),
        word => State::Unknown(word.unwrap_or_default().to_owned()),
    };
    if let Some(definition) = attributes.and_then(|attributes| attributes.get("definition")) {
        defined(&mut flow, definition);
    } else {
        flow.triggers.extend(trigger.cloned());
        if flow.triggers.is_empty() {
            let kind = attributes.and_then(|attributes| attributes.text("trigger_type")).unwrap_or("not said").to_owned();
            flow.triggers.push(Trigger::Unknown(format!("its trigger type is `{kind}`, and its definition is not in the file")));
        }
        let span = flow.span.clone();
        flow.gap(
            format!("what {} sends", flow.name.clone()),
            "its definition is not in the file: export it with additional-fields[flow]=definition",
            &span,
        );
    }
    flow.guess_kind();
    flow
}

fn defined(flow: &mut Flow, definition: &Tree) {
    for tree in definition.list("triggers") {
        let id = tree.text("id").unwrap_or_default();
        flow.triggers.push(match tree.text("type") {
            Some("list") => Trigger::Joins(Group::numbered(GroupKind::List, id)),
            Some("segment") => Trigger::Joins(Group::numbered(GroupKind::Segment, id)),
            Some("metric") => Trigger::Event(id.to_owned()),
            Some("date") => Trigger::Date(tree.text("profile_property").or(tree.text("date_field_type")).unwrap_or("a date").to_owned()),
            kind => Trigger::Unknown(kind.unwrap_or("no type").to_owned()),
        });
        if tree.get("trigger_filter").is_some() {
            flow.filters.push(Filter::Unknown(String::from("a filter on the event itself")));
        }
    }
    // A flow starts once a person where its trigger is a list, unless its definition says otherwise.
    let by_group = flow.triggers.iter().any(|trigger| matches!(trigger, Trigger::Joins(_)));
    flow.reentry = match definition.get("reentry_criteria") {
        Some(criteria) => reentry(criteria),
        None if by_group => Reentry::Never,
        None => Reentry::Always,
    };
    flow.filters.extend(conditions(definition.get("profile_filter"), flow.id.as_deref()));
    let nodes: BTreeMap<String, &Tree> = definition.list("actions").iter().filter_map(|action| Some((number(action)?, action))).collect();
    let first = definition.text("entry_action_id").map(str::to_owned).or_else(|| definition.list("actions").first().and_then(number));
    flow.steps = lay_out(flow, &nodes, first.as_deref(), &node);
}

fn number(action: &Tree) -> Option<String> {
    action.text("id").or(action.text("temporary_id")).map(str::to_owned)
}

fn reentry(criteria: &Tree) -> Reentry {
    let number = criteria.number("duration").unwrap_or_default();
    match criteria.text("unit") {
        Some("alltime") if number == 0 => Reentry::Always,
        Some("alltime") => Reentry::Never,
        Some(unit) => Minutes::of(number, unit).map_or(Reentry::Unknown, Reentry::After),
        None => Reentry::Unknown,
    }
}

fn node(flow: &mut Flow, tree: &Tree) -> Node {
    let link = |name: &str| tree.at(&["links", name]).and_then(Tree::word).map(str::to_owned);
    let data = tree.get("data");
    let steps = match tree.text("type").unwrap_or_default() {
        "send-email" => vec![Step::Send(mail(tree, data))],
        "time-delay" | "countdown-delay" => flow.pause(data.and_then(delay), &tree.span),
        "list-update" => list_update(data),
        "conditional-split" | "trigger-split" => {
            let mut filters = conditions(data.and_then(|data| data.get("profile_filter")), flow.id.as_deref());
            if filters.is_empty() {
                filters.push(Filter::Unknown(String::from("a condition on the event")));
            }
            let ways = vec![(filters, link("next_if_true")), (Vec::new(), link("next_if_false"))];
            return Node { steps: Vec::new(), next: None, ways };
        }
        // Text messages, notes to colleagues and changes of the profile are no mails.
        "send-sms" | "send-mobile-push" | "send-whatsapp" | "send-webhook" | "send-internal-alert" | "update-profile" | "code" => {
            Vec::new()
        }
        kind => {
            flow.gap(format!("a step of {}", flow.name.clone()), format!("steps of the kind `{kind}` are not understood"), &tree.span);
            Vec::new()
        }
    };
    Node::of(steps, link("next"))
}

fn mail(tree: &Tree, data: Option<&Tree>) -> Mail {
    let message = data.and_then(|data| data.get("message"));
    let subject = message.and_then(|message| message.get("subject_line").or(message.get("name")));
    let status = data.and_then(|data| data.text("status"));
    Mail {
        name: subject.and_then(Tree::word).unwrap_or("a mail without a subject").to_owned(),
        draft: None,
        codes: Vec::new(),
        live: status.is_none_or(|status| status == "live"),
        capped: message.and_then(|message| message.flag("smart_sending_enabled")).unwrap_or(false),
        span: subject.map_or_else(|| tree.span.clone(), |subject| subject.span.clone()),
    }
}

fn delay(data: &Tree) -> Option<Wait> {
    let first = Minutes::of(data.number("value")?, data.text("unit")?)?;
    // The second value counts the next smaller unit.
    let unit = if data.text("unit")?.starts_with("day") { "hours" } else { "minutes" };
    let second = data.number("secondary_value").and_then(|number| Minutes::of(number, unit)).map_or(0, |length| length.0);
    let mut wait = Wait::of(Minutes(first.0 + second));
    wait.until = data.text("delay_until_time").and_then(|time| time.parse().ok());
    let days: Vec<&str> = data.list("delay_until_weekdays").iter().filter_map(Tree::word).collect();
    wait.weekdays = Weekdays::of(days).unwrap_or(Weekdays::ALL);
    Some(wait)
}

fn list_update(data: Option<&Tree>) -> Vec<Step> {
    let Some(id) = data.and_then(|data| data.text("list_id")) else { return Vec::new() };
    let group = Group::numbered(GroupKind::List, id);
    let removes = data.and_then(|data| data.text("operation").or(data.text("action"))).is_some_and(|word| word.contains("remove"));
    vec![if removes { Step::Leave(group) } else { Step::Join(group) }]
}
