//! When each mail of a flow goes out, counted from its start, as far as its pauses tell.

use super::delay::{Minutes, Wait, Weekdays};
use super::flow::{Flow, Mail, Step};

/// A day, in minutes.
const DAY: i64 = 24 * 60;

/// A mail of a flow, and how long after its start it goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted<'a> {
    /// The mail.
    pub mail: &'a Mail,
    /// At the earliest.
    pub from: Minutes,
    /// At the latest; later than the earliest where a pause ends at an hour or a day of the week, or ways differ.
    pub to: Minutes,
    /// Whether the export does not tell how long the flow waits.
    pub is_timeless: bool,
    /// Whether only some people come to it: it is on a way of a split, or behind a condition.
    pub for_some: bool,
}

impl Posted<'_> {
    /// `at once`, `after 3 days`, `after 3 to 4 days`.
    pub fn in_words(&self) -> String {
        match (self.from.0, self.to.0) {
            _ if self.is_timeless => String::from("at a time that the export does not tell"),
            (0, 0) => String::from("at once"),
            (from, to) if from == to => format!("after {}", self.from.in_words()),
            // Where it can be days apart nobody counts hours.
            (from, to) => format!("after {} to {} days", from / DAY, to.saturating_add(DAY - 1) / DAY),
        }
    }
}

impl Flow {
    /// Its mails in the order of the file, each with its time.
    pub fn timeline(&self) -> Vec<Posted<'_>> {
        let mut posted = Vec::new();
        follow(&self.steps, (0, 0), false, &mut posted);
        for posted in &mut posted {
            posted.is_timeless = self.is_timeless;
        }
        posted
    }
}

/// Goes through steps from a time on; gives the time at their end, and whether everybody comes there.
fn follow<'a>(steps: &'a [Step], mut time: (i64, i64), mut for_some: bool, posted: &mut Vec<Posted<'a>>) -> ((i64, i64), bool) {
    for step in steps {
        match step {
            Step::Wait(wait) => time = later(time, wait),
            Step::Send(mail) => posted.push(Posted { mail, from: Minutes(time.0), to: Minutes(time.1), is_timeless: false, for_some }),
            Step::Pass(_) => for_some = true,
            Step::Split(ways) => {
                let ends: Vec<((i64, i64), bool)> = ways.iter().map(|way| follow(&way.steps, time, true, posted)).collect();
                let first = ends.iter().map(|(end, _)| end.0).min().unwrap_or(time.0);
                time = (first, ends.iter().map(|(end, _)| end.1).max().unwrap_or(time.1));
            }
            Step::Join(_) | Step::Leave(_) | Step::Start(_) | Step::Raise(_) => {}
        }
    }
    (time, for_some)
}

fn later((from, to): (i64, i64), wait: &Wait) -> (i64, i64) {
    let length = wait.days.saturating_mul(DAY).saturating_add(wait.minutes).max(0);
    // Until an hour of the day it is at most a day, until a day of the week at most a week.
    let at_most = match (wait.weekdays == Weekdays::ALL, wait.until) {
        (true, None) => 0,
        (true, Some(_)) => DAY,
        (false, _) => 7 * DAY,
    };
    (from.saturating_add(length), to.saturating_add(length).saturating_add(at_most))
}

#[cfg(test)]
mod tests {
    use crate::error::Error;
    use crate::source::Source;

    #[test]
    fn mails_have_their_days() -> Result<(), Error> {
        let text = "[[flow]]\nname = \"A\"\ntrigger = { joins = \"n\" }\nsteps = [{ send = \"a\" }, { wait = \"3 days\" }, { send = \"b\" },\n\
            { if = { on = \"vip\" }, then = [{ wait = \"4 days\" }, { send = \"c\" }], else = [] }, { wait = \"2h\" }, { send = \"d\" },\n\
            { wait = \"1 day\", until = \"09:00\" }, { send = \"e\" }]\n";
        let flows = crate::flows::read(&Source::file("f.toml", text))?;
        let told: Vec<(String, String, bool)> =
            flows.flows[0].timeline().iter().map(|posted| (posted.mail.name.clone(), posted.in_words(), posted.for_some)).collect();
        let told: Vec<(&str, &str, bool)> = told.iter().map(|(name, when, some)| (name.as_str(), when.as_str(), *some)).collect();
        assert_eq!(
            told,
            [
                ("a", "at once", false),
                ("b", "after 3 days", false),
                ("c", "after 7 days", true),
                ("d", "after 3 to 8 days", false),
                ("e", "after 4 to 10 days", false)
            ]
        );
        Ok(())
    }
}
