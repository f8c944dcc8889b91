//! One flow in words: what starts it, whom it lets in, what it does, and what a rehearsal counted.

use super::super::super::flows::{again, imports, limits, or_unknown, state_words, step_words, trigger, way_words};
use super::super::super::rehearsal::{cause_words, expected_words, held_words, who};
use super::super::clean;
use super::name;
use crate::finding::{grouped, people};
use crate::flows::{Filter, Flow, Flows, Rehearsal, Run, Sender, Step};
use maud::{Markup, html};

/// How far the steps of splits are shown inside each other.
const DEEPEST: usize = 8;
/// How many steps of one flow are shown.
const MOST_STEPS: usize = 300;

/// The part of the page about one flow.
pub(super) fn flow(flows: &Flows, at: usize, flow: &Flow, rehearsal: Option<&Rehearsal>, id: &str) -> Markup {
    let triggers = flow.triggers.iter().map(trigger).collect::<Vec<_>>().join(", or ");
    let filters = flow.filters.iter().map(Filter::in_words).collect::<Vec<_>>().join("; ");
    let mut left = MOST_STEPS;
    html! {
        section.flow id=(format!("{id}-flow-{}", at + 1)) tabindex="-1" {
            h4 { (name(&flow.name)) }
            dl {
                dt { "State" } dd { (clean(&state_words(flow))) }
                dt { "Starts" } dd { (clean(&or_unknown(triggers))) (imports(flow)) }
                @if !filters.is_empty() { dt { "Only" } dd { (clean(&filters)) } }
                dt { "Again" } dd { (again(flow.reentry)) (limits(flow)) }
                dt { "Then" } dd { @if flow.steps.is_empty() { "nothing that is known" } @else { (steps(&flow.steps, 0, &mut left)) } }
                @let next = flows.sets_off(at);
                @if !next.is_empty() { dt { "Leads to" } dd { ul { @for (other, how) in next { li {
                    a href=(format!("#{id}-flow-{}", other + 1)) { (name(flows.flows.get(other).map_or("", |flow| flow.name.as_str()))) } ": it " (clean(&how))
                } } } } }
                @if let Some((rehearsal, run)) = rehearsal.and_then(|rehearsal| Some((rehearsal, rehearsal.runs.get(at)?))) { dt { "Rehearsed" } dd { (counted(rehearsal, at, run)) } }
            }
        }
    }
}

fn steps(steps: &[Step], depth: usize, left: &mut usize) -> Markup {
    let mut items = Vec::new();
    for step in steps {
        if *left == 0 {
            items.push(html! { li { "and so on" } });
            break;
        }
        *left -= 1;
        items.push(match step {
            Step::Split(ways) => html! { li { "one of these ways:"
                ul { @for way in ways.iter().filter(|way| depth < DEEPEST && !way.steps.is_empty()) {
                    li { (clean(&way_words(way))) ":" (self::steps(&way.steps, depth + 1, left)) }
                } }
            } },
            other => html! { li { (clean(&step_words(other))) } },
        });
    }
    html! { ol.steps { @for item in items { (item) } } }
}

/// What would happen.
fn counted(rehearsal: &Rehearsal, at: usize, run: &Run) -> Markup {
    let up_to = run.up_to();
    let mails = rehearsal.mailings.iter().filter(|mailing| matches!(mailing.sender, Sender::Flow(flow, _) if flow == at));
    let first = mails.clone().next().map(|mailing| mailing.at.with_time_zone(rehearsal.plan.at.time_zone().clone()));
    html! {
        ul {
            @if run.starts == 0 { li { "it does not start" } } @else {
                li { "it starts for " (up_to) (people(run.people.people))
                    @if run.starts > run.people.people { ", " (grouped(run.starts)) " times in all" }
                    (expected_words(rehearsal, at)) }
            }
            @for (cause, number) in &run.causes { li { "by " (clean(&cause_words(rehearsal, *cause))) ": " (people(*number)) } }
            @for line in who(run) { li { (line) } }
            @for (held, times) in &run.held { li { "it does not start for " (grouped(*times)) ": " (held_words(*held)) } }
            @if let Some(first) = first { li { "its first mail goes out on " (first.strftime("%a %-d %B %Y, %H:%M").to_string()) } }
        }
    }
}
