//! How many people stand on both of two lists: a matrix, or the largest pairs where a matrix is too wide.

use super::{heading, short};
use crate::audience::Audience;
use crate::finding::grouped;
use std::cmp::Reverse;
use std::fmt::Write as _;

/// How many pairs are listed where the matrix is too wide.
const MOST_PAIRS: usize = 12;

pub(super) fn render(audience: &Audience, width: usize) -> String {
    let pairs = audience.pairs();
    if pairs.len() < 2 {
        return String::new();
    }
    let mut out = String::new();
    let number = pairs.len().to_string().len();
    let cell = pairs.iter().flatten().map(|people| grouped(*people).len()).max().unwrap_or(1).max(number);
    if number + 4 + pairs.len() * (cell + 2) > width {
        heading(&mut out, "On both: the largest pairs");
        write_largest(&mut out, audience, &pairs);
        return out;
    }
    heading(&mut out, "On both");
    let header = (1..=pairs.len()).map(|list| format!("  {list:>cell$}")).collect::<Vec<_>>().concat();
    let _ = writeln!(out, "  {:number$}  {header}", "");
    for (at, row) in pairs.iter().enumerate() {
        let cells = row.iter().take(at + 1).map(|people| format!("  {:>cell$}", grouped(*people))).collect::<Vec<_>>().concat();
        let _ = writeln!(out, "  {:>number$}  {cells}", at + 1);
    }
    out
}

fn write_largest(out: &mut String, audience: &Audience, pairs: &[Vec<u64>]) {
    let mut largest: Vec<(u64, usize, usize)> = Vec::new();
    for (one, row) in pairs.iter().enumerate() {
        largest.extend(row.iter().enumerate().take(one).filter(|(_, people)| **people > 0).map(|(other, people)| (*people, other, one)));
    }
    largest.sort_by_key(|(people, one, other)| (Reverse(*people), *one, *other));
    if largest.is_empty() {
        out.push_str("  Nobody stands on two lists.\n");
    }
    let people = largest.first().map_or(0, |(people, ..)| grouped(*people).len());
    let name = |at: usize| audience.lists.get(at).map_or_else(String::new, |list| short(&list.name));
    for (both, one, other) in largest.iter().take(MOST_PAIRS) {
        // Two long names need two lines.
        let _ = writeln!(out, "  {:>people$}  {} {}", grouped(*both), one + 1, name(*one));
        let _ = writeln!(out, "  {:people$}  {} {}", "", other + 1, name(*other));
    }
    if let Some(more @ 1..) = largest.len().checked_sub(MOST_PAIRS) {
        let _ = writeln!(out, "  … and {more} more pairs");
    }
}
