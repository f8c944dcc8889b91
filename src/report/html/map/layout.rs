//! Where everything stands: sources on the left, each flow to the right of those that lead to it, and lanes for arrows
//! that pass others by. Lengths are whole units of the picture.

use super::graph::{Graph, Node};

/// How wide what starts flows is, and flows.
pub(super) const SOURCE: usize = 190;
pub(super) const FLOW: usize = 310;
/// How much room arrows have between two columns.
pub(super) const GAP: usize = 200;
/// How much room there is between two boxes, and for an arrow that passes.
const BETWEEN: usize = 26;
const LANE: usize = 30;
/// Room around everything.
const EDGE: usize = 12;
/// How often the columns are put in order.
const SWEEPS: usize = 6;

/// A box, or a lane for an arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) column: usize,
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// The picture's places.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The boxes of the sources, of the flows, and then lanes.
    pub(super) places: Vec<Place>,
    /// For each arrow the places that it passes, from left to right; both ends are among them.
    pub(super) ways: Vec<Vec<usize>>,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// The number of a node's place.
pub(super) fn number(node: Node, sources: usize) -> usize {
    match node {
        Node::Source(number) => number,
        Node::Flow(flow) => sources + flow,
    }
}

/// Lays a picture out; `heights` are those of the sources and then of the flows.
pub(super) fn lay_out(graph: &Graph, heights: &[usize]) -> Layout {
    let sources = graph.sources.len();
    let columns = columns(graph, heights.len().saturating_sub(sources));
    let mut places: Vec<Place> = columns
        .iter()
        .zip(heights)
        .map(|(column, height)| Place { column: *column, x: 0, y: 0, width: if *column == 0 { SOURCE } else { FLOW }, height: *height })
        .collect();
    let ways = graph.arrows.iter().map(|arrow| way(arrow.from, arrow.to, &mut places, sources)).collect();
    let mut layout = Layout { places, ways, width: 0, height: 0 };
    let order = order(&layout);
    put(&mut layout, &order);
    layout
}

/// The column of each source and flow.
fn columns(graph: &Graph, flows: usize) -> Vec<usize> {
    let sources = graph.sources.len();
    let mut columns: Vec<usize> = (0..sources).map(|_| 0).chain((0..flows).map(|_| 1)).collect();
    // Without the arrows that lead back no way is longer than there are flows.
    for _ in 0..flows {
        let mut moved = false;
        for arrow in graph.arrows.iter().filter(|arrow| !arrow.back) {
            let after = columns.get(number(arrow.from, sources)).copied().unwrap_or_default() + 1;
            if let Some(column) = columns.get_mut(sources + arrow.to).filter(|column| **column < after) {
                *column = after;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    columns
}

/// The places that an arrow passes, with a new lane in each column between its ends.
fn way(from: Node, to: usize, places: &mut Vec<Place>, sources: usize) -> Vec<usize> {
    let column = |places: &[Place], at: usize| places.get(at).map_or(0, |place| place.column);
    let (mut left, mut right) = (number(from, sources), number(Node::Flow(to), sources));
    if column(places, left) > column(places, right) {
        (left, right) = (right, left);
    }
    let mut way = vec![left];
    for between in column(places, left) + 1..column(places, right) {
        places.push(Place { column: between, x: 0, y: 0, width: FLOW, height: LANE });
        way.push(places.len() - 1);
    }
    way.push(right);
    way
}

/// The places of each column from top to bottom, so that few arrows cross: each near the middle of what it hangs on.
fn order(layout: &Layout) -> Vec<Vec<usize>> {
    let count = layout.places.iter().map(|place| place.column + 1).max().unwrap_or_default();
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (number, place) in layout.places.iter().enumerate() {
        if let Some(column) = columns.get_mut(place.column) {
            column.push(number);
        }
    }
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); layout.places.len()];
    let mut after = before.clone();
    for pair in layout.ways.iter().flat_map(|way| way.windows(2)) {
        if let [left, right] = pair {
            before.get_mut(*right).into_iter().for_each(|before| before.push(*left));
            after.get_mut(*left).into_iter().for_each(|after| after.push(*right));
        }
    }
    let mut rank = vec![0_usize; layout.places.len()];
    note(&columns, &mut rank);
    for sweep in 0..SWEEPS {
        let beside = if sweep % 2 == 0 { &before } else { &after };
        for column in &mut columns {
            // In thousandths of a rank, so that whole numbers will do.
            column.sort_by_cached_key(|number| {
                let others = beside.get(*number).map(Vec::as_slice).unwrap_or_default();
                let sum: usize = others.iter().filter_map(|other| rank.get(*other)).sum();
                let own = rank.get(*number).copied().unwrap_or_default();
                (if others.is_empty() { own * 1000 } else { sum * 1000 / others.len() }, own)
            });
        }
        note(&columns, &mut rank);
    }
    columns
}

fn note(columns: &[Vec<usize>], rank: &mut [usize]) {
    for (at, number) in columns.iter().flat_map(|column| column.iter().enumerate()) {
        if let Some(rank) = rank.get_mut(*number) {
            *rank = at;
        }
    }
}

/// Gives every place its corner: the column of the first flows from the top, the others beside what they hang on.
fn put(layout: &mut Layout, columns: &[Vec<usize>]) {
    let mut x = EDGE;
    for column in columns {
        let width = column.iter().filter_map(|number| layout.places.get(*number)).map(|place| place.width).max().unwrap_or_default();
        for number in column {
            if let Some(place) = layout.places.get_mut(*number) {
                place.x = x;
            }
        }
        x += width + GAP;
    }
    for at in (1..columns.len()).chain([0]) {
        let mut top = EDGE;
        for number in columns.get(at).into_iter().flatten() {
            let wanted = if at == 1 { None } else { middle(layout, *number, at == 0) };
            let Some(place) = layout.places.get_mut(*number) else { continue };
            place.y = wanted.map_or(top, |middle| middle.saturating_sub(place.height / 2).max(top));
            top = place.y + place.height + BETWEEN;
        }
    }
    layout.width = x.saturating_sub(GAP) + EDGE + 60;
    layout.height = layout.places.iter().map(|place| place.y + place.height).max().unwrap_or_default() + EDGE;
}

/// The middle of what hangs on a place, to its right or to its left.
fn middle(layout: &Layout, number: usize, to_the_right: bool) -> Option<usize> {
    let pairs = layout.ways.iter().flat_map(|way| way.windows(2));
    let others: Vec<usize> = pairs
        .filter_map(|pair| match pair {
            [left, right] if to_the_right && *left == number => layout.places.get(*right),
            [left, right] if !to_the_right && *right == number => layout.places.get(*left),
            _ => None,
        })
        .map(|place| place.y + place.height / 2)
        .collect();
    (!others.is_empty()).then(|| others.iter().sum::<usize>() / others.len())
}
