//! Addresses in an invitation (RFC 5545): its folded lines are joined, with the way back.

use super::plain::addresses;
use super::{Link, LinkKind};
use crate::origin::OffsetMap;
use crate::source::{Source, Span};

/// Properties of an event that people see.
const SEEN: [&str; 5] = ["URL", "LOCATION", "DESCRIPTION", "ATTACH", "X-ALT-DESC"];

/// Notices the addresses that an invitation shows.
pub(super) fn notice(invitation: &Span) -> Vec<Link> {
    let unfolded = unfold(invitation);
    let mut links = Vec::new();
    let mut at = 0;
    for line in unfolded.text().split_inclusive('\n') {
        let name = line.split([':', ';']).next().unwrap_or_default();
        if SEEN.contains(&name.to_ascii_uppercase().as_str()) {
            links.extend(addresses(&unfolded.slice(at..at + line.trim_end().len())).iter().map(in_value));
        }
        at += line.len();
    }
    links
}

/// In a value, `\n`, `\,` and `\;` are marks of the format and no part of an address.
fn in_value(link: &Link) -> Link {
    let end = link.span.text().find('\\').unwrap_or(link.span.text().len());
    Link::bare(LinkKind::Calendar, &link.span.slice(0..end))
}

/// The invitation with folded lines joined: a line that begins with a blank goes on with the one before.
fn unfold(invitation: &Span) -> Span {
    let text = invitation.text();
    let (mut joined, mut map) = (String::with_capacity(text.len()), OffsetMap::default());
    let mut at = invitation.start;
    for line in text.split_inclusive('\n') {
        let goes_on = at > invitation.start && line.starts_with([' ', '\t']);
        if goes_on {
            joined.truncate(joined.trim_end_matches(['\r', '\n']).len());
        }
        let skipped = usize::from(goes_on);
        map.push(joined.len(), at + skipped);
        joined.push_str(line.get(skipped..).unwrap_or_default());
        at += line.len();
    }
    map.finish(joined.len(), invitation.end);
    Source::decoded(&invitation.source, "invitation", joined, map).whole()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_addresses_are_joined_and_lead_back() {
        let text =
            "BEGIN:VEVENT\r\nURL:https://shop.exam\r\n ple/talk\r\nDESCRIPTION:See https://b.example/x\\nBye\r\nUID:https://c.example/\r\n";
        let links = notice(&Source::file("a.ics", text).whole());
        let found: Vec<(&str, String)> = links.iter().map(|link| (link.href.as_str(), link.span.place().to_string())).collect();
        assert_eq!(found, [("https://shop.example/talk", "a.ics:2:5".to_owned()), ("https://b.example/x", "a.ics:4:17".to_owned())]);
    }
}
