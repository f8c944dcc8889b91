//! Customer.io: `GET /v1/campaigns`, `GET /v1/campaigns/{id}/actions` and `GET /v1/segments`
//! (<https://docs.customer.io/integrations/api/app/tag/campaigns/listCampaigns/>). Neither answer tells how long a
//! campaign waits between its mails.

use super::super::catalogue::Flows;
use super::super::flow::{Filter, Flow, Group, GroupKind, Mail, Reentry, State, Step, Trigger};
use super::super::platform::Platform;
use super::super::tree::Tree;
use std::collections::BTreeMap;

/// Reads campaigns, the mails of their actions, and the names of segments.
pub(super) fn read(tree: &Tree) -> Option<Flows> {
    let is = |one: &&Tree| one.get("deduplicate_id").is_some() && one.get("actions").is_some();
    let campaigns: Vec<&Tree> = tree.list("campaigns").iter().chain(tree.get("campaign")).filter(is).collect();
    let actions: Vec<&Tree> = tree.list("actions").iter().filter(|action| action.get("campaign_id").is_some()).collect();
    let segments: Vec<&Tree> = tree.list("segments").iter().filter(|segment| segment.get("deduplicate_id").is_some()).collect();
    if campaigns.is_empty() && actions.is_empty() && segments.is_empty() {
        return None;
    }
    let mut flows = Flows::default();
    for segment in segments {
        if let (Some(id), Some(name)) = (segment.text("id"), segment.text("name")) {
            flows.names.insert(id.to_owned(), name.to_owned());
        }
    }
    let mut by_campaign: BTreeMap<&str, Vec<&Tree>> = BTreeMap::new();
    for action in actions {
        by_campaign.entry(action.text("campaign_id").unwrap_or_default()).or_default().push(action);
    }
    for one in campaigns {
        let own = one.text("id").and_then(|id| by_campaign.remove(id)).unwrap_or_default();
        flows.flows.push(flow(one, &own));
    }
    for (id, own) in by_campaign {
        let mut flow = Flow::new(id, Platform::CustomerIo, own.first().map_or_else(|| tree.span.clone(), |action| action.span.clone()));
        flow.id = Some(id.to_owned());
        flow.steps = own.iter().filter_map(|action| mail(action)).map(Step::Send).collect();
        flows.flows.push(flow);
    }
    Some(flows)
}

fn flow(tree: &Tree, actions: &[&Tree]) -> Flow {
    let name = tree.get("name");
    let mut flow = Flow::new(
        name.and_then(Tree::word).unwrap_or("a campaign without a name"),
        Platform::CustomerIo,
        name.map_or_else(|| tree.span.clone(), |name| name.span.clone()),
    );
    flow.id = tree.text("id").map(str::to_owned);
    flow.state = match (tree.text("state"), tree.flag("active")) {
        (Some("running"), _) | (None, Some(true)) => State::Live,
        (Some(word @ ("draft" | "stopped")), _) => State::Off(word.to_owned()),
        (None, Some(false)) => State::Off(String::from("not active")),
        (word, _) => State::Unknown(word.unwrap_or_default().to_owned()),
    };
    let segments =
        |key: &str| tree.list(key).iter().filter_map(Tree::word).map(|id| Group::numbered(GroupKind::Segment, id)).collect::<Vec<_>>();
    flow.triggers.extend(segments("trigger_segment_ids").into_iter().map(Trigger::Joins));
    flow.triggers.extend(tree.text("event_name").map(|event| Trigger::Event(event.to_owned())));
    flow.triggers.extend(tree.text("date_attribute").map(|date| Trigger::Date(date.to_owned())));
    if flow.triggers.is_empty() {
        flow.triggers
            .push(Trigger::Unknown(format!("the type `{}`, with no segment, event or date", tree.text("type").unwrap_or("not said"))));
    }
    flow.filters = segments("filter_segment_ids").into_iter().map(|segment| Filter::Member(segment, true)).collect();
    flow.reentry = match tree.text("frequency") {
        Some("once" | "one_time") => Reentry::Never,
        Some("always" | "every_time" | "every_re-match") => Reentry::Always,
        _ => Reentry::Unknown,
    };
    let listed = if actions.is_empty() { tree.list("actions").iter().collect() } else { actions.to_vec() };
    let mails: Vec<Mail> = listed.iter().filter_map(|action| mail(action)).collect();
    if mails.len() > 1 {
        flow.is_timeless = true;
        let span = flow.span.clone();
        flow.gap(
            format!("on which days {} sends", flow.name.clone()),
            "the export does not tell how long it waits; all mails are taken to go out at once",
            &span,
        );
    }
    flow.steps = mails.into_iter().map(Step::Send).collect();
    flow.guess_kind();
    flow
}

fn mail(action: &Tree) -> Option<Mail> {
    if action.text("type") != Some("email") {
        return None;
    }
    let name = action.get("subject").or(action.get("name")).or(action.get("id"));
    Some(Mail {
        name: name.and_then(Tree::word).unwrap_or("a mail without a subject").to_owned(),
        draft: None,
        codes: Vec::new(),
        live: action.text("sending_state").is_none_or(|state| state == "automatic"),
        capped: false,
        span: name.map_or_else(|| action.span.clone(), |name| name.span.clone()),
    })
}
