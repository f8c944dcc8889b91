//! What a rehearsal showed: what starts for whom, which mails go out on which day, what it could cost, and how many mails people get.

mod wire;

use super::harmless;
use crate::finding::{grouped, people};
use crate::flows::{Act, Cause, ChangeFacts, EventFacts, Held, Mailing, Rehearsal, Run};
use std::fmt::Write as _;

pub(super) use wire::json;

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// How many mailings, days and sizes are shown; all are in the JSON.
pub(super) const SHOWN: usize = 40;

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

/// What a change does, and to how many.
pub(super) fn change_line(act: &Act, path: &str, facts: &ChangeFacts) -> String {
    match act {
        Act::Add { into, from: None } => format!("{} of {path} are added to {into}", people(facts.people)),
        Act::Add { into, from: Some(from) } => format!("{} of {path} are moved from {from} to {into}", people(facts.people)),
        Act::Import { event, .. } => {
            format!("{} events of {} in {path} are imported as {event}", grouped(facts.rows), people(facts.people))
        }
    }
}

/// What else is known of a change.
pub(super) fn notes(facts: &ChangeFacts, rehearsal: &Rehearsal) -> Vec<String> {
    let mut notes = Vec::new();
    if facts.left_out > 0 {
        let have = if facts.left_out == 1 { "has" } else { "have" };
        notes.push(format!("{} {have} opted out or bounced by the lists' own columns: no mail for them", people(facts.left_out)));
    }
    if facts.no_address > 0 {
        let rows = if facts.no_address == 1 { String::from("1 row has") } else { format!("{} rows have", grouped(facts.no_address)) };
        notes.push(format!("{rows} no address that can be one"));
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
        let up_to = run.up_to();
        let times = if run.starts > run.people.people { format!(", {} times in all", grouped(run.starts)) } else { String::new() };
        let _ = writeln!(
            out,
            "  {BOLD}{}{PLAIN} starts for {up_to}{}{times}{}",
            harmless(&flow.name),
            people(run.people.people),
            expected_words(rehearsal, at)
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

/// What is expected of a flow, as the end of a sentence.
pub(super) fn expected_words(rehearsal: &Rehearsal, flow: usize) -> String {
    rehearsal.expected(flow).map(|expected| format!("; {} expected", grouped(expected.people))).unwrap_or_default()
}

/// What made a flow start.
pub(super) fn cause_words(rehearsal: &Rehearsal, cause: Cause) -> String {
    match cause {
        Cause::Change(change) => rehearsal.plan.changes.get(change).map_or_else(String::new, |change| match &change.act {
            Act::Add { into, .. } => format!("joining {into}"),
            Act::Import { event, .. } => format!("the event {event}"),
        }),
        Cause::Flow(flow) => rehearsal.flows.flows.get(flow).map_or_else(String::new, |flow| format!("the flow {}", flow.name)),
    }
}

/// Why a flow did not start.
pub(super) fn held_words(held: Held) -> &'static str {
    match held {
        Held::AlreadyIn => "they are in its list already",
        Held::Import => "imports do not start it",
        Held::Filter => "its filter keeps them out",
        Held::Again => "they have been through it",
        Held::TooOld => "the events are older than it allows",
        Held::Off => "it is switched off",
    }
}

/// Whom a flow meets, a line for each kind that there is.
pub(super) fn who(run: &Run) -> Vec<String> {
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

/// What is to be said of a mail beside its number.
pub(super) fn beside(mailing: &Mailing) -> String {
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
        let up_to = rehearsal.runs.get(gift.flow).map_or("", Run::up_to);
        let cost = gift.stake.as_ref().map(|stake| format!("; {}", stake.for_people(gift.people))).unwrap_or_default();
        let customers = if gift.customers > 0 { format!(", {} of them customers already", grouped(gift.customers)) } else { String::new() };
        let _ = writeln!(
            out,
            "  {} from {} for {up_to}{}{customers}{}",
            harmless(&gift.code),
            harmless(flow),
            people(gift.people),
            harmless(&cost)
        );
    }
    out.push('\n');
}

/// What stands behind the heading of mails by person and by day, where they may be fewer.
pub(super) fn up_to(rehearsal: &Rehearsal) -> &'static str {
    if rehearsal.is_open() { ", up to" } else { "" }
}

fn write_load(out: &mut String, rehearsal: &Rehearsal) {
    if rehearsal.load.people.is_empty() {
        return;
    }
    heading(out, &format!("Mails for one person within {} days, campaigns included{}", rehearsal.plan.days, up_to(rehearsal)));
    for (mails, number) in rehearsal.load.people.iter().rev().take(SHOWN) {
        let _ = writeln!(out, "  {mails:>4} {}  {}", if *mails == 1 { "mail " } else { "mails" }, people(*number));
    }
    if let Some((mails, day)) = rehearsal.load.worst_day.filter(|(mails, _)| *mails > 1) {
        let _ = writeln!(out, "  the most on one day: {mails}, on {}", day.strftime("%a %-d %B %Y"));
    }
    out.push('\n');
}
