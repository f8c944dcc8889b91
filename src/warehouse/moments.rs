//! The dates of events that stand in a warehouse: their values are read here, as those of files are, and the engine is told between
//! which of them the ages lie.

use super::condition::cell;
use super::dialect::Dialect;
use super::lane::Lane;
use crate::error::Error;
use crate::flows::{Ages, EventFacts, study_values};
use jiff::Timestamp;
use std::fmt::Write as _;

/// How many different values of dates are fetched at most.
pub(super) const MOST_MOMENTS: usize = 250_000;
/// How many pieces the values may fall into by their age.
const MOST_TURNS: usize = 1024;

/// A value of a column of dates, how many rows have it, and how many of these have an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) value: String,
    pub(super) rows: u64,
    pub(super) of_people: u64,
}

/// What is known of the events of a list.
#[derive(Debug)]
pub(super) struct Aged {
    pub(super) facts: EventFacts,
    pub(super) lanes: Vec<Lane>,
    /// How many rows with an address each lane must have.
    pub(super) rows: Vec<u64>,
}

/// Tells events apart by age. `column` is that of their dates: its name, and as the engine is asked for it.
pub(super) fn aged(
    dialect: Dialect,
    list: &str,
    column: Option<(&str, &str)>,
    mut moments: Vec<Moment>,
    ages: &Ages,
) -> Result<Aged, Error> {
    // Engines compare texts byte by byte here, as this does.
    moments.sort_by(|one, other| one.value.cmp(&other.value));
    let values: Vec<(String, u64)> = moments.iter().map(|moment| (moment.value.clone(), moment.rows)).collect();
    let shown = column.map_or("", |(name, _)| name);
    let (mut facts, when) = study_values(shown, &values, &ages.at)
        .map_err(|why| Error::in_file(list, why).help("name a query that writes them one way, such as 2026-11-27"))?;
    facts.column = column.map(|(name, _)| name.to_owned());
    let since = ages.since();
    let lanes: Vec<Option<usize>> = when.iter().map(|when: &Option<Timestamp>| ages.lane(*when, &since)).collect();
    let sum = |lane: usize| moments.iter().zip(&lanes).filter(|(_, one)| **one == Some(lane)).map(|(moment, _)| moment.of_people).sum();
    let rows = (0..ages.lanes()).map(sum).collect();
    let turns = lanes.windows(2).filter(|two| matches!(two, [one, next] if one != next)).count();
    if turns > MOST_TURNS {
        let what = format!(
            "the dates in the column `{shown}` of `{list}` are written in a way that does not sort, and cannot be told apart there"
        );
        return Err(Error::new(what).help("name a query that writes them one way, such as 2026-11-27"));
    }
    let cell = column.map_or_else(|| String::from("''"), |(_, column)| cell(dialect, column));
    let lane = |lane: usize| {
        let name = format!("c{lane}");
        Lane { tells: between(dialect, &name, (&moments, &lanes), lane), name, cell: cell.clone() }
    };
    Ok(Aged { facts, lanes: (0..ages.lanes()).map(lane).collect(), rows })
}

/// Whether a cell is of a lane, by where it stands among all values.
fn between(dialect: Dialect, name: &str, (moments, lanes): (&[Moment], &[Option<usize>]), lane: usize) -> String {
    let is = |at: usize| u8::from(lanes.get(at).copied().flatten() == Some(lane));
    let mut cases = String::new();
    let mut last = if moments.is_empty() { u8::from(false) } else { is(0) };
    for (at, moment) in moments.iter().enumerate().skip(1) {
        if is(at) != last {
            let _ = write!(cases, " WHEN {name} < {} THEN {last}", dialect.literal(&moment.value));
            last = is(at);
        }
    }
    if cases.is_empty() { last.to_string() } else { format!("CASE{cases} ELSE {last} END") }
}
