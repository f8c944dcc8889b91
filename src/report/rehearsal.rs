//! What a rehearsal showed: what starts for whom, which mails go out on which day, what it could cost, and how many mails people get.

use super::flows::GapV1;
use super::{Format, Report, harmless};
use crate::finding::{grouped, people};
use crate::flows::{Act, Cause, ChangeFacts, EventFacts, Held, Mailing, Rehearsal, Run};
use serde::Serialize;
use serde_json::value::RawValue;
use std::fmt::Write as _;

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// How many mailings, days and sizes are shown; all are in the JSON.
const SHOWN: usize = 40;

/// The rehearsal for people; the findings follow it.
pub(super) fn text(rehearsal: &Rehearsal) -> String {
    let mut out = String::new();
    write_changes(&mut out, rehearsal);
    write_runs(&mut out, rehearsal);
    write_mailings(&mut out, rehearsal);
    write_gifts(&mut out, rehearsal);
    write_load(&mut out, rehearsal);
    out
}

fn heading(out: &mut String, text: &str) {
    let _ = writeln!(out, "{BOLD}{text}{PLAIN}");
}

fn write_changes(out: &mut String, rehearsal: &Rehearsal) {
    heading(out, "What is to be done");
    for (change, facts) in rehearsal.plan.changes.iter().zip(&rehearsal.changes) {
        let _ = writeln!(out, "  {}", harmless(&change_line(&change.act, &change.file.path, facts)));
        let _ = writeln!(out, "    {DIM}{}{PLAIN}", change.at.strftime("%a %-d %B %Y, %H:%M %Z"));
        for note in notes(facts, rehearsal) {
            let _ = writeln!(out, "    {}", harmless(&note));
        }
    }
    out.push('\n');
}

fn change_line(act: &Act, path: &str, facts: &ChangeFacts) -> String {
    match act {
        Act::Add { into, from: None } => format!("{} of {path} are added to {into}", people(facts.people)),
        Act::Add { into, from: Some(from) } => format!("{} of {path} are moved from {from} to {into}", people(facts.people)),
        Act::Import { event, .. } => {
            format!("{} events of {} in {path} are imported as {event}", grouped(facts.rows), people(facts.people))
        }
    }
}

fn notes(facts: &ChangeFacts, rehearsal: &Rehearsal) -> Vec<String> {
    let mut notes = Vec::new();
    if facts.left_out > 0 {
        notes.push(format!("{} have opted out or bounced by the lists' own columns; they get no mail", people(facts.left_out)));
    }
    if facts.no_address > 0 {
        notes.push(format!("{} rows have no address that can be one", grouped(facts.no_address)));
    }
    if let Some(EventFacts { oldest: Some(oldest), newest: Some(newest), column: Some(column), .. }) = &facts.events {
        let day = |at: &jiff::Timestamp| at.to_zoned(rehearsal.plan.at.time_zone().clone()).strftime("%-d %B %Y").to_string();
        notes.push(format!("they happened from {} to {} (column {column})", day(oldest), day(newest)));
    }
    notes
}

fn write_runs(out: &mut String, rehearsal: &Rehearsal) {
    heading(out, "What it sets off");
    let mut any = false;
    for (at, flow, run) in rehearsal.started() {
        any = true;
        let up_to = if run.certain < run.people.people { "up to " } else { "" };
        let times = if run.starts > run.people.people { format!(", {} times in all", grouped(run.starts)) } else { String::new() };
        let _ = writeln!(
            out,
            "  {BOLD}{}{PLAIN} starts for {up_to}{}{times}{}",
            harmless(&flow.name),
            people(run.people.people),
            expected(rehearsal, at)
        );
        for (cause, number) in &run.causes {
            let _ = writeln!(out, "    {DIM}by{PLAIN}  {}: {}", harmless(&cause_words(rehearsal, *cause)), people(*number));
        }
        for line in who(run) {
            let _ = writeln!(out, "    {line}");
        }
    }
    for (flow, run) in rehearsal.flows.flows.iter().zip(&rehearsal.runs).filter(|(_, run)| !run.held.is_empty()) {
        for (held, times) in &run.held {
            let _ = writeln!(out, "  {DIM}{} does not start for {}: {}{PLAIN}", harmless(&flow.name), grouped(*times), held_words(*held));
        }
    }
    if !any {
        let _ = writeln!(out, "  no flow starts, as far as it could be rehearsed");
    }
    out.push('\n');
}

fn expected(rehearsal: &Rehearsal, flow: usize) -> String {
    rehearsal.expected(flow).map(|expected| format!("; {} expected", grouped(expected.people))).unwrap_or_default()
}

