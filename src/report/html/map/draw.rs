//! The picture: boxes, arrows and words. Nothing in it hangs on colour: what is off is dashed and says so, loops have a sign.

use super::super::super::flows::state_words;
use super::super::clean;
use super::graph::{Arrow, Graph, Node, Source, mails};
use super::layout::{GAP, Layout, Place, lay_out, number};
use crate::finding::people;
use crate::flows::{Flow, Flows, Reentry, Rehearsal};
use maud::{Markup, html};
use std::fmt::Write as _;

/// More flows or arrows than these are no picture any more.
const MOST_FLOWS: usize = 150;
const MOST_ARROWS: usize = 500;
/// How many mails of one flow are drawn.
const MOST_MAILS: usize = 12;
/// The height of a line of words, and the room around them.
const LINE: usize = 19;
const PAD: usize = 10;
/// The room that one arrow needs at the side of a box.
const PORT: usize = 34;

/// A line of words in a box, and how it is set.
type Line = (String, &'static str);

/// Draws the flows; nothing where they are too many.
pub(super) fn picture(graph: &Graph, flows: &Flows, rehearsal: Option<&Rehearsal>, id: &str) -> Option<Markup> {
    if flows.flows.is_empty() || flows.flows.len() > MOST_FLOWS || graph.arrows.len() > MOST_ARROWS {
        return None;
    }
    let sources = graph.sources.len();
    let words: Vec<Vec<Line>> = graph
        .sources
        .iter()
        .map(source_lines)
        .chain(flows.flows.iter().enumerate().map(|(at, flow)| flow_lines(flow, at, graph, rehearsal)))
        .collect();
    let heights: Vec<usize> = words.iter().enumerate().map(|(at, lines)| height(lines.len(), ends(graph, at, sources))).collect();
    let layout = lay_out(graph, &heights);
    Some(html! {
        svg.chart.map role="img" aria-labelledby=(format!("{id}-title")) aria-describedby=(format!("{id}-desc")) viewBox=(format!("0 0 {} {}", layout.width, layout.height)) width=(layout.width) height=(layout.height) {
            title id=(format!("{id}-title")) { "What starts which flow, what it sends, and what follows" }
            desc id=(format!("{id}-desc")) { (summary(graph, flows)) }
            @for (at, arrow) in graph.arrows.iter().enumerate() { (draw_arrow(&layout, graph, flows, at, arrow)) }
            @for ((at, lines), place) in words.iter().enumerate().zip(&layout.places) {
                (draw_box(place, lines, at < sources, at.checked_sub(sources).and_then(|flow| flows.flows.get(flow)).is_some_and(|flow| !flow.may_run())))
            }
        }
    })
}

/// The picture in two sentences.
fn summary(graph: &Graph, flows: &Flows) -> String {
    let back = graph.arrows.iter().filter(|arrow| arrow.back).count();
    let chains = graph.arrows.iter().filter(|arrow| matches!(arrow.from, Node::Flow(_))).count() - back;
    format!(
        "On the left stands what starts flows: {}; to its right the flows: {}. Arrows that lead on from one flow to another: {chains}; that \
         lead back in a loop: {back}. The table below says the same in words.",
        graph.sources.len(),
        flows.flows.len(),
    )
}

fn source_lines(source: &Source) -> Vec<Line> {
    vec![(clean(source.kind), "small"), (clean(&source.name), "name")]
}

fn flow_lines(flow: &Flow, at: usize, graph: &Graph, rehearsal: Option<&Rehearsal>) -> Vec<Line> {
    let sign = if graph.looped.contains(&at) { "↺ " } else { "" };
    let mut lines = vec![(format!("{sign}{}", clean(&flow.name)), "name"), (clean(&state_words(flow)), "small")];
    lines.push((format!("again: {}", again(flow.reentry)), "small"));
    if let Some(run) = rehearsal.and_then(|rehearsal| rehearsal.runs.get(at)).filter(|run| run.starts > 0) {
        let up_to = run.up_to();
        lines.push((format!("starts for {up_to}{}", people(run.people.people)), "name"));
    }
    let mails = mails(flow);
    for (when, name, codes) in mails.iter().take(MOST_MAILS) {
        lines.push((format!("{when}: {}", clean(name)), "mail"));
        if !codes.is_empty() {
            lines.push((format!("with {}", clean(codes)), "code"));
        }
    }
    if mails.len() > MOST_MAILS {
        lines.push((format!("and {} more mails", mails.len() - MOST_MAILS), "small"));
    }
    lines
}

/// Whether somebody can go through it again, in few words.
fn again(reentry: Reentry) -> String {
    match reentry {
        Reentry::Never => String::from("never"),
        Reentry::Always => String::from("every time, without a limit"),
        Reentry::After(rest) => format!("after {}", rest.in_words()),
        Reentry::Unknown => String::from("not said, taken to be every time"),
    }
}

/// How high a box is: its lines, or its arrows.
fn height(lines: usize, ends: usize) -> usize {
    (lines * LINE + 2 * PAD).max(ends * PORT)
}

/// How many arrows a box has on its fuller side.
fn ends(graph: &Graph, at: usize, sources: usize) -> usize {
    let out = graph.arrows.iter().filter(|arrow| number(arrow.from, sources) == at).count();
    let into = graph.arrows.iter().filter(|arrow| sources + arrow.to == at).count();
    out.max(into)
}

fn draw_box(place: &Place, lines: &[Line], is_source: bool, off: bool) -> Markup {
    let room = place.width - 2 * PAD;
    html! {
        g {
            title { (lines.iter().map(|(line, _)| line.as_str()).collect::<Vec<_>>().join("; ")) }
            rect.box.off[off] x=(place.x) y=(place.y) width=(place.width) height=(place.height) rx=(if is_source { 18 } else { 4 }) {}
            @for (at, (line, class)) in lines.iter().enumerate() {
                @let indent = match *class { "code" => 40, "name" => room / 10, _ => 0 };
                text class=(class) x=(place.x + PAD + if *class == "code" { 14 } else { 0 }) y=(place.y + PAD + at * LINE + 14) { (shortened(line, room - indent)) }
            }
        }
    }
}

fn draw_arrow(layout: &Layout, graph: &Graph, flows: &Flows, at: usize, arrow: &Arrow) -> Markup {
    let Some(way) = layout.ways.get(at) else { return html! {} };
    let places: Vec<Place> = way.iter().filter_map(|number| layout.places.get(*number)).copied().collect();
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return html! {} };
    let from_left = way.first() == Some(&number(arrow.from, graph.sources.len()));
    let start = port(layout, at, way.first(), true, first);
    let end = port(layout, at, way.last(), false, last);
    let itself = way.first() == way.last();
    let path = if itself { ring(last) } else { path(&places, start, end) };
    // Where the arrow's head is, and whether it points to the right.
    let (x, y) = match (itself, from_left) {
        (true, _) => (last.x + last.width, last.y + last.height - PAD),
        (false, true) => (last.x, end),
        (false, false) => (first.x + first.width, start),
    };
    let right = from_left && !itself;
    let said = arrow.how.as_deref().map(clean).unwrap_or_default();
    let sign = if arrow.back { "↺ " } else { "" };
    let label = |text: &str, above: bool| {
        let y = if above { y.saturating_sub(5) } else { y + 14 };
        html! { text.label x=(if right { x.saturating_sub(12) } else { x + 12 }) y=(y) text-anchor=(if right { "end" } else { "start" }) { (shortened(text, GAP - 16)) } }
    };
    html! {
        g {
            title { (clean(&graph.name(arrow.from, flows))) " → " (clean(&graph.name(Node::Flow(arrow.to), flows))) @if !said.is_empty() { ": it " (said) } @if let Some(people) = &arrow.people { "; " (people) } }
            path.arrow.back[arrow.back] d=(path) {}
            path.head d=(head(x, y, right)) {}
            @if let Some(people) = &arrow.people { (label(people, true)) }
            @if !said.is_empty() || arrow.back { (label(&format!("{sign}{said}"), false)) }
        }
    }
}

