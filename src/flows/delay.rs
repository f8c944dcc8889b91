//! How long flows wait, and at which hours they send.

use jiff::civil::{Time, Weekday};
use jiff::{SignedDuration, ToSpan, Zoned};
use std::fmt::Write as _;

/// A length of time in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minutes(pub i64);

/// No flow waits longer than ten years.
const LONGEST: i64 = 10 * 366 * 24 * 60;

impl Minutes {
    /// So many of a unit: `days`, `Day`, `h`, `SECONDS`. Months count thirty days, years 365.
    pub fn of(number: i64, unit: &str) -> Option<Self> {
        let unit = unit.trim().trim_end_matches('.').to_ascii_lowercase();
        let unit = if unit.len() > 1 { unit.trim_end_matches('s') } else { &unit };
        let minutes = match unit {
            "m" | "min" | "minute" | "minuten" => 1,
            "h" | "hr" | "hour" => 60,
            "d" | "day" => 24 * 60,
            "w" | "week" => 7 * 24 * 60,
            "month" => 30 * 24 * 60,
            "y" | "year" => 365 * 24 * 60,
            "sec" | "second" => return Some(Self((number.checked_add(59)? / 60).clamp(-LONGEST, LONGEST))),
            _ => return None,
        };
        Some(Self(number.checked_mul(minutes)?.clamp(-LONGEST, LONGEST)))
    }

    /// Reads `3 days`, `16h`, `1 day 4 hours`, `90 minutes`.
    pub fn read(text: &str) -> Option<Self> {
        let mut rest = text.trim();
        let mut total = 0_i64;
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?;
            let (number, tail) = rest.split_at(digits);
            let tail = tail.trim_start();
            let letters = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
            let (unit, tail) = tail.split_at(letters);
            total += Self::of(number.parse().ok()?, unit)?.0;
            rest = tail.trim_start_matches([' ', ',']).trim_start_matches("and ");
        }
        (!text.trim().is_empty()).then_some(Self(total.min(LONGEST)))
    }

    /// `3 days`, `16 hours`, `1 day and 4 hours`; years where nobody counts days any more.
    pub fn in_words(self) -> String {
        let minutes = self.0.max(0);
        let days = minutes / (24 * 60);
        if days >= 730 {
            return format!("{} years", days / 365);
        }
        let parts = [(days, "day"), (minutes / 60 % 24, "hour"), (minutes % 60, "minute")];
        let mut words = String::new();
        for (number, unit) in parts.into_iter().filter(|(number, _)| *number > 0) {
            let and = if words.is_empty() { "" } else { " and " };
            let _ = write!(words, "{and}{number} {unit}{}", if number == 1 { "" } else { "s" });
        }
        if words.is_empty() { String::from("no time") } else { words }
    }

    /// As a length of time.
    pub fn duration(self) -> SignedDuration {
        SignedDuration::from_mins(self.0)
    }
}

/// Days of the week, a bit for each, Monday lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Every day.
    pub const ALL: Self = Self(0b111_1111);

    /// The days of some names: `monday`, `Mon`.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let days = names.into_iter().map(|name| day(name).map(|day| 1_u8 << day)).collect::<Option<Vec<u8>>>()?;
        let days = days.into_iter().fold(0, |days, day| days | day);
        (days != 0).then_some(Self(days))
    }

    /// `Mon, Tue`; nothing for every day.
    pub fn in_words(self) -> Option<String> {
        let names = DAYS.iter().zip(0_u8..).filter(|(_, number)| self.0 & (1 << number) != 0).map(|(name, _)| *name);
        (self != Self::ALL).then(|| names.collect::<Vec<_>>().join(", "))
    }

    fn has(self, day: Weekday) -> bool {
        self.0 & (1 << day.to_monday_zero_offset()) != 0
    }
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The number of a weekday, from Monday as 0.
fn day(name: &str) -> Option<u8> {
    let name = name.trim().to_ascii_lowercase();
    DAYS.iter().zip(0..).find(|(day, _)| name.starts_with(&day.to_ascii_lowercase())).map(|(_, number)| number)
}

/// A pause between two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Whole days by the calendar, which a change of the clocks does not shift.
    pub days: i64,
    /// Minutes beyond them.
    pub minutes: i64,
    /// The time of day until which it then waits.
    pub until: Option<Time>,
    /// The days of the week on which it may end.
    pub weekdays: Weekdays,
}

impl Wait {
    /// A pause of a length of time.
    pub fn of(length: Minutes) -> Self {
        Self { days: length.0 / (24 * 60), minutes: length.0 % (24 * 60), until: None, weekdays: Weekdays::ALL }
    }

    /// When it ends.
    pub fn after(&self, from: &Zoned) -> Zoned {
        let moved =
            from.checked_add(self.days.clamp(0, 3660).days()).and_then(|at| at.checked_add(self.minutes.clamp(0, LONGEST).minutes()));
        let mut at = moved.unwrap_or_else(|_| from.clone());
        if let Some(until) = self.until {
            at = next(&at, until, |day| self.weekdays.has(day));
        } else if !self.weekdays.has(at.weekday()) {
            at = next(&at, Time::midnight(), |day| self.weekdays.has(day));
        }
        at
    }

