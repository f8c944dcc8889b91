//! The audience as pictures: combinations of lists as an upset chart (<https://upset.app>), and a matrix of overlaps.

use super::super::view::View;
use crate::finding::{grouped, people};
use maud::{Markup, html};

/// The height of a row and the width of a list's column, in units of the picture.
const ROW: usize = 24;
const COLUMN: usize = 28;
/// How wide the longest bar and the number beside it are.
const BAR: usize = 220;
const NUMBER: usize = 90;

/// The names of the lists that belong to a combination.
fn names(view: &View, lists: u64) -> String {
    let on = view.lists.iter().enumerate().filter(|(at, _)| *at < 64 && lists & (1 << at) != 0);
    on.map(|(_, list)| super::clean(&list.name)).collect::<Vec<_>>().join(" and ")
}

/// Bars for the people, dots for the lists they stand on.
pub(super) fn upset(view: &View, id: &str) -> Markup {
    let most = view.combinations.iter().map(|(_, people)| *people).max().unwrap_or(1).max(1);
    let left = NUMBER + BAR + 20;
    let (width, height) = (left + view.lists.len() * COLUMN + 20, (view.combinations.len() + 1) * ROW + 8);
    html! {
        svg.chart role="img" aria-labelledby=(format!("{id}-title")) viewBox=(format!("0 0 {width} {height}")) width=(width) height=(height) {
            title id=(format!("{id}-title")) { "How many people stand on exactly which lists" }
            @for (at, _) in view.lists.iter().enumerate() {
                text x=(left + at * COLUMN + COLUMN / 2) y="16" text-anchor="middle" { (at + 1) }
            }
            @for (row, (lists, count)) in view.combinations.iter().enumerate() {
                (combination(view, left, row, *lists, *count, most))
            }
        }
    }
}

/// Which list each number stands for.
pub(super) fn legend(view: &View) -> Markup {
    html! { ol.legend { @for list in &view.lists { li { (super::clean(&list.name)) " (" (list.role.name()) ")" } } } }
}

fn combination(view: &View, left: usize, row: usize, lists: u64, count: u64, most: u64) -> Markup {
    let y = (row + 1) * ROW + ROW / 2;
    // In whole units, of which the longest bar has BAR; whoever is there has one.
    let length = usize::try_from(u128::from(count) * BAR as u128 / u128::from(most)).unwrap_or(BAR).max(1);
    let x = |at: usize| left + at * COLUMN + COLUMN / 2;
    let on: Vec<usize> = (0..view.lists.len().min(64)).filter(|at| lists & (1 << at) != 0).collect();
    html! {
        g {
            title { (people(count)) ": " (names(view, lists)) }
            text x=(NUMBER - 8) y=(y + 4) text-anchor="end" { (grouped(count)) }
            rect.bar x=(NUMBER) y=(y - 7) width=(length) height="14" {}
            @if let (Some(first), Some(last)) = (on.first(), on.last()) {
                line.join x1=(x(*first)) y1=(y) x2=(x(*last)) y2=(y) {}
            }
            @for at in 0..view.lists.len() {
                circle.dot.on[on.contains(&at)] cx=(x(at)) cy=(y) r=(if on.contains(&at) { 6 } else { 3 }) {}
            }
        }
    }
}

/// How many people stand on both of two lists, as a table and by shade.
pub(super) fn matrix(view: &View) -> Markup {
    let share = |row: usize, both: u64| {
        let all = view.pairs.get(row).and_then(|pairs| pairs.get(row)).copied().unwrap_or(0).max(1);
        u64::try_from(u128::from(both) * 100 / u128::from(all)).unwrap_or(100).min(100)
    };
    html! {
        table.matrix {
            caption { "People on both of two lists, and their share of the list in the row" }
            thead { tr { th scope="col" { "List" } @for (at, _) in view.lists.iter().enumerate() { th scope="col" { (at + 1) } } } }
            tbody {
                @for (row, list) in view.lists.iter().enumerate() {
                    tr {
                        th scope="row" { (row + 1) ". " (super::clean(&list.name)) " (" (list.role.name()) ")" }
                        @for both in view.pairs.get(row).into_iter().flatten() {
                            td.num style=(format!("--share:{}%", share(row, *both))) { (grouped(*both)) small { " " (share(row, *both)) " %" } }
                        }
                    }
                }
            }
        }
    }
}
