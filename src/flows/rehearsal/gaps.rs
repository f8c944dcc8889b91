//! What could not be rehearsed: triggers and steps that are not understood, and lists that nobody gave.

use super::super::condition::Condition;
use super::super::crowd::Answer;
use super::super::flow::{Filter, Flow, Gap, Group, GroupKind, Segment, State, Step, Trigger, each_step, plain};
use super::super::plan::Act;
use super::super::world::{What, World};
use super::{NotRehearsed, Rehearsal};
use crate::settings::{MessageType, Role, nearest};
use crate::source::Span;

/// Everything that is missing, the grave first.
pub(super) fn find(rehearsal: &Rehearsal, world: &World, answers: &[Answer], cut: bool) -> Vec<NotRehearsed> {
    let mut gaps = Vec::new();
    gaps.extend(rehearsal.flows.gaps.iter().cloned().map(|gap| NotRehearsed { gap, grave: true }));
    for (at, flow) in rehearsal.flows.flows.iter().enumerate().filter(|(_, flow)| flow.may_run()) {
        triggers(flow, (rehearsal, world, answers), &mut gaps);
        if rehearsal.runs.get(at).is_some_and(|run| run.starts > 0) {
            inside(rehearsal, world, flow, &mut gaps);
            columns(flow, (world, answers), &mut gaps);
        }
    }
    changes(rehearsal, world, &mut gaps);
    roles(rehearsal, &mut gaps);
    groups(rehearsal, world, &mut gaps);
    if cut {
        gaps.push(grave(
            "what happens after flows have set each other off sixty times",
            "flows go round in a circle",
            None,
            &rehearsal.plan.source.span(0..0),
        ));
    }
    gaps.sort_by_key(|gap| !gap.grave);
    let mut seen = std::collections::BTreeSet::new();
    gaps.retain(|gap| seen.insert((gap.gap.what.clone(), gap.gap.why.clone())));
    gaps
}

fn gap(what: impl Into<String>, why: impl Into<String>, remedy: Option<String>, span: &Span) -> Gap {
    Gap { what: what.into(), why: why.into(), remedy, span: span.clone() }
}

fn grave(what: impl Into<String>, why: impl Into<String>, remedy: Option<String>, span: &Span) -> NotRehearsed {
    NotRehearsed { gap: gap(what, why, remedy, span), grave: true }
}

fn slight(what: impl Into<String>, why: impl Into<String>, remedy: Option<String>, span: &Span) -> NotRehearsed {
    NotRehearsed { gap: gap(what, why, remedy, span), grave: false }
}

/// Triggers that are not understood, or whose group is only a number.
fn triggers(flow: &Flow, (rehearsal, world, answers): (&Rehearsal, &World, &[Answer]), gaps: &mut Vec<NotRehearsed>) {
    if let State::Unknown(word) = &flow.state {
        let why =
            if word.is_empty() { String::from("the export does not say") } else { format!("the export says `{word}`, which is not known") };
        gaps.push(slight(format!("whether {} is switched on; it is taken to be", flow.name), why, None, &flow.span));
    }
    if flow.triggers.is_empty() {
        gaps.push(grave(
            format!("the flow {}", flow.name),
            "the file does not say what starts it",
            Some(String::from("export it with its definition")),
            &flow.span,
        ));
    }
    for trigger in &flow.triggers {
        match trigger {
            Trigger::Unknown(words) => {
                gaps.push(grave(format!("the flow {}", flow.name), format!("what starts it is not understood: {words}"), None, &flow.span));
            }
            Trigger::Joins(group) if rehearsal.flows.segment(group).is_some() => {
                gaps.extend(rehearsal.flows.segment(group).into_iter().flat_map(|segment| asked(segment, flow, world, answers)));
            }
            Trigger::Joins(group) if group.id.is_some() && group.id.as_deref() == Some(group.name.as_str()) => {
                let named = world.groups.iter().zip(&world.members).any(|(known, members)| known.same(group) && *members != 0);
                let used = is_joined(world, group);
                if !named && !used {
                    let remedy = format!("add [names] \"{}\" = \"the name of the {}\" to the plan", group.name, kind_word(group.kind));
                    let what = format!("whether {} starts", flow.name);
                    gaps.push(grave(
                        what,
                        format!("it starts by {}, and nobody said which that is", group.in_words()),
                        Some(remedy),
                        &flow.span,
                    ));
                }
            }
            Trigger::Joins(group) if group.kind == GroupKind::Segment && !is_joined(world, group) => {
                let what =
                    format!("whether people come into {} by what the file brings, which would start {}", group.in_words(), flow.name);
                gaps.push(slight(what, "what a segment asks of people is not in the export", None, &flow.span));
            }
            _ => {}
        }
    }
}

