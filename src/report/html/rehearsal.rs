//! A rehearsal on the page: what is done, what it sets off, which mails and codes go out, and how many mails people get.

use super::super::rehearsal::{beside, change_line, expected_words, notes, up_to};
use super::{clean, map};
use crate::finding::{grouped, people};
use crate::flows::{Rehearsal, Run};
use maud::{Markup, html};

/// How many rows a table has at most; all are in the JSON.
const MOST_ROWS: usize = 400;

/// The part of the page about a rehearsal; `id` begins the marks of its parts.
pub(super) fn render(rehearsal: &Rehearsal, id: &str) -> Markup {
    html! {
        h3 { "What is to be done" }
        ul { @for (change, facts) in rehearsal.plan.changes.iter().zip(&rehearsal.changes) {
            li { (clean(&change_line(&change.act, &change.file.path, facts))) ", " (change.at.strftime("%a %-d %B %Y, %H:%M %Z").to_string())
                @let notes = notes(facts, rehearsal);
                @if !notes.is_empty() { ul { @for note in notes { li { (clean(&note)) } } } }
            }
        } }
        (starts(rehearsal, id))
        (map::render(&rehearsal.flows, Some(rehearsal), id))
        (mailings(rehearsal))
        (gifts(rehearsal))
        (load(rehearsal))
    }
}

/// The flows that start, with whom they meet.
fn starts(rehearsal: &Rehearsal, id: &str) -> Markup {
    let started: Vec<_> = rehearsal.started().collect();
    html! {
        h3 { "What it sets off" }
        @if started.is_empty() { p { "No flow starts, as far as it could be rehearsed." } } @else {
            div.wide { table {
                caption { "The flows that start, and for whom" }
                thead { tr { th scope="col" { "Flow" } th scope="col" { "For how many people" } th scope="col" { "Starts" } th scope="col" { "Customers" }
                    th scope="col" { "Have had its like" } th scope="col" { "Opted out" } th scope="col" { "Never said yes" } th scope="col" { "By old events" } } }
                tbody { @for (at, flow, run) in started { tr {
                    th scope="row" { a href=(format!("#{id}-flow-{}", at + 1)) { (map::name(&flow.name)) } }
                    td { (run.up_to()) (grouped(run.people.people)) (expected_words(rehearsal, at)) }
                    td.num { (grouped(run.starts)) }
                    @for tally in [&run.customers, &run.repeated, &run.opted_out, &run.no_consent, &run.old] { td.num { (grouped(tally.people)) } }
                } } }
            } }
        }
    }
}

fn mailings(rehearsal: &Rehearsal) -> Markup {
    let more = rehearsal.mailings.len().saturating_sub(MOST_ROWS);
    html! {
        @if !rehearsal.mailings.is_empty() {
            h3 { "Which mails go out when" }
            div.wide { table {
                caption { "Each mail at each moment, campaigns of the calendar among them" }
                thead { tr { th scope="col" { "When" } th scope="col" { "Mails" } th scope="col" { "From" } th scope="col" { "Mail" } } }
                tbody { @for mailing in rehearsal.mailings.iter().take(MOST_ROWS) {
                    @let (sender, mail) = rehearsal.sender(mailing.sender);
                    tr {
                        td { (mailing.at.with_time_zone(rehearsal.plan.at.time_zone().clone()).strftime("%a %-d %b %Y, %H:%M").to_string()) }
                        td.num { (grouped(mailing.mails)) (beside(mailing)) }
                        td { (clean(&sender)) }
                        td { (clean(&mail)) }
                    }
                } }
            } }
            @if more > 0 { p { "and " (grouped(more as u64)) " more; all are in --format json." } }
        }
    }
}

fn gifts(rehearsal: &Rehearsal) -> Markup {
    html! {
        @if !rehearsal.gifts.is_empty() {
            h3 { "Which codes go out" }
            div.wide { table {
                caption { "Codes, who gets them, and what they could cost" }
                thead { tr { th scope="col" { "Code" } th scope="col" { "From" } th scope="col" { "People" } th scope="col" { "Customers among them" } th scope="col" { "What it could cost" } } }
                tbody { @for gift in &rehearsal.gifts { tr {
                    td { code { (clean(&gift.code)) } }
                    td { (rehearsal.flows.flows.get(gift.flow).map(|flow| clean(&flow.name)).unwrap_or_default()) }
                    td.num { (rehearsal.runs.get(gift.flow).map_or("", Run::up_to)) (grouped(gift.people)) }
                    td.num { (grouped(gift.customers)) }
                    td { (gift.stake.as_ref().map_or_else(|| String::from("not known"), |stake| clean(&stake.for_people(gift.people)))) }
                } } }
            } }
        }
    }
}

/// How many mails people get, and on which days.
fn load(rehearsal: &Rehearsal) -> Markup {
    let load = &rehearsal.load;
    let day = |day: &jiff::civil::Date| day.strftime("%a %-d %B %Y").to_string();
    html! {
        @if !load.people.is_empty() {
            h3 { "Mails for one person within " (rehearsal.plan.days) " days" (up_to(rehearsal)) }
            div.wide { table {
                caption { "How many people get how many mails, campaigns included" }
                thead { tr { th scope="col" { "Mails" } th scope="col" { "People" } } }
                tbody { @for (mails, number) in load.people.iter().rev().take(MOST_ROWS) { tr { td.num { (mails) } td { (people(*number)) } } } }
            } }
            @if let Some((mails, at)) = load.worst_day.filter(|(mails, _)| *mails > 1) { p { "The most on one day: " (mails) ", on " (day(&at)) "." } }
            @if !load.days.is_empty() {
                div.wide { table {
                    caption { "Mails by day" }
                    thead { tr { th scope="col" { "Day" } th scope="col" { "Mails" } } }
                    tbody { @for (at, mails) in load.days.iter().take(MOST_ROWS) { tr { td { (day(at)) } td.num { (grouped(*mails)) } } } }
                } }
            }
        }
    }
}
