//! The map of flows on the page: a picture, the same as a table, and every flow in words.

mod draw;
mod graph;
mod layout;
mod words;

use super::clean;
use crate::finding::grouped;
use crate::flows::{Flows, Gap, Rehearsal};
use graph::{Graph, Node};
use maud::{Markup, html};

/// How many gaps are listed.
const MOST_GAPS: usize = 200;

/// The map of flows, with the numbers of a rehearsal of them where there is one. `id` begins the marks of its parts.
pub(super) fn render(flows: &Flows, rehearsal: Option<&Rehearsal>, id: &str) -> Markup {
    let graph = Graph::of(flows, rehearsal);
    html! {
        h3 id=(format!("{id}-map")) { "The map of flows" }
        @match draw::picture(&graph, flows, rehearsal, &format!("{id}-picture")) {
            Some(picture) => {
                div.wide tabindex="0" role="region" aria-labelledby=(format!("{id}-map")) { (picture) }
                p.legend { "Rounded boxes start flows. A dashed box is a flow that is switched off; ↺ marks a loop, and a dashed arrow leads back." }
            },
            None => p { "There is no picture of these flows: " (grouped(flows.flows.len() as u64)) " of them. The table has them all." },
        }
        (table(&graph, flows, rehearsal, id))
        (ways(flows))
        h3 { "Each flow" }
        @for (at, flow) in flows.flows.iter().enumerate() { (words::flow(flows, at, flow, rehearsal, id)) }
    }
}

/// Every arrow as a row.
fn table(graph: &Graph, flows: &Flows, rehearsal: Option<&Rehearsal>, id: &str) -> Markup {
    let flow = |at: usize| {
        let off = flows.flows.get(at).is_some_and(|flow| !flow.may_run());
        html! { a href=(format!("#{id}-flow-{}", at + 1)) { (name(&graph.name(Node::Flow(at), flows))) } @if off { " (off)" } }
    };
    html! {
        div.wide { table {
            caption { "What starts what: each arrow of the picture" }
            thead { tr { th scope="col" { "From" } th scope="col" { "It starts" } th scope="col" { "How" } @if rehearsal.is_some() { th scope="col" { "For how many" } } } }
            tbody { @for arrow in &graph.arrows { tr {
                td { @match arrow.from { Node::Flow(at) => { "Flow: " (flow(at)) }, source => { (clean(&graph.name(source, flows))) } } }
                td { (flow(arrow.to)) }
                td { @if arrow.back { "↺ back in a loop: " } @match &arrow.how { Some(how) => { "it " (clean(how)) }, None => "its trigger" } }
                @if rehearsal.is_some() { td.num { (arrow.people.as_deref().unwrap_or("–")) } }
            } } }
        } }
    }
}

/// A name, or a word for one that is empty.
pub(super) fn name(name: &str) -> String {
    if name.trim().is_empty() { String::from("(no name)") } else { clean(name) }
}

/// Loops and chains, in words.
fn ways(flows: &Flows) -> Markup {
    let (loops, chains) = super::super::flows::ways(flows);
    html! {
        @if !loops.is_empty() || !chains.is_empty() {
            h3 { "Chains and loops" }
            ul {
                @for way in loops { li { "↺ Loop: " (clean(&way)) } }
                @for way in chains { li { "Chain: " (clean(&way)) } }
            }
        }
    }
}

/// What of the exports was not understood.
pub(super) fn gaps<'a>(gaps: impl Iterator<Item = &'a Gap> + Clone) -> Markup {
    let more = gaps.clone().count().saturating_sub(MOST_GAPS);
    html! {
        @if gaps.clone().next().is_some() {
            h3 { "Not understood" }
            ul {
                @for gap in gaps.take(MOST_GAPS) { li { (clean(&gap.what)) ": " (clean(&gap.why)) @if let Some(remedy) = &gap.remedy { " (" (clean(remedy)) ")" } } }
                @if more > 0 { li { "and " (more) " more" } }
            }
        }
    }
}