/// What of a segment's definition cannot be decided.
fn asked(segment: &Segment, flow: &Flow, world: &World, answers: &[Answer]) -> Vec<NotRehearsed> {
    let what = format!("who comes into {}, which starts {}; the number is up to, or too low", segment.group.in_words(), flow.name);
    let unknown = segment.all.iter().flat_map(Filter::unknown).map(|words| (format!("not understood: {words}"), None));
    let unanswered = segment.all.iter().flat_map(Filter::columns).filter_map(|condition| unanswered(condition, world, answers));
    unknown.chain(unanswered).map(|(why, remedy)| slight(what.clone(), why, remedy, &segment.span)).collect()
}

/// Why a condition could not be asked, and what to do; nothing where it was.
fn unanswered(condition: &Condition, world: &World, answers: &[Answer]) -> Option<(String, Option<String>)> {
    let at = world.conditions.iter().position(|known| known == condition);
    let column = &condition.column;
    match at.and_then(|at| answers.get(at)) {
        Some(Answer::Told) => None,
        Some(Answer::Refused(why)) => {
            Some((why.clone(), Some(format!("name a query that says it in few words, in a column called {column}"))))
        }
        Some(Answer::NoColumn) | None => {
            Some((format!("no list has a column `{column}`"), Some(format!("add a list that has it, or name the column so: {column}"))))
        }
    }
}

/// Columns that filters of a flow ask for, and that could not be asked.
fn columns(flow: &Flow, (world, answers): (&World, &[Answer]), gaps: &mut Vec<NotRehearsed>) {
    for condition in flow.filters.iter().flat_map(Filter::columns) {
        if let Some((why, remedy)) = unanswered(condition, world, answers) {
            gaps.push(slight(format!("who passes the filter of {}; everybody is taken to", flow.name), why, remedy, &flow.span));
        }
    }
    each_step(&flow.steps, &mut |step| {
        let Step::Split(ways) = step else { return };
        for condition in ways.iter().flat_map(|way| &way.filters).flat_map(Filter::columns) {
            if let Some((why, remedy)) = unanswered(condition, world, answers) {
                let what = format!("which way people go in {}; the way with the most mails is counted", flow.name);
                gaps.push(slight(what, why, remedy, &flow.span));
            }
        }
    });
}

/// Whether a change adds people to a group.
fn is_joined(world: &World, group: &Group) -> bool {
    let joins = |what: &What| matches!(what, What::Add { into, .. } if world.groups.get(*into).is_some_and(|into| into.same(group)));
    world.moves.iter().any(|change| joins(&change.what))
}

fn kind_word(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::List => "list",
        GroupKind::Segment => "segment",
        GroupKind::Tag => "tag",
    }
}

/// What of a flow that starts is not understood.
fn inside(rehearsal: &Rehearsal, world: &World, flow: &Flow, gaps: &mut Vec<NotRehearsed>) {
    gaps.extend(flow.gaps.iter().cloned().map(|gap| NotRehearsed { gap, grave: true }));
    for filter in &flow.filters {
        for words in filter.unknown() {
            gaps.push(slight(
                format!("a filter of {}; everybody is taken to pass it", flow.name),
                format!("not understood: {words}"),
                None,
                &flow.span,
            ));
        }
    }
    each_step(&flow.steps, &mut |step| match step {
        Step::Start(name) if rehearsal.flows.named(name).is_none() => {
            let remedy = Some(String::from("export all flows"));
            gaps.push(grave(format!("the flow {name}, which {} starts", flow.name), "it is in none of the files", remedy, &flow.span));
        }
        Step::Join(group) => {
            let known = world.groups.iter().zip(&world.members).zip(&world.joins).find(|((known, _), _)| known.same(group));
            if known.is_some_and(|((_, members), joins)| *members == 0 && !joins.is_empty()) {
                let what = format!("who is in {} already, to which {} adds; everybody is taken to be new", group.in_words(), flow.name);
                gaps.push(slight(what, "no list of its people was given", Some(format!("add --list \"{}=FILE\"", group.name)), &flow.span));
            }
        }
        Step::Split(ways) => {
            let unknown: Vec<&str> = ways.iter().flat_map(|way| &way.filters).flat_map(|filter| filter.unknown()).collect();
            if let Some(words) = unknown.first() {
                let what = format!("which way people go in {}; the way with the most mails is counted", flow.name);
                gaps.push(slight(what, format!("not understood: {words}"), None, &flow.span));
            }
        }
        _ => {}
    });
}

