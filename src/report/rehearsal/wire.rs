//! The rehearsal for programs. These structs are the wire format, version 1; nothing else of the program is serialised.

use super::super::flows::GapV1;
use super::super::{Format, Report};
use super::{cause_words, held_words};
use crate::flows::{Act, ChangeFacts, Mailing, Rehearsal};
use crate::json::written;
use serde::Serialize;
use serde_json::value::RawValue;

#[derive(Serialize)]
struct RehearsalV1<'a> {
    version: u32,
    at: String,
    people: u64,
    changes: Vec<ChangeV1<'a>>,
    flows: Vec<RunV1<'a>>,
    mailings: Vec<MailingV1>,
    codes: Vec<GiftV1<'a>>,
    mails_per_person: Vec<LoadV1>,
    mails_per_day: Vec<DayV1>,
    not_rehearsed: Vec<NotRehearsedV1<'a>>,
    report: Box<RawValue>,
}

#[derive(Serialize)]
struct ChangeV1<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    into: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a str>,
    at: String,
    rows: u64,
    people: u64,
    left_out: u64,
    rows_without_address: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undated: Option<u64>,
}

#[derive(Serialize)]
struct RunV1<'a> {
    flow: &'a str,
    people: u64,
    starts: u64,
    certain: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<u64>,
    customers: u64,
    repeated: u64,
    opted_out: u64,
    no_consent: u64,
    old_events: u64,
    looped: u64,
    causes: Vec<CauseV1>,
    held: Vec<HeldV1>,
}

#[derive(Serialize)]
struct CauseV1 {
    by: String,
    people: u64,
}

#[derive(Serialize)]
struct HeldV1 {
    why: &'static str,
    times: u64,
}

#[derive(Serialize)]
struct MailingV1 {
    at: String,
    sender: String,
    mail: String,
    mails: u64,
    people: u64,
    certain: u64,
    skipped: u64,
}

#[derive(Serialize)]
struct GiftV1<'a> {
    code: &'a str,
    flow: &'a str,
    people: u64,
    customers: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost_up_to: Option<String>,
}

#[derive(Serialize)]
struct LoadV1 {
    mails: u64,
    people: u64,
}

#[derive(Serialize)]
struct DayV1 {
    day: String,
    mails: u64,
}

#[derive(Serialize)]
struct NotRehearsedV1<'a> {
    #[serde(flatten)]
    gap: GapV1<'a>,
    /// Whether something could happen that is not shown at all; otherwise numbers are only "up to".
    grave: bool,
}

/// The rehearsal and its findings for programs, version 1.
pub(in crate::report) fn json(rehearsal: &Rehearsal, report: &Report) -> String {
    let inner = super::super::render(report, Format::Json);
    let wire = RehearsalV1 {
        version: 1,
        at: rehearsal.plan.at.to_string(),
        people: rehearsal.people,
        changes: rehearsal.plan.changes.iter().zip(&rehearsal.changes).map(|(change, facts)| change_v1(change, facts)).collect(),
        flows: (0..rehearsal.runs.len()).filter_map(|at| run_v1(rehearsal, at)).collect(),
        mailings: rehearsal.mailings.iter().map(|mailing| mailing_v1(rehearsal, mailing)).collect(),
        codes: rehearsal.gifts.iter().map(|gift| gift_v1(rehearsal, gift)).collect(),
        mails_per_person: rehearsal.load.people.iter().map(|(mails, people)| LoadV1 { mails: *mails, people: *people }).collect(),
        mails_per_day: rehearsal.load.days.iter().map(|(day, mails)| DayV1 { day: day.to_string(), mails: *mails }).collect(),
        not_rehearsed: rehearsal.gaps.iter().map(|gap| NotRehearsedV1 { gap: GapV1::of(&gap.gap), grave: gap.grave }).collect(),
        report: RawValue::from_string(inner.trim_end().to_owned()).unwrap_or_default(),
    };
    written(&wire)
}

fn change_v1<'a>(change: &'a crate::flows::Change, facts: &ChangeFacts) -> ChangeV1<'a> {
    let (into, event) = match &change.act {
        Act::Add { into, .. } => (Some(into.as_str()), None),
        Act::Import { event, .. } => (None, Some(event.as_str())),
    };
    ChangeV1 {
        file: &change.file.path,
        into,
        event,
        at: change.at.to_string(),
        rows: facts.rows,
        people: facts.people,
        left_out: facts.left_out,
        rows_without_address: facts.no_address,
        oldest: facts.events.as_ref().and_then(|events| events.oldest).map(|oldest| oldest.to_string()),
        undated: facts.events.as_ref().map(|events| events.undated),
    }
}

fn run_v1(rehearsal: &Rehearsal, at: usize) -> Option<RunV1<'_>> {
    let (flow, run) = (rehearsal.flows.flows.get(at)?, rehearsal.runs.get(at)?);
    if run.starts == 0 && run.held.is_empty() {
        return None;
    }
    Some(RunV1 {
        flow: &flow.name,
        people: run.people.people,
        starts: run.starts,
        certain: run.certain,
        expected: rehearsal.expected(at).map(|expected| expected.people),
        customers: run.customers.people,
        repeated: run.repeated.people,
        opted_out: run.opted_out.people,
        no_consent: run.no_consent.people,
        old_events: run.old_starts,
        looped: run.looped.people,
        causes: run.causes.iter().map(|(cause, people)| CauseV1 { by: cause_words(rehearsal, *cause), people: *people }).collect(),
        held: run.held.iter().map(|(held, times)| HeldV1 { why: held_words(*held), times: *times }).collect(),
    })
}

fn mailing_v1(rehearsal: &Rehearsal, mailing: &Mailing) -> MailingV1 {
    let (sender, mail) = rehearsal.sender(mailing.sender);
    MailingV1 {
        at: mailing.at.to_string(),
        sender,
        mail,
        mails: mailing.mails,
        people: mailing.people,
        certain: mailing.certain,
        skipped: mailing.skipped,
    }
}

fn gift_v1<'a>(rehearsal: &'a Rehearsal, gift: &'a crate::flows::Gift) -> GiftV1<'a> {
    GiftV1 {
        code: &gift.code,
        flow: rehearsal.flows.flows.get(gift.flow).map_or("", |flow| flow.name.as_str()),
        people: gift.people,
        customers: gift.customers,
        cost_up_to: gift.stake.as_ref().map(|stake| stake.for_people(gift.people)),
    }
}
