//! Mailchimp: `GET /3.0/automations` and `GET /3.0/automations/{id}/emails`, the classic automations
//! (<https://mailchimp.com/developer/marketing/api/automation/>). Customer journeys have no such export.

use super::super::catalogue::Flows;
use super::super::delay::{Minutes, Wait};
use super::super::flow::{Filter, Flow, Group, GroupKind, Mail, OnImport, Reentry, State, Step, Trigger};
use super::super::platform::Platform;
use super::super::tree::Tree;

/// Reads automations, with the mails that stand beside or inside them.
pub(super) fn read(tree: &Tree) -> Option<Flows> {
    let is = |one: &&Tree| one.get("trigger_settings").is_some() && one.get("recipients").is_some() && one.get("workflow_id").is_none();
    let automations: Vec<&Tree> = tree.list("automations").iter().chain([tree]).filter(is).collect();
    let emails: Vec<&Tree> = tree.list("emails").iter().filter(|email| email.get("workflow_id").is_some()).collect();
    if automations.is_empty() && emails.is_empty() {
        return None;
    }
    let mut flows = Flows::default();
    for one in automations {
        let id = one.text("id");
        let own = emails.iter().copied().filter(|email| email.text("workflow_id") == id).chain(one.list("emails"));
        flows.flows.push(flow(one, own.collect()));
    }
    // Mails given without their automation: the other file has it, or nothing is known of what starts them.
    let strangers = emails.iter().filter(|email| !flows.flows.iter().any(|flow| flow.id.as_deref() == email.text("workflow_id")));
    let mut ids: Vec<&str> = strangers.filter_map(|email| email.text("workflow_id")).collect();
    ids.dedup();
    for id in ids {
        let own: Vec<&Tree> = emails.iter().copied().filter(|email| email.text("workflow_id") == Some(id)).collect();
        let mut flow = Flow::new(id, Platform::Mailchimp, own.first().map_or_else(|| tree.span.clone(), |email| email.span.clone()));
        flow.id = Some(id.to_owned());
        flow.steps = mails(own);
        flows.flows.push(flow);
    }
    Some(flows)
}

fn flow(tree: &Tree, emails: Vec<&Tree>) -> Flow {
    let title = tree.at(&["settings", "title"]);
    let name = title.and_then(Tree::word).or(tree.text("id")).unwrap_or("an automation without a name");
    let mut flow = Flow::new(name, Platform::Mailchimp, title.map_or_else(|| tree.span.clone(), |title| title.span.clone()));
    flow.id = tree.text("id").map(str::to_owned);
    flow.state = match tree.text("status") {
        Some("sending") => State::Live,
        Some(word @ ("save" | "paused" | "archived")) => State::Off(word.to_owned()),
        word => State::Unknown(word.unwrap_or_default().to_owned()),
    };
    let list = || {
        let name = tree.at(&["recipients", "list_name"]).and_then(Tree::word);
        let id = tree.at(&["recipients", "list_id"]).and_then(Tree::word).unwrap_or_default();
        Group { kind: GroupKind::List, name: name.unwrap_or(id).to_owned(), id: Some(id.to_owned()) }
    };
    let settings = tree.get("trigger_settings");
    let kind = settings.and_then(|settings| settings.text("workflow_type")).unwrap_or("not said");
    flow.triggers.push(match kind {
        "welcomeSeries" | "emailSeries" | "listManager" => Trigger::Joins(list()),
        "date" | "dateAdded" | "birthday" | "specialEvent" | "recurringEvent" => Trigger::Date(kind.to_owned()),
        "abandonedCart" | "abandonedBrowse" | "bestCustomers" | "winBack" | "purchaseFollowup" | "categoryFollowup" | "api"
        | "emailFollowup" | "groupAdd" | "groupRemove" | "mandrill" | "visitUrl" => Trigger::Event(kind.to_owned()),
        other => Trigger::Unknown(format!("workflows of the type `{other}`")),
    });
    let starts = settings.and_then(|settings| settings.flag("trigger_on_import"));
    flow.on_import = match starts {
        Some(true) => OnImport::Starts,
        Some(false) | None => OnImport::Silent,
    };
    let segment = tree.at(&["recipients", "segment_opts"]);
    if let Some(id) = segment.and_then(|segment| segment.text("saved_segment_id")).filter(|id| *id != "0") {
        flow.filters.push(Filter::Member(Group::numbered(GroupKind::Segment, id), true));
    } else if segment.is_some_and(|segment| !segment.list("conditions").is_empty()) {
        flow.filters.push(Filter::Unknown(String::from("conditions of a segment")));
    }
    // Once for each person is what its users tell; Mailchimp's own word for it was not found.
    flow.reentry = Reentry::Never;
    flow.steps = mails(emails);
    if flow.steps.is_empty() {
        let span = flow.span.clone();
        flow.gap(
            format!("what {} sends", flow.name.clone()),
            "its mails are not in the file: add the answer to automations/{id}/emails",
            &span,
        );
    }
    flow.guess_kind();
    flow
}

/// The mails in their order, each behind its pause.
fn mails(mut emails: Vec<&Tree>) -> Vec<Step> {
    emails.sort_by_key(|email| email.number("position").unwrap_or(i64::MAX));
    let mut steps = Vec::new();
    for email in emails {
        if let Some(wait) = email.get("delay").and_then(delay) {
            steps.push(Step::Wait(wait));
        }
        let subject = email.at(&["settings", "subject_line"]).or(email.at(&["settings", "title"]));
        steps.push(Step::Send(Mail {
            name: subject.and_then(Tree::word).unwrap_or("a mail without a subject").to_owned(),
            draft: None,
            codes: Vec::new(),
            live: email.text("status").is_none_or(|status| status == "sending"),
            capped: false,
            span: subject.map_or_else(|| email.span.clone(), |subject| subject.span.clone()),
        }));
    }
    steps
}

fn delay(tree: &Tree) -> Option<Wait> {
    let unit = tree.text("type").unwrap_or("day");
    let amount = tree.number("amount").unwrap_or_default();
    (unit != "now" && amount > 0).then(|| Minutes::of(amount, unit).map(Wait::of))?
}
