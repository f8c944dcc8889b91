//! What a date that a mail names means, counted from the day on which the mail goes out.

use super::dates::{DateMention, Kind};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

impl DateMention {
    /// The day that is meant. A year that is not written is the one that brings the day nearest to `near`; a weekday
    /// alone is the next one. Nothing for a day that does not exist.
    pub fn day(&self, near: Date) -> Option<Date> {
        if let Some(hours) = self.hours {
            return near.checked_add(i32::from(hours.div_ceil(24)).days()).ok();
        }
        if let Some(days) = self.from_today.filter(|_| self.day.is_none()) {
            return near.checked_add(i32::from(days).days()).ok();
        }
        let (Some(day), Some(month)) = (self.day, self.month) else { return self.next_weekday(near) };
        let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
        if let Some(year) = self.year {
            return Date::new(i16::try_from(year).ok()?, month, day).ok();
        }
        let years = [near.year() - 1, near.year(), near.year() + 1];
        years.into_iter().filter_map(|year| Date::new(year, month, day).ok()).min_by_key(|date| days_between(*date, near).abs())
    }

    fn next_weekday(&self, near: Date) -> Option<Date> {
        let wanted = i32::from(self.weekday?);
        let today = i32::from(near.weekday().to_monday_one_offset());
        near.checked_add((wanted - today).rem_euclid(7).days()).ok()
    }

    /// The last instant that still counts, for a mail that goes out at `send`: the time that is named, or the end of the
    /// day; before the day where the mail says "before". Times without a zone are meant in the zone of `send`.
    pub fn end(&self, send: &Zoned) -> Option<Zoned> {
        if let Some(hours) = self.hours {
            return send.checked_add(i64::from(hours).hours()).ok();
        }
        let zone = self.time_zone().unwrap_or_else(|| send.time_zone().clone());
        self.local_time(send)?.to_zoned(zone).ok()
    }

    /// The same as a local time.
    fn local_time(&self, send: &Zoned) -> Option<DateTime> {
        let day = self.day(send.date())?;
        match self.time {
            Some(clock) if clock.hour == 24 => day.tomorrow().ok().map(|next| next.to_datetime(Time::midnight())),
            Some(clock) => day.at(i8::try_from(clock.hour).ok()?, i8::try_from(clock.minute).ok()?, 0, 0).into(),
            None if self.kind == Kind::Before => Some(day.yesterday().ok()?.at(23, 59, 59, 0)),
            None => Some(day.at(23, 59, 59, 0)),
        }
    }

    /// The zone that the text names, if it is known.
    pub fn time_zone(&self) -> Option<TimeZone> {
        let name = match self.zone.as_deref()? {
            "GMT" | "UTC" => return Some(TimeZone::UTC),
            "BST" => "Europe/London",
            "CET" | "CEST" | "MEZ" | "MESZ" => "Europe/Berlin",
            "ET" | "EST" | "EDT" => "America/New_York",
            "CT" | "CST" | "CDT" => "America/Chicago",
            "MT" | "MST" | "MDT" => "America/Denver",
            "PT" | "PST" | "PDT" => "America/Los_Angeles",
            "AEST" | "AEDT" => "Australia/Sydney",
            _ => return None,
        };
        TimeZone::get(name).ok()
    }

    /// Whether a year or what follows from today fixes the day: nothing is guessed.
    pub fn is_exact(&self) -> bool {
        self.year.is_some() || self.from_today.is_some() && self.day.is_none() || self.hours.is_some()
    }
}

/// Days from one date to another; negative where the first stands later.
pub fn days_between(date: Date, from: Date) -> i32 {
    (date - from).get_days()
}

#[cfg(test)]
mod tests {
    use crate::offers::{Language, dates};
    use jiff::Zoned;

    #[test]
    fn days_are_counted_from_the_send_time() {
        let send: Zoned = "2026-11-27T09:00[Europe/London]".parse().expect("a time");
        for (text, end) in [
            ("until Sunday midnight", "2026-11-30T00:00:00+00:00[Europe/London]"),
            ("ends today", "2026-11-27T23:59:59+00:00[Europe/London]"),
            ("ends 2 January", "2027-01-02T23:59:59+00:00[Europe/London]"),
            ("ended on 30 October, until 31 October 2026", "2026-10-31T23:59:59+00:00[Europe/London]"),
            ("order before 1 December", "2026-11-30T23:59:59+00:00[Europe/London]"),
            ("24 hours only", "2026-11-28T09:00:00+00:00[Europe/London]"),
            ("2 days left", "2026-11-28T23:59:59+00:00[Europe/London]"),
            ("ends tomorrow at 9am PT", "2026-11-28T09:00:00-08:00[America/Los_Angeles]"),
        ] {
            let last = dates(text, Language::English).pop().expect(text);
            assert_eq!(last.end(&send).map(|end| end.to_string()).as_deref(), Some(end), "{text}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_none() {
        let send: Zoned = "2026-11-27T09:00[Europe/London]".parse().expect("a time");
        assert_eq!(dates("ends 31 June", Language::English)[0].end(&send), None);
    }
}
