//! The events of an import: when they happened, and how old they are when they are brought in.

use super::delay::Minutes;
use super::flow::plain;
use crate::audience::{List, RowView, header, survey};
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
    pub(super) fn of(&self, row: &RowView<'_>) -> Option<Timestamp> {
        self.read(&row.text(self.column?))
    }

    fn read(&self, cell: &str) -> Option<Timestamp> {
        let when = read_date(cell, self.order).ok()??;
        Some(when.resolve(Edge::DayBegins, &self.zone).timestamp())
    }
}

/// What some rows tell of dates.
#[derive(Default)]
struct Noted {
    facts: EventFacts,
    order: Option<Order>,
    /// Whether a date could not be read for want of the order of day and month.
    doubtful: bool,
}

/// Goes through the events of an import once, or twice where the order of day and month has to be found out.
///
/// # Errors
/// A list that cannot be read; a column that does not exist, with those that do.
pub(super) fn study(list: &List, wanted: Option<&str>, at: &Zoned) -> Result<(EventFacts, Dates), Error> {
    let header = header(list)?;
    let mut dates = Dates { column: date_column(&header.names, wanted, &list.path)?, order: None, zone: at.time_zone().clone() };
    let mut noted = gone_through(list, &dates)?;
    dates.order = noted.order;
    if noted.doubtful && dates.order.is_some() {
        // Rows apart from the one that proved the order were not understood.
        noted = gone_through(list, &dates)?;
    }
    noted.facts.column = dates.column.and_then(|column| header.names.get(column).cloned());
    Ok((noted.facts, dates))
}

fn gone_through(list: &List, dates: &Dates) -> Result<Noted, Error> {
    let look = |noted: &mut Noted, row: &RowView<'_>| {
        let cell = dates.column.map(|column| row.text(column)).unwrap_or_default();
        let mut dates = std::borrow::Cow::Borrowed(dates);
        if dates.order.is_none() {
            if noted.order.is_none() && may_prove(&cell) {
                noted.order = order_proved(&cell);
                noted.doubtful |= noted.order.is_none() && read_date(&cell, None).is_err();
            }
            if noted.order.is_some() {
                dates.to_mut().order = noted.order;
            }
        }
        noted.facts.note(dates.read(&cell));
    };
    survey(list, look, |all, more| {
        // A piece before this one may have been read in another order, or in none.
        all.doubtful |= more.doubtful || all.order.is_some() && more.order.is_some() && all.order != more.order;
        all.order = all.order.or(more.order);
        all.facts.add(&more.facts);
    })
}

/// Whether a cell could tell which comes first, the day or the month: it does not begin with the year.
fn may_prove(cell: &str) -> bool {
    let cell = cell.trim_start();
    !cell.is_empty() && !cell.bytes().take(4).all(|byte| byte.is_ascii_digit())
}

/// The column of the dates: the one that was named, or the first that is called like one; nothing where there is none.
///
/// # Errors
/// A column that does not exist, with those that do.
pub fn date_column(names: &[String], wanted: Option<&str>, path: &str) -> Result<Option<usize>, Error> {
    let at = |name: &str| names.iter().position(|column| plain(column) == name);
    match wanted {
        Some(wanted) => at(&plain(wanted)).map(Some).ok_or_else(|| {
            let known = names.iter().take(30).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            Error::in_file(path, format!("there is no column `{wanted}`")).help(format!("its columns are {known}"))
        }),
        None => Ok(NAMES.iter().find_map(|name| at(name))),
    }
}

/// What is known of events whose dates are at hand as different values, each with its rows; and when each of them was. Nothing where
/// some values put the day first and others the month.
pub fn study_values(values: &[(String, u64)], at: &Zoned) -> Option<(EventFacts, Vec<Option<Timestamp>>)> {
    let mut orders = values.iter().filter(|(value, _)| may_prove(value)).filter_map(|(value, _)| order_proved(value));
    let order = orders.next();
    if orders.any(|other| Some(other) != order) {
        return None;
    }
    let dates = Dates { column: None, order, zone: at.time_zone().clone() };
    let mut facts = EventFacts::default();
    let note = |(value, rows): &(String, u64)| {
        let when = dates.read(value);
        facts.add(&EventFacts { rows: *rows, undated: if when.is_none() { *rows } else { 0 }, column: None, oldest: when, newest: when });
        when
    };
    let moments = values.iter().map(note).collect();
    Some((facts, moments))
}

impl EventFacts {
    /// Notes an event.
    fn note(&mut self, when: Option<Timestamp>) {
        self.rows += 1;
        self.undated += u64::from(when.is_none());
        self.between(when, when);
    }

    /// Adds what others are known to be.
    fn add(&mut self, other: &Self) {
        self.rows += other.rows;
        self.undated += other.undated;
        self.between(other.oldest, other.newest);
    }

    fn between(&mut self, oldest: Option<Timestamp>, newest: Option<Timestamp>) {
        self.oldest = [self.oldest, oldest].into_iter().flatten().min();
        self.newest = [self.newest, newest].into_iter().flatten().max();
    }
}

/// The moment some time before `at`.
pub(super) fn since(limit: Minutes, at: &Zoned) -> Timestamp {
    at.timestamp().checked_sub(limit.duration()).unwrap_or(Timestamp::MIN)
}