/// Changes into a group, or of an event, of which nothing at hand has ever heard.
fn changes(rehearsal: &Rehearsal, world: &World, gaps: &mut Vec<NotRehearsed>) {
    for (number, change) in rehearsal.plan.changes.iter().enumerate() {
        match &change.act {
            Act::Add { into, .. } => {
                let starts = match world.moves.get(number).map(|change| &change.what) {
                    Some(What::Add { into, .. }) => world.joins.get(*into).is_some_and(|joins| !joins.is_empty()),
                    _ => false,
                };
                let given = rehearsal.plan.lists.iter().any(|list| plain(&list.name) == plain(into));
                if !starts && !given {
                    let groups = world.groups.iter().zip(&world.joins).filter(|(_, joins)| !joins.is_empty());
                    let names: Vec<&str> = groups.map(|(group, _)| group.name.as_str()).collect();
                    let near = nearest(into, names.iter().copied()).map(|near| format!("did you mean `{near}`?"));
                    let remedy = near.or_else(|| {
                        let some = names.iter().take(5).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                        (!some.is_empty()).then(|| format!("flows start from {some}; if it is one of these, say so in [names]"))
                    });
                    let why = format!("no flow, list or campaign is about `{into}`");
                    gaps.push(grave(format!("what adding people to {into} sets off"), why, remedy, &change.span));
                } else if !given {
                    let what = format!("who is in {into} already; everybody is taken to be new");
                    let remedy = format!("add its people to [lists]: \"{into}\" = \"FILE\"");
                    gaps.push(slight(what, "no list of its people was given", Some(remedy), &change.span));
                }
            }
            Act::Import { event, .. } => {
                let facts = rehearsal.changes.get(number).and_then(|facts| facts.events.as_ref());
                if !world.knows_event(event) {
                    gaps.push(grave(format!("what {event} sets off"), "no flow is started by an event of this name", None, &change.span));
                } else if let Some(facts) = facts.filter(|facts| facts.undated > 0) {
                    let what = format!("how old {} of the {} events of {} are", facts.undated, facts.rows, change.file.path);
                    let why =
                        if facts.column.is_none() { "the file has no column of dates" } else { "their date is missing or cannot be read" };
                    gaps.push(slight(what, why, Some(String::from("name the column: date = \"COLUMN\"")), &change.span));
                }
            }
        }
    }
}

/// Lists of people without which it is not known whom a flow meets.
fn roles(rehearsal: &Rehearsal, gaps: &mut Vec<NotRehearsed>) {
    let has = |roles: &[Role]| rehearsal.plan.lists.iter().any(|list| roles.contains(&list.role));
    if rehearsal.started().next().is_none() {
        return;
    }
    let span = rehearsal.plan.changes.first().map_or_else(|| rehearsal.plan.source.span(0..0), |change| change.span.clone());
    let starts = |kind: MessageType| rehearsal.started().any(|(_, flow, _)| flow.kind == Some(kind));
    let mut need = |roles: &[Role], what: &str| {
        if !has(roles)
            && let Some(role) = roles.first()
        {
            let remedy = Some(format!("add --list {}=FILE", role.name()));
            gaps.push(slight(what, "no list of them was given", remedy, &span));
        }
    };
    if starts(MessageType::Welcome) {
        need(&[Role::Customers], "who of them are customers already");
    }
    if starts(MessageType::ReviewRequest) {
        need(&[Role::AlreadyAsked], "who of them have been asked for a review before");
    }
    need(&[Role::Unsubscribed, Role::Bounced, Role::DoNotMail], "who of them have opted out elsewhere");
}

/// Groups that filters ask for and nobody gave.
fn groups(rehearsal: &Rehearsal, world: &World, gaps: &mut Vec<NotRehearsed>) {
    for (_, flow, _) in rehearsal.started() {
        for filter in &flow.filters {
            if let Filter::Member(group, _) = filter
                && !world.groups.iter().zip(&world.members).any(|(known, members)| known.same(group) && *members != 0)
            {
                let remedy = Some(format!("add --list \"{}=FILE\"", group.name));
                gaps.push(slight(
                    format!("who passes the filter of {}; everybody is taken to", flow.name),
                    format!("nobody said who is in {}", group.in_words()),
                    remedy,
                    &flow.span,
                ));
            }
        }
    }
}
