//! HubSpot: `GET /automation/v4/flows/{flowId}`, one or many
//! (<https://developers.hubspot.com/docs/api-reference/automation-automation-v4-v4/action-enrollment-reference>).

use super::super::catalogue::Flows;
use super::super::delay::{Minutes, Wait, Weekdays, Window};
use super::super::flow::{Filter, Flow, Group, GroupKind, Mail, Reentry, State, Step, Trigger};
use super::super::platform::Platform;
use super::super::tree::Tree;
use super::graph::{Node, lay_out};
use std::collections::BTreeMap;

/// Reads workflows of contacts, and the names of lists.
pub(super) fn read(tree: &Tree) -> Option<Flows> {
    let is = |one: &&Tree| one.get("enrollmentCriteria").is_some() || one.get("isEnabled").is_some() && one.get("objectTypeId").is_some();
    let all: Vec<&Tree> = [tree].into_iter().chain(tree.list("results")).filter(is).collect();
    let lists: Vec<&Tree> = tree.list("lists").iter().filter(|list| list.get("listId").is_some()).collect();
    if all.is_empty() && lists.is_empty() {
        return None;
    }
    let mut flows = Flows { flows: all.into_iter().map(flow).collect(), ..Flows::default() };
    for list in lists {
        if let (Some(id), Some(name)) = (list.text("listId"), list.text("name")) {
            flows.names.insert(id.to_owned(), name.to_owned());
        }
    }
    Some(flows)
}

fn flow(tree: &Tree) -> Flow {
    let name = tree.get("name");
    let mut flow = Flow::new(
        name.and_then(Tree::word).or(tree.text("id")).unwrap_or("a workflow without a name"),
        Platform::HubSpot,
        name.map_or_else(|| tree.span.clone(), |name| name.span.clone()),
    );
    flow.id = tree.text("id").map(str::to_owned);
    flow.state = match tree.flag("isEnabled") {
        Some(true) => State::Live,
        Some(false) => State::Off(String::from("switched off")),
        None => State::Unknown(String::new()),
    };
    match tree.get("enrollmentCriteria") {
        Some(criteria) => enrolment(&mut flow, criteria),
        None => flow.triggers.push(Trigger::Unknown(String::from("the list of workflows does not say; export each with its own address"))),
    }
    for id in tree.list("suppressionListIds").iter().filter_map(Tree::word) {
        flow.filters.push(Filter::Member(Group::numbered(GroupKind::List, id), false));
    }
    flow.window = window(tree.list("timeWindows"));
    if flow.window.is_none() && !tree.list("timeWindows").is_empty() {
        let span = flow.span.clone();
        flow.gap(
            format!("at which hours {} sends", flow.name.clone()),
            "its time windows differ from day to day; mails are taken to go out at once",
            &span,
        );
    }
    let nodes: BTreeMap<String, &Tree> =
        tree.list("actions").iter().filter_map(|action| Some((action.text("actionId")?.to_owned(), action))).collect();
    let first = tree.text("startActionId").or_else(|| tree.list("actions").first()?.text("actionId"));
    flow.steps = lay_out(&mut flow, &nodes, first, &node);
    flow.guess_kind();
    flow
}

/// What enrols: membership of lists, events, or properties, of which only the first two are understood.
fn enrolment(flow: &mut Flow, criteria: &Tree) {
    flow.reentry = if criteria.flag("shouldReEnroll").unwrap_or(false) { Reentry::Always } else { Reentry::Never };
    match criteria.text("type") {
        Some("LIST_BASED") => {
            let mut filters = Vec::new();
            if let Some(branch) = criteria.get("listFilterBranch") {
                gather(branch, &mut filters, 0);
            }
            for filter in &filters {
                flow.triggers.push(match (filter.text("filterType"), filter.text("listId")) {
                    (Some("IN_LIST"), Some(id)) if filter.text("operator") != Some("NOT_IN_LIST") => {
                        Trigger::Joins(Group::numbered(GroupKind::List, id))
                    }
                    (kind, _) => {
                        let about = filter.text("property").map(|property| format!("the property {property}"));
                        let kind =
                            || kind.map_or_else(|| String::from("nothing that is said"), |kind| kind.to_lowercase().replace('_', " "));
                        Trigger::Unknown(format!("a filter on {}", about.unwrap_or_else(kind)))
                    }
                });
            }
            // Several filters at once must all be true, and what else they ask is then not a trigger of its own.
            let joins = flow.triggers.iter().any(|trigger| matches!(trigger, Trigger::Joins(_)));
            if joins && is_all_of(criteria.get("listFilterBranch"), 0) {
                let others: Vec<Trigger> = flow.triggers.iter().filter(|trigger| matches!(trigger, Trigger::Unknown(_))).cloned().collect();
                flow.triggers.retain(|trigger| !matches!(trigger, Trigger::Unknown(_)));
                flow.filters.extend(
                    others
                        .into_iter()
                        .filter_map(|other| if let Trigger::Unknown(words) = other { Some(Filter::Unknown(words)) } else { None }),
                );
            }
        }
        Some("EVENT_BASED") => {
            for branch in criteria.list("eventFilterBranches") {
                let event = branch.text("eventTypeId").unwrap_or("an event without a number");
                flow.triggers.push(Trigger::Event(event.to_owned()));
                if !branch.list("filters").is_empty() {
                    flow.filters.push(Filter::Unknown(String::from("a filter on the event")));
                }
            }
        }
        // By hand only: no import enrols anybody.
        Some("MANUAL") => flow.triggers.push(Trigger::Event(String::from("enrolled by hand"))),
        kind => flow.triggers.push(Trigger::Unknown(kind.unwrap_or("no type").to_owned())),
    }
}