    /// The same in words: `3 days`, `1 day, until 09:00`.
    pub fn in_words(&self) -> String {
        let mut words = Minutes(self.days * 24 * 60 + self.minutes).in_words();
        if let Some(until) = self.until {
            let _ = write!(words, ", then until {}", until.strftime("%H:%M"));
        }
        if let Some(days) = self.weekdays.in_words() {
            let _ = write!(words, " on {days}");
        }
        words
    }
}

/// The first moment from `at` on at a time of day, on a day that will do.
fn next(at: &Zoned, time: Time, fits: impl Fn(Weekday) -> bool) -> Zoned {
    for days in 0..8_i64 {
        let Ok(day) = at.checked_add(days.days()) else { break };
        let Ok(moment) = day.date().to_datetime(time).to_zoned(at.time_zone().clone()) else { continue };
        if moment >= *at && fits(moment.weekday()) {
            return moment;
        }
    }
    at.clone()
}

/// The hours in which mails go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    from: Time,
    to: Time,
    weekdays: Weekdays,
}

impl Window {
    /// Hours of some days; `from` must be before `to`.
    pub fn new(from: Time, to: Time, weekdays: Weekdays) -> Option<Self> {
        (from < to).then_some(Self { from, to, weekdays })
    }

    /// Reads `09:00-17:00`, `Mon-Fri 09:00-17:00`, `Sat,Sun 10:00-12:00`.
    pub fn read(text: &str) -> Option<Self> {
        let (days, hours) = text.trim().rsplit_once(' ').unwrap_or(("", text.trim()));
        let (from, to) = hours.split_once('-')?;
        let weekdays = match days.trim() {
            "" => Weekdays::ALL,
            days => match days.split_once('-') {
                Some((first, last)) => {
                    let (first, last) = (day(first)?, day(last)?);
                    Weekdays(
                        (0..7)
                            .map(|step| (first + step) % 7)
                            .scan(false, |done, day| {
                                let open = !*done;
                                *done |= day == last;
                                open.then_some(1_u8 << day)
                            })
                            .fold(0, |days, day| days | day),
                    )
                }
                None => Weekdays::of(days.split(','))?,
            },
        };
        Self::new(from.trim().parse().ok()?, to.trim().parse().ok()?, weekdays)
    }

    /// `09:00 to 17:00 on Mon, Tue`.
    pub fn in_words(&self) -> String {
        let days = self.weekdays.in_words().map(|days| format!(" on {days}")).unwrap_or_default();
        format!("{} to {}{days}", self.from.strftime("%H:%M"), self.to.strftime("%H:%M"))
    }

    /// The first moment from `at` on at which mails go out.
    pub fn open(&self, at: &Zoned) -> Zoned {
        let time = at.time();
        if self.weekdays.has(at.weekday()) && time >= self.from && time < self.to {
            return at.clone();
        }
        next(at, self.from, |day| self.weekdays.has(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Zoned {
        text.parse().expect("a time")
    }

    #[test]
    fn lengths_are_read_and_said() {
        let read = |text| Minutes::read(text).map(|length| length.0);
        assert_eq!((read("3 days"), read("16h"), read("1 day, 4 hours"), read("2w")), (Some(4320), Some(960), Some(1680), Some(20_160)));
        assert_eq!((read("soon"), read("3"), read(""), read("7 moons")), (None, None, None, None));
        assert_eq!(Minutes(1680).in_words(), "1 day and 4 hours");
        assert_eq!(Minutes(3 * 366 * 24 * 60).in_words(), "3 years");
    }

    #[test]
    fn a_wait_of_days_keeps_the_hour_when_the_clocks_change() {
        let wait = Wait::of(Minutes(24 * 60));
        assert_eq!(wait.after(&at("2026-10-24T09:00[Europe/London]")), at("2026-10-25T09:00[Europe/London]"));
        let wait = Wait { until: Some(jiff::civil::time(9, 0, 0, 0)), weekdays: Weekdays::of(["monday"]).expect("a day"), ..wait };
        assert_eq!(wait.after(&at("2026-11-20T10:00[UTC]")), at("2026-11-23T09:00[UTC]"));
    }

    #[test]
    fn a_window_moves_a_mail_to_its_opening() {
        let window = Window::read("Mon-Fri 09:00-17:00").expect("a window");
        assert_eq!(window.open(&at("2026-11-20T18:00[UTC]")), at("2026-11-23T09:00[UTC]"));
        assert_eq!(window.open(&at("2026-11-20T10:30[UTC]")), at("2026-11-20T10:30[UTC]"));
        assert!(Window::read("17:00-09:00").is_none() && Window::read("never").is_none());
    }
}