/// At which height an arrow touches a box: its arrows share the side evenly.
fn port(layout: &Layout, arrow: usize, at: Option<&usize>, leaves: bool, place: &Place) -> usize {
    let side = |way: &Vec<usize>| if leaves { way.first() } else { way.last() }.copied();
    let mut same: Vec<(usize, usize)> = Vec::new();
    for (number, way) in layout.ways.iter().enumerate().filter(|(_, way)| side(way) == at.copied() && way.len() > 1) {
        // The place next to the box decides which arrow comes first, so that they do not cross in front of it.
        let next = if leaves { way.get(1) } else { way.len().checked_sub(2).and_then(|before| way.get(before)) };
        same.push((next.and_then(|next| layout.places.get(*next)).map_or(0, |next| next.y + next.height / 2), number));
    }
    same.sort_unstable();
    let rank = same.iter().position(|(_, number)| *number == arrow).unwrap_or_default();
    place.y + place.height * (2 * rank + 1) / (2 * same.len().max(1))
}

/// A line from the right side of the first place to the left side of the last, straight through lanes.
fn path(places: &[Place], start: usize, end: usize) -> String {
    let mut drawn = String::new();
    let last = places.len().saturating_sub(1);
    for (at, pair) in places.windows(2).enumerate() {
        let [left, right] = pair else { continue };
        let middle = |place: &Place| place.y + place.height / 2;
        let y1 = if at == 0 { start } else { middle(left) };
        let y2 = if at + 1 == last { end } else { middle(right) };
        let (x1, x2) = (left.x + left.width, right.x);
        let half = usize::midpoint(x1, x2);
        let _ = write!(drawn, "{}{x1} {y1} C{half} {y1} {half} {y2} {x2} {y2}", if at == 0 { "M" } else { " L" });
    }
    drawn
}

