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
        self.read(&row.text(self.column?), self.order)
    }

    fn read(&self, cell: &str, order: Option<Order>) -> Option<Timestamp> {
        let when = read_date(cell, order).ok()??;
        Some(when.resolve(Edge::DayBegins, &self.zone).timestamp())
    }
}

/// What some rows tell of dates.
#[derive(Default)]
struct Noted {
    facts: EventFacts,
    /// The first date that tells the order of day and month, and the order.
    proof: Option<(Order, String)>,
    /// The first date that tells the other order.
    against: Option<String>,
    /// Whether a date could not be read for want of the order of day and month.
    doubtful: bool,
}

impl Noted {
    /// Notes a date and gives it, if it can be read.
    fn read(&mut self, cell: &str, dates: &Dates) -> Option<Timestamp> {
        if dates.order.is_some() || !may_prove(cell) {
            return dates.read(cell, dates.order);
        }
        if self.proof.is_none() {
            self.proof = order_proved(cell).map(|order| (order, cell.trim().to_owned()));
            self.doubtful |= self.proof.is_none() && read_date(cell, None).is_err();
        }
        let order = self.proof.as_ref().map(|(order, _)| *order);
        let when = dates.read(cell, order);
        // What can be read in the order that is known tells no other.
        if when.is_none() && order.is_some() && self.against.is_none() && order_proved(cell).is_some() {
            self.against = Some(cell.trim().to_owned());
        }
        when
    }

    /// Adds what a later piece has noted.
    fn add(&mut self, more: Self) {
        self.doubtful |= more.doubtful;
        self.facts.add(&more.facts);
        let against = match (&self.proof, &more.proof) {
            (Some((order, _)), Some((other, cell))) if order != other => Some(cell.clone()),
            _ => more.against,
        };
        self.against = self.against.take().or(against);
        self.proof = self.proof.take().or(more.proof);
    }
}

/// Goes through the events of an import once, or twice where the order of day and month has to be found out.
///
/// # Errors
/// A list that cannot be read; a column that does not exist, with those that do; dates of which some put the day first and others the
/// month.
pub(super) fn study(list: &List, wanted: Option<&str>, at: &Zoned) -> Result<(EventFacts, Dates), Error> {
    let header = header(list)?;
    let mut dates = Dates { column: date_column(&header.names, wanted, &list.path)?, order: None, zone: at.time_zone().clone() };
    let mut noted = gone_through(list, &dates)?;
    let column = dates.column.and_then(|column| header.names.get(column).cloned());
    if let (Some((_, one)), Some(other)) = (&noted.proof, &noted.against) {
        return Err(Error::in_file(&list.path, both_orders(column.as_deref().unwrap_or_default(), one, other))
            .help("export it with dates that are written one way, such as 2026-11-27"));
    }
    dates.order = noted.proof.as_ref().map(|(order, _)| *order);
    if noted.doubtful && dates.order.is_some() {
        // Rows apart from the one that proved the order were not understood.
        noted = gone_through(list, &dates)?;
    }
    noted.facts.column = column;
    Ok((noted.facts, dates))
}

fn gone_through(list: &List, dates: &Dates) -> Result<Noted, Error> {
    let look = |noted: &mut Noted, row: &RowView<'_>| {
        let cell = dates.column.map(|column| row.text(column)).unwrap_or_default();
        let when = noted.read(&cell, dates);
        noted.facts.note(when);
    };
    survey(list, look, Noted::add)
}

/// What is wrong with a column in which one date puts the day first, and another the month.
fn both_orders(column: &str, one: &str, other: &str) -> String {
    format!("the dates in the column `{column}` put the day first in some rows and the month in others: {one} and {other}")
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

/// What is known of events whose dates are at hand as different values of a column, each with its rows; and when each of them was.
///
/// # Errors
/// Why they are not understood: some values put the day first and others the month.
pub fn study_values(column: &str, values: &[(String, u64)], at: &Zoned) -> Result<(EventFacts, Vec<Option<Timestamp>>), String> {
    let mut proofs = values.iter().filter(|(value, _)| may_prove(value)).filter_map(|(value, _)| Some((order_proved(value)?, value)));
    let proof = proofs.next();
    let order = proof.map(|(order, _)| order);
    if let (Some((_, one)), Some((_, other))) = (proof, proofs.find(|(other, _)| Some(*other) != order)) {
        return Err(both_orders(column, one.trim(), other.trim()));
    }
    let dates = Dates { column: None, order, zone: at.time_zone().clone() };
    let mut facts = EventFacts::default();
    let note = |(value, rows): &(String, u64)| {
        let when = dates.read(value, order);
        facts.add(&EventFacts { rows: *rows, undated: if when.is_none() { *rows } else { 0 }, column: None, oldest: when, newest: when });
        when
    };
    let moments = values.iter().map(note).collect();
    Ok((facts, moments))
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
