//! Rules about dates and deadlines: whether they exist, agree with each other, and still lie ahead.

pub(super) mod clock_gap;
pub(super) mod deadline_past;
pub(super) mod end_before_start;
pub(super) mod impossible_date;
pub(super) mod old_copyright;
pub(super) mod outdated_year;
pub(super) mod relative_day;
pub(super) mod wrong_weekday;

use super::offers::scope::has_word;
use jiff::Zoned;
use jiff::civil::Date;

/// A point in time as people read it.
fn in_words(at: &Zoned) -> String {
    at.strftime("%a %-d %B %Y, %H:%M %Z").to_string()
}

/// A day as people read it.
fn day_in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

fn weekday_name(day: Date) -> String {
    day.strftime("%A").to_string()
}

/// Whether a sentence tells of what has been: then a date in the past is no mistake.
fn is_story(sentence: &str) -> bool {
    const WORDS: [&str; 40] = [
        "was",
        "were",
        "had",
        "ran",
        "ended",
        "expired",
        "closed",
        "lasted",
        "took place",
        "held",
        "extended",
        "delayed",
        "happened",
        "announced",
        "released",
        "published",
        "previously",
        "last year",
        "last week",
        "last month",
        "did",
        "didn't",
        "have been",
        "has been",
        "started",
        "began",
        "posted",
        "wurde",
        "wurden",
        "war",
        "waren",
        "hatte",
        "endete",
        "était",
        "étaient",
        "a été",
        "fue",
        "fueron",
        "è stato",
        "werd",
    ];
    has_word(sentence, &WORDS)
}
