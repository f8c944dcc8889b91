//! The largest combinations as an upset chart (<https://upset.app>): a bar for the people, dots for the lists they stand on.

use super::bars::bar;
use super::{heading, short};
use crate::audience::{Audience, Combination};
use crate::finding::grouped;
use std::fmt::Write as _;

/// How many combinations are drawn.
const MOST: usize = 20;
/// The narrowest and the widest bar, in characters.
const BARS: (usize, usize) = (8, 30);

pub(super) fn render(audience: &Audience, width: usize) -> String {
    let lists = audience.lists.len();
    if lists < 2 || audience.combinations.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    heading(&mut out, "Together on exactly these lists");
    let shown = audience.combinations.get(..MOST.min(audience.combinations.len())).unwrap_or_default();
    let most = shown.first().map_or(0, |combination| combination.people);
    let people = grouped(most).len().max("people".len());
    let dots = dots_width(lists, width.saturating_sub(2 + people + 2 + BARS.0 + 2));
    let taken = 2 + people + 2 + dots.map_or(0, |step| lists * step - (step - 1) + 2);
    let bar_width = width.saturating_sub(taken).clamp(BARS.0, BARS.1).min(width.saturating_sub(taken));
    let room = width.saturating_sub(taken + bar_width + 2);
    if let Some(step) = dots {
        for header in numbers(lists, step) {
            let _ = writeln!(out, "  {:>people$}  {:bar_width$}  {header}", if step == 2 { "people" } else { "" }, "");
        }
    }
    for combination in shown {
        let picture = dots.map_or_else(String::new, |step| format!("  {}", picture(combination.lists, lists, step)));
        let names = names(audience, combination, room);
        let line = format!("  {:>people$}  {}{picture}  {names}", grouped(combination.people), bar(combination.people, most, bar_width));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let rest = audience.combinations.get(MOST..).unwrap_or_default();
    if !rest.is_empty() {
        let people: u64 = rest.iter().map(|combination| combination.people).sum();
        let _ = writeln!(out, "  … and {} smaller ones with {} people", grouped(rest.len() as u64), grouped(people));
    }
    out
}

/// How many characters each list takes in the picture: two, one, or nothing where it does not fit at all.
fn dots_width(lists: usize, room: usize) -> Option<usize> {
    [2, 1].into_iter().find(|step| lists * step <= room && (*step == 1 || lists < 10))
}

/// The numbers of the lists over their dots; where they stand close, a digit on each line.
fn numbers(lists: usize, step: usize) -> Vec<String> {
    if step == 2 {
        return vec![(1..=lists).map(|list| list.to_string()).collect::<Vec<_>>().join(" ")];
    }
    let tens = |list: usize| if list.is_multiple_of(10) { (list / 10).to_string() } else { String::from(" ") };
    vec![(1..=lists).map(tens).collect::<String>().trim_end().to_owned(), (1..=lists).map(|list| (list % 10).to_string()).collect()]
}

/// A dot for each list that belongs to the combination, joined by a line.
fn picture(combination: u64, lists: usize, step: usize) -> String {
    let on = |list: usize| combination & (1 << list) != 0;
    let (first, last) = (combination.trailing_zeros() as usize, (u64::BITS - 1 - combination.leading_zeros().min(63)) as usize);
    let mut picture = String::new();
    for list in 0..lists {
        picture.push(if on(list) { '●' } else { '·' });
        if step == 2 && list + 1 < lists {
            picture.push(if (first..last).contains(&list) { '─' } else { ' ' });
        }
    }
    picture
}

/// The names of the lists, or their numbers, or nothing, as there is room.
fn names(audience: &Audience, combination: &Combination, room: usize) -> String {
    let on = || audience.lists.iter().enumerate().filter(|(at, _)| combination.lists & (1 << at) != 0);
    let names = on().map(|(_, list)| short(&list.name)).collect::<Vec<_>>().join(" + ");
    let numbers = on().map(|(at, _)| (at + 1).to_string()).collect::<Vec<_>>().join("+");
    [names, numbers].into_iter().find(|text| text.chars().count() <= room).unwrap_or_default()
}
