//! Beginnings and ends of coupons: instants, or civil dates whose time zone is not in the file.

use crate::source::Span;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::fmt;

/// When a coupon begins or ends, and where the file says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The date as the file has it.
    pub when: When,
    /// What a date without a time means.
    pub edge: Edge,
    /// Where it stands.
    pub span: Span,
}

/// A date as a file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// A point in time: the file has an offset, or Unix seconds.
    Instant(Timestamp),
    /// A date and time without a zone.
    Civil(DateTime),
    /// A date alone.
    Day(Date),
}

/// What a date without a time means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// The first instant of that day: beginnings, and ends in `WooCommerce`.
    DayBegins,
    /// The last second of that day: ends everywhere else.
    DayEnds,
}

impl Moment {
    /// The point in time, with dates that have no zone meant in `zone`. An end is the last second that still counts.
    pub fn resolve(&self, zone: &TimeZone) -> Zoned {
        self.when.resolve(self.edge, zone)
    }

    /// Of two ends the one that comes first; dates without a zone are compared as if in UTC.
    #[must_use]
    pub(super) fn earlier(self, other: Self) -> Self {
        if other.resolve(&TimeZone::UTC) < self.resolve(&TimeZone::UTC) { other } else { self }
    }
}

impl When {
    /// A civil midnight as its whole day.
    pub(super) fn midnight_as_day(self) -> Self {
        match self {
            Self::Civil(civil) if civil.time() == Time::midnight() => Self::Day(civil.date()),
            other => other,
        }
    }

    /// The point in time, with dates that have no zone meant in `zone`.
    pub fn resolve(self, edge: Edge, zone: &TimeZone) -> Zoned {
        let civil = match (self, edge) {
            (Self::Instant(instant), _) => return instant.to_zoned(zone.clone()),
            (Self::Civil(civil), _) => civil,
            (Self::Day(date), Edge::DayBegins) => date.at(0, 0, 0, 0),
            (Self::Day(date), Edge::DayEnds) => date.at(23, 59, 59, 0),
        };
        // Only the last days of the year 9999 have no instant; they mean "for ever".
        civil.to_zoned(zone.clone()).unwrap_or_else(|_| Timestamp::MAX.to_zoned(zone.clone()))
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instant(instant) => instant.fmt(f),
            Self::Civil(civil) => civil.fmt(f),
            Self::Day(date) => date.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_and_ends_in_the_zone_that_is_asked() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let day = When::Day("2026-10-25".parse().unwrap());
        assert_eq!(day.resolve(Edge::DayBegins, &zone).to_string(), "2026-10-25T00:00:00+02:00[Europe/Berlin]");
        assert_eq!(day.resolve(Edge::DayEnds, &zone).to_string(), "2026-10-25T23:59:59+01:00[Europe/Berlin]");
    }

    #[test]
    fn for_ever_does_not_overflow() {
        let day = When::Day("9999-12-31".parse().unwrap());
        assert!(day.resolve(Edge::DayEnds, &TimeZone::UTC).year() >= 9999);
    }
}