fn cause_words(rehearsal: &Rehearsal, cause: Cause) -> String {
    match cause {
        Cause::Change(change) => rehearsal.plan.changes.get(change).map_or_else(String::new, |change| match &change.act {
            Act::Add { into, .. } => format!("joining {into}"),
            Act::Import { event, .. } => format!("the event {event}"),
        }),
        Cause::Flow(flow) => rehearsal.flows.flows.get(flow).map_or_else(String::new, |flow| format!("the flow {}", flow.name)),
    }
}

fn held_words(held: Held) -> &'static str {
    match held {
        Held::AlreadyIn => "they are in it already",
        Held::Import => "imports do not start it",
        Held::Filter => "its filter keeps them out",
        Held::Again => "they have been through it",
        Held::TooOld => "the events are older than it allows",
        Held::Off => "it is switched off",
    }
}

/// Whom a flow meets, a line for each kind that there is.
fn who(run: &Run) -> Vec<String> {
    let kinds = [
        (&run.customers, "customers already"),
        (&run.repeated, "have had it or its like before"),
        (&run.opted_out, "have opted out, bounced or must not be mailed"),
        (&run.no_consent, "never said yes"),
        (&run.old, "because of events that are old news"),
    ];
    let known = kinds.into_iter().filter(|(tally, _)| tally.people > 0);
    known.map(|(tally, what)| format!("{} of them: {what}", grouped(tally.people))).collect()
}

fn write_mailings(out: &mut String, rehearsal: &Rehearsal) {
    if rehearsal.mailings.is_empty() {
        return;
    }
    heading(out, "Which mails go out when");
    for mailing in rehearsal.mailings.iter().take(SHOWN) {
        let (sender, mail) = rehearsal.sender(mailing.sender);
        let at = mailing.at.with_time_zone(rehearsal.plan.at.time_zone().clone()).strftime("%a %-d %b %Y %H:%M").to_string();
        let _ =
            writeln!(out, "  {at:>21}  {:>10}  {}: \"{}\"{}", grouped(mailing.mails), harmless(&sender), harmless(&mail), beside(mailing));
    }
    if rehearsal.mailings.len() > SHOWN {
        let _ = writeln!(out, "  … and {} more (all are in --format json)", rehearsal.mailings.len() - SHOWN);
    }
    out.push('\n');
}

fn beside(mailing: &Mailing) -> String {
    let mut beside = String::new();
    if mailing.certain < mailing.mails {
        beside.push_str(" (up to)");
    }
    if mailing.mails > mailing.people && mailing.people > 0 {
        let _ = write!(beside, " (to {})", people(mailing.people));
    }
    if mailing.skipped > 0 {
        let _ = write!(beside, " ({} left out: mailed shortly before)", grouped(mailing.skipped));
    }
    beside
}

fn write_gifts(out: &mut String, rehearsal: &Rehearsal) {
    if rehearsal.gifts.is_empty() {
        return;
    }
    heading(out, "Which codes go out");
    for gift in &rehearsal.gifts {
        let flow = rehearsal.flows.flows.get(gift.flow).map_or("", |flow| flow.name.as_str());
        let cost = gift.stake.as_ref().map(|stake| format!("; {}", stake.for_people(gift.people))).unwrap_or_default();
        let customers = if gift.customers > 0 { format!(", {} of them customers already", grouped(gift.customers)) } else { String::new() };
        let _ =
            writeln!(out, "  {} from {} for {}{customers}{}", harmless(&gift.code), harmless(flow), people(gift.people), harmless(&cost));
    }
    out.push('\n');
}

fn write_load(out: &mut String, rehearsal: &Rehearsal) {
    if rehearsal.load.people.is_empty() {
        return;
    }
    heading(out, &format!("Mails for one person within {} days, campaigns included", rehearsal.plan.days));
    for (mails, number) in rehearsal.load.people.iter().rev().take(SHOWN) {
        let _ = writeln!(out, "  {mails:>4} mails  {}", people(*number));
    }
    if let Some((mails, day)) = rehearsal.load.worst_day.filter(|(mails, _)| *mails > 1) {
        let _ = writeln!(out, "  the most on one day: {mails}, on {}", day.strftime("%a %-d %B %Y"));
    }
    out.push('\n');
}

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
pub(super) fn json(rehearsal: &Rehearsal, report: &Report) -> String {
    let inner = super::render(report, Format::Json);
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
    serde_json::to_string_pretty(&wire).map(|text| text + "\n").unwrap_or_default()
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