/// From a flow back to itself.
fn ring(place: &Place) -> String {
    let (x, bottom) = (place.x + place.width, place.y + place.height);
    let top = bottom.saturating_sub(44).max(place.y + PAD);
    format!("M{x} {top} C{far} {top} {far} {end} {x} {end}", far = x + 44, end = bottom - PAD)
}

fn head(x: usize, y: usize, right: bool) -> String {
    let back = if right { x.saturating_sub(9) } else { x + 9 };
    format!("M{x} {y} L{back} {} L{back} {} Z", y.saturating_sub(5), y + 5)
}

/// As much of a text as has room, by how wide letters usually are at thirteen units.
fn shortened(text: &str, room: usize) -> String {
    let wide = |c: char| match c {
        'i' | 'l' | 'j' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' => 12,
        ' ' | 'f' | 't' | 'r' | '-' | '(' | ')' | '"' => 5,
        'A'..='Z' | '0'..='9' => 9,
        _ if c.is_ascii() => 8,
        // Letters of other scripts, and signs.
        _ if ('\u{a0}'..'\u{500}').contains(&c) => 9,
        _ => 14,
    };
    let full: usize = text.chars().map(wide).sum();
    if full <= room {
        return text.to_owned();
    }
    let mut left = room.saturating_sub(12);
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            let fits = wide(*c) <= left;
            left = left.saturating_sub(wide(*c));
            fits
        })
        .collect();
    kept.truncate(kept.trim_end().len());
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_where_the_box_ends() {
        assert_eq!(shortened("Welcome", 290), "Welcome");
        let long = "A subject that nobody could ever read to its very end on a phone";
        let cut = shortened(long, 290);
        assert!(cut.ends_with('…') && cut.len() < long.len() && long.starts_with(cut.trim_end_matches('…')), "{cut}");
        assert_eq!(shortened("ありがとうございます", 60), "あり…".replace("あり", "ありが"));
    }
}
