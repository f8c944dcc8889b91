//! The map of flows for programs, version 1.

use super::{again, chains, trigger};
use crate::flows::{Flow, Flows, OnImport, Posted};
use crate::json::written;
use serde::Serialize;

#[derive(Serialize)]
struct MapV1<'a> {
    version: u32,
    flows: Vec<FlowV1<'a>>,
    loops: Vec<Vec<&'a str>>,
    chains: Vec<Vec<&'a str>>,
    not_understood: Vec<GapV1<'a>>,
}

#[derive(Serialize)]
struct FlowV1<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    platform: &'static str,
    live: bool,
    starts: Vec<String>,
    imports: &'static str,
    only: Vec<String>,
    again: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    age_limit: Option<String>,
    mails: Vec<MailV1<'a>>,
    leads_to: Vec<&'a str>,
    place: String,
}

#[derive(Serialize)]
struct MailV1<'a> {
    name: &'a str,
    /// How long after the start of the flow it goes out, in words.
    after: String,
    live: bool,
    coupons: &'a [String],
}

#[derive(Serialize)]
pub(in crate::report) struct GapV1<'a> {
    pub(in crate::report) what: &'a str,
    pub(in crate::report) why: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) remedy: Option<&'a str>,
    pub(in crate::report) place: String,
}

impl<'a> GapV1<'a> {
    pub(in crate::report) fn of(gap: &'a crate::flows::Gap) -> Self {
        Self { what: &gap.what, why: &gap.why, remedy: gap.remedy.as_deref(), place: gap.span.place().to_string() }
    }
}

/// The map for programs, version 1.
pub(in crate::report) fn json(flows: &Flows) -> String {
    let name = |at: usize| flows.flows.get(at).map_or("", |flow| flow.name.as_str());
    let names = |ways: Vec<Vec<usize>>| ways.into_iter().map(|way| way.into_iter().map(name).collect()).collect();

    let wire = MapV1 {
        version: 1,
        flows: flows.flows.iter().enumerate().map(|(at, flow)| flow_v1(flows, at, flow)).collect(),
        loops: names(flows.loops()),
        chains: names(chains(flows)),
        not_understood: flows.gaps.iter().chain(flows.flows.iter().flat_map(|flow| &flow.gaps)).map(GapV1::of).collect(),
    };
    written(&wire)
}

fn mail_v1<'a>(posted: &Posted<'a>) -> MailV1<'a> {
    MailV1 { name: &posted.mail.name, after: posted.in_words(), live: posted.mail.live, coupons: &posted.mail.codes }
}

fn flow_v1<'a>(flows: &'a Flows, at: usize, flow: &'a Flow) -> FlowV1<'a> {
    let mut leads_to: Vec<&str> =
        flows.sets_off(at).into_iter().filter_map(|(other, _)| Some(flows.flows.get(other)?.name.as_str())).collect();
    leads_to.dedup();
    FlowV1 {
        name: &flow.name,
        id: flow.id.as_deref(),
        platform: flow.platform.name(),
        live: flow.may_run(),
        starts: flow.triggers.iter().map(trigger).collect(),
        imports: match flow.on_import {
            OnImport::Starts => "start it",
            OnImport::Silent => "do not start it",
            OnImport::Presumed => "not verified",
        },
        only: flow.filters.iter().map(crate::flows::Filter::in_words).collect(),
        again: again(flow.reentry),
        age_limit: flow.age_limit.map(crate::flows::Minutes::in_words),
        mails: flow.timeline().iter().map(mail_v1).collect(),
        leads_to,
        place: flow.span.place().to_string(),
    }
}
