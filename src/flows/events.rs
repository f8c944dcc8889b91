//! The events of an import: when they happened, and how old they are when they are brought in.

use super::delay::Minutes;
use super::flow::plain;
use crate::audience::List;
use crate::audience::rows::{Header, Row, stream};
use crate::coupons::{Edge, Order, order_proved, read_date};
use crate::error::Error;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// What the column with the date of an event is called, the surest names first.
const NAMES: [&str; 22] = [
    "shippedat",
    "fulfilledat",
    "deliveredat",
    "eventdate",
    "eventtime",
    "occurredat",
    "happenedat",
    "timestamp",
    "date",
    "orderdate",
    "datecreated",
    "createdat",
    "created",
    "orderedat",
    "paidat",
    "processedat",
    "purchasedate",
    "datum",
    "bestelldatum",
    "versanddatum",
    "time",
    "when",
];

/// What is known of the events of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFacts {
    /// Rows.
    pub rows: u64,
    /// Rows whose date is missing or cannot be read.
    pub undated: u64,
    /// The column of the dates, if there is one.
    pub column: Option<String>,
    /// When the first happened.
    pub oldest: Option<Timestamp>,
    /// When the last happened.
    pub newest: Option<Timestamp>,
}

/// How the dates of an import are read.
#[derive(Debug, Clone)]
pub(super) struct Dates {
    column: Option<usize>,
    order: Option<Order>,
    zone: TimeZone,
}

impl Dates {
    /// When the event of a row happened.
    pub(super) fn of(&self, row: &Row) -> Option<Timestamp> {
        let cell = row.fields.get(self.column?)?;
        let when = read_date(cell, self.order).ok()??;
        Some(when.resolve(Edge::DayBegins, &self.zone).timestamp())
    }
}

/// Goes through the events of an import once, or twice where the order of day and month has to be found out.
///
/// # Errors
/// A list that cannot be read; a column that does not exist, with those that do.
pub(super) fn study(list: &List, wanted: Option<&str>, at: &Zoned) -> Result<(EventFacts, Dates), Error> {
    let mut dates = Dates { column: None, order: None, zone: at.time_zone().clone() };
    let rows = stream(list)?;
    dates.column = column(rows.header(), wanted, &list.path)?;
    let mut facts =
        EventFacts { column: dates.column.and_then(|column| rows.header().names.get(column).cloned()), ..EventFacts::default() };
    let mut doubtful = false;
    for row in rows {
        let row = row?;
        let cell = dates.column.and_then(|column| row.fields.get(column)).map_or("", String::as_str);
        if dates.order.is_none() && !cell.trim().is_empty() {
            dates.order = order_proved(cell);
            doubtful |= dates.order.is_none() && read_date(cell, None).is_err();
        }
        note(&mut facts, dates.of(&row));
    }
    if doubtful && dates.order.is_some() {
        // Rows before the one that proved the order were not understood.
        facts = EventFacts { column: facts.column, ..EventFacts::default() };
        for row in stream(list)? {
            note(&mut facts, dates.of(&row?));
        }
    }
    Ok((facts, dates))
}

fn note(facts: &mut EventFacts, when: Option<Timestamp>) {
    facts.rows += 1;
    match when {
        Some(when) => {
            facts.oldest = Some(facts.oldest.map_or(when, |oldest| oldest.min(when)));
            facts.newest = Some(facts.newest.map_or(when, |newest| newest.max(when)));
        }
        None => facts.undated += 1,
    }
}

/// The column of the dates: the one that was named, or the first that is called like one.
fn column(header: &Header, wanted: Option<&str>, path: &str) -> Result<Option<usize>, Error> {
    let at = |name: &str| header.names.iter().position(|column| plain(column) == name);
    match wanted {
        Some(wanted) => at(&plain(wanted)).map(Some).ok_or_else(|| {
            let known = header.names.iter().take(30).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            Error::in_file(path, format!("there is no column `{wanted}`")).help(format!("its columns are {known}"))
        }),
        None => Ok(NAMES.iter().find_map(|name| at(name))),
    }
}

impl EventFacts {
    /// How many happened within some time before `at`, where that is plain without counting: all, or none.
    pub(super) fn within(&self, limit: Minutes, at: &Zoned) -> Option<bool> {
        let since = since(limit, at);
        match (self.oldest, self.newest) {
            (Some(oldest), _) if oldest >= since => Some(true),
            (_, Some(newest)) if newest < since => Some(false),
            (None, None) => Some(false),
            _ => None,
        }
    }
}

/// The moment some time before `at`.
pub(super) fn since(limit: Minutes, at: &Zoned) -> Timestamp {
    at.timestamp().checked_sub(limit.duration()).unwrap_or(Timestamp::MIN)
}