/// The filters of a branch and of those inside it.
fn gather<'a>(branch: &'a Tree, filters: &mut Vec<&'a Tree>, depth: usize) {
    filters.extend(branch.list("filters"));
    if depth < 20 {
        branch.list("filterBranches").iter().for_each(|inner| gather(inner, filters, depth + 1));
    }
}

/// Whether there is only one way through a branch, on which all filters must be true.
fn is_all_of(branch: Option<&Tree>, depth: usize) -> bool {
    branch.is_none_or(|branch| {
        let inner = branch.list("filterBranches");
        depth > 20
            || inner.len() < 2
                && (branch.text("filterBranchType") != Some("OR") || branch.list("filters").len() < 2)
                && is_all_of(inner.first(), depth + 1)
    })
}

/// The hours in which it sends, where they are the same on all of its days.
fn window(windows: &[Tree]) -> Option<Window> {
    let time = |window: &Tree, key: &str| {
        let at = window.get(key)?;
        jiff::civil::Time::new(i8::try_from(at.number("hour")?).ok()?, i8::try_from(at.number("minute").unwrap_or_default()).ok()?, 0, 0)
            .ok()
    };
    let first = windows.first()?;
    let (from, to) = (time(first, "startTime")?, time(first, "endTime")?);
    let same = windows.iter().all(|window| time(window, "startTime") == Some(from) && time(window, "endTime") == Some(to));
    let days: Vec<&str> = windows.iter().filter_map(|window| window.text("day")).collect();
    if same { Window::new(from, to, Weekdays::of(days)?) } else { None }
}

fn node(flow: &mut Flow, tree: &Tree) -> Node {
    let next = |connection: Option<&Tree>| connection.and_then(|connection| connection.text("nextActionId")).map(str::to_owned);
    let ways: Vec<&Tree> = ["listBranches", "staticBranches", "testBranches"].iter().flat_map(|key| tree.list(key)).collect();
    if !ways.is_empty() {
        let unknown = |way: &Tree| {
            vec![Filter::Unknown(format!("the branch {}", way.text("branchName").or(way.text("branchValue")).unwrap_or("of a test")))]
        };
        let mut ways: Vec<(Vec<Filter>, Option<String>)> =
            ways.into_iter().map(|way| (unknown(way), next(way.get("connection")))).collect();
        ways.push((Vec::new(), next(tree.get("defaultBranch"))));
        return Node { steps: Vec::new(), next: None, ways };
    }
    let fields = tree.get("fields");
    let text = |keys: [&str; 2]| keys.iter().find_map(|key| fields.and_then(|fields| fields.text(key)));
    let list = || text(["listId", "list_id"]).map(|id| Group::numbered(GroupKind::List, id));
    let steps = match tree.text("actionTypeId").or(tree.text("type")).unwrap_or_default() {
        "0-1" => flow.pause(fields.and_then(delay), &tree.span),
        "0-4" => vec![Step::Send(mail(tree, fields))],
        "0-63809083" => list().map(Step::Join).into_iter().collect(),
        "0-63863438" => list().map(Step::Leave).into_iter().collect(),
        "0-15" => text(["flow_id", "workflow_id"]).map(|id| Step::Start(id.to_owned())).into_iter().collect(),
        // Tasks, properties, notes to colleagues, records and code send no mail to the contact.
        "0-3" | "0-5" | "0-8" | "0-9" | "0-11" | "0-14" | "0-31" | "CUSTOM_CODE" | "WEBHOOK" => Vec::new(),
        kind => {
            flow.gap(format!("a step of {}", flow.name.clone()), format!("actions of the type `{kind}` are not understood"), &tree.span);
            Vec::new()
        }
    };
    Node::of(steps, next(tree.get("connection")))
}

fn mail(tree: &Tree, fields: Option<&Tree>) -> Mail {
    let content = fields.and_then(|fields| fields.get("content_id"));
    Mail {
        name: content.and_then(Tree::word).map_or_else(|| String::from("a mail without a number"), |id| format!("email {id}")),
        draft: None,
        codes: Vec::new(),
        live: true,
        capped: false,
        span: content.map_or_else(|| tree.span.clone(), |content| content.span.clone()),
    }
}

fn delay(fields: &Tree) -> Option<Wait> {
    let length = Minutes::of(fields.number("delta").unwrap_or_default(), fields.text("time_unit").unwrap_or("MINUTES"))?;
    let mut wait = Wait::of(length);
    let at = fields.get("time_of_day");
    let hour = at.and_then(|at| at.number("hour")).and_then(|hour| i8::try_from(hour).ok());
    let minute = at.and_then(|at| at.number("minute")).and_then(|minute| i8::try_from(minute).ok()).unwrap_or_default();
    wait.until = hour.and_then(|hour| jiff::civil::Time::new(hour, minute, 0, 0).ok());
    let days: Vec<&str> = fields.list("days_of_week").iter().filter_map(Tree::word).collect();
    wait.weekdays = Weekdays::of(days).unwrap_or(Weekdays::ALL);
    (length.0 > 0 || wait.until.is_some() || wait.weekdays != Weekdays::ALL).then_some(wait)
}
