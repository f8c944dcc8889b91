//! How the addresses of drafts stand, for people: the table that `presend probe` prints.

use super::harmless;
use crate::links::{Answer, LeftAlone, Links, Standing, masked};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The order of the table: what has to be mended first.
const ORDER: [Standing; 5] = [Standing::Dead, Standing::Suspect, Standing::NotPublic, Standing::Refused, Standing::Unknown];

/// How many places of an address are shown.
const PLACES: usize = 2;

/// How many addresses of one standing are shown.
const SHOWN: usize = 40;

/// Writes the table. `places` says for each address where it stands in the mail.
pub fn answers(links: &Links, places: &BTreeMap<String, Vec<String>>, file: &str) -> String {
    let mut out = String::new();
    for standing in ORDER {
        let of: Vec<&Answer> = links.answers().filter(|answer| answer.standing == standing).collect();
        if of.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{standing} ({})", of.len());
        for answer in of.iter().take(SHOWN) {
            let _ = writeln!(out, "  {}\n    {}", harmless(&masked(&answer.url)), harmless(&answer.shown_reason()));
            if answer.hops.len() > 1 {
                let _ = writeln!(out, "    way: {}", harmless(&answer.way()));
            }
            write_places(&mut out, places.get(&answer.url));
        }
        if of.len() > SHOWN {
            let _ = writeln!(out, "  and {} more, in {file}", of.len() - SHOWN);
        }
    }
    write_left_alone(&mut out, links);
    for note in links.notes() {
        let _ = writeln!(out, "note: {}", harmless(note));
    }
    let alive = links.count(Standing::Alive);
    let ended = if links.ended_by_hand() { "; ended by hand before all had answered" } else { "" };
    let _ = writeln!(out, "alive: {alive} of {} asked{ended}; written to {}", links.answers().count(), harmless(file));
    out
}

fn write_places(out: &mut String, places: Option<&Vec<String>>) {
    let Some(places) = places else { return };
    for place in places.iter().take(PLACES) {
        let _ = writeln!(out, "    at {}", harmless(place));
    }
    if places.len() > PLACES {
        let _ = writeln!(out, "    and {} more places", places.len() - PLACES);
    }
}

/// What was not asked, by reason.
fn write_left_alone(out: &mut String, links: &Links) {
    let all: Vec<(&str, &LeftAlone)> = links.all_left_alone().collect();
    if all.is_empty() {
        return;
    }
    let _ = writeln!(out, "not asked ({})", all.len());
    for (url, why) in all.iter().take(SHOWN) {
        let _ = writeln!(out, "  {}: {}", harmless(&masked(url)), harmless(&why.reason));
    }
    if all.len() > SHOWN {
        let _ = writeln!(out, "  and {} more", all.len() - SHOWN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::Alone;

    #[test]
    fn the_dead_come_first_and_tokens_are_masked() {
        let mut links = Links::default();
        links.insert(Answer::new("https://a.example/", Standing::Unknown, "time-out"));
        links.insert(Answer::new("https://b.example/?token=x", Standing::Dead, "https://b.example/?token=x does not exist (404)"));
        links.insert(Answer::new("https://c.example/", Standing::Alive, "it answers (200)"));
        links.leave_alone("https://a.example/unsubscribe?sid=7", LeftAlone::new(Alone::Unsubscribe, "it acts"));
        let places = BTreeMap::from([("https://b.example/?token=x".to_owned(), vec!["a.eml:1:2 \"Buy\"".to_owned()])]);
        let expected = "dead (1)
  https://b.example/?token=•••
    https://b.example/?token=••• does not exist (404)
    at a.eml:1:2 \"Buy\"
could not tell (1)
  https://a.example/
    time-out
not asked (1)
  https://a.example/unsubscribe?sid=•••: it acts
alive: 1 of 3 asked; written to links.json
";
        assert_eq!(answers(&links, &places, "links.json"), expected);
    }
}
