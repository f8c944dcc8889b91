//! Answers kept between runs: successes only, each with the moment it was given. Reading and writing the file is the caller's.

use super::{Answer, Links, Standing, VERSION};
use crate::error::Error;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Answers of earlier runs.
///
/// What failed is never kept: it may have been mended since, and a kept failure is the one that nobody believes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cache(BTreeMap<String, Kept>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// Seconds since 1970.
    at: i64,
    answer: Answer,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    version: u32,
    kept: Vec<Kept>,
}

impl Cache {
    /// Reads a cache. One that cannot be read is worth no more than none, so callers may go on with an empty one.
    ///
    /// # Errors
    /// Text that is not a cache of this version, with line and column.
    pub fn from_json(name: &str, text: &str) -> Result<Self, Error> {
        let wire: Wire = serde_json::from_str(text).map_err(|error| {
            Error::at_line(name, error.line().max(1), error.column().max(1), "this is not a cache of link answers").help("delete it")
        })?;
        if wire.version != VERSION {
            return Err(
                Error::in_file(name, format!("a cache of version {} cannot be read, only {VERSION}", wire.version)).help("delete it")
            );
        }
        Ok(Self(wire.kept.into_iter().map(|kept| (kept.answer.url.clone(), kept)).collect()))
    }

    /// The JSON form, sorted by address.
    pub fn to_json(&self) -> String {
        let wire = Wire { version: VERSION, kept: self.0.values().cloned().collect() };
        serde_json::to_string_pretty(&wire).map_or_else(|_| String::new(), |json| json + "\n")
    }

    /// Keeps the successes of a run that ended at `now`; an address that failed in it is forgotten.
    pub fn keep(&mut self, links: &Links, now: Timestamp) {
        for answer in links.answers() {
            // An answer that came out of this very cache keeps its age.
            let same = self.0.get(&answer.url).is_some_and(|kept| kept.answer == *answer);
            if answer.standing != Standing::Alive {
                self.0.remove(&answer.url);
            } else if !same {
                self.0.insert(answer.url.clone(), Kept { at: now.as_second(), answer: answer.clone() });
            }
        }
    }

    /// The answers that are at most so old at `now`; older ones, and any from the future, are dropped.
    pub fn fresh(&mut self, now: Timestamp, at_most: SignedDuration) -> Links {
        self.0.retain(|_, kept| {
            let age = now.as_second().saturating_sub(kept.at);
            (0..=at_most.as_secs()).contains(&age)
        });
        let mut links = Links::default();
        self.0.values().for_each(|kept| links.insert(kept.answer.clone()));
        links
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn successes_are_kept_for_a_while_and_failures_never() {
        let at = |minute: i64| Timestamp::from_second(1_800_000_000 + 60 * minute).expect("a moment");
        let mut links = Links::default();
        links.insert(Answer::new("https://a.example/", Standing::Alive, "it answers (200)"));
        links.insert(Answer::new("https://b.example/", Standing::Unknown, "time-out"));
        let mut cache = Cache::default();
        cache.keep(&links, at(0));
        let mut cache = Cache::from_json("cache", &cache.to_json()).expect("our own JSON");
        let quarter = SignedDuration::from_mins(15);
        assert_eq!(cache.fresh(at(15), quarter).answers().count(), 1);
        // Used, and kept again: it grows no younger.
        cache.keep(&links, at(15));
        assert_eq!(cache.clone().fresh(at(16), quarter).answers().count(), 0);
        assert_eq!(cache.fresh(at(-1), quarter).answers().count(), 0);
    }
}
