//! Exports of flows: one file a platform, told apart by what is in them, never by their name.

mod activecampaign;
mod braze;
mod customerio;
mod graph;
mod hubspot;
mod klaviyo;
mod klaviyo_conditions;
mod mailchimp;
mod plain;
mod plain_filters;
mod plain_steps;

use super::catalogue::Flows;
use super::flow::Gap;
use super::tree::Tree;
use crate::error::Error;
use crate::source::Source;
use std::sync::Arc;

/// Recognises a value and reads its flows; nothing where it is no export of that platform.
type Reader = fn(&Tree) -> Option<Flows>;

const READERS: [Reader; 6] = [klaviyo::read, mailchimp::read, activecampaign::read, customerio::read, hubspot::read, braze::read];

/// Reads whatever a file holds; a list of exports is read one by one.
pub(super) fn read(source: &Arc<Source>, tree: &Tree) -> Result<Flows, Error> {
    let parts = if tree.items().is_empty() { vec![tree] } else { tree.items().iter().collect() };
    let mut found = Vec::new();
    for part in parts {
        if plain::is_plain(part) {
            found.push(plain::read(part)?);
        } else if let Some(flows) = READERS.iter().find_map(|reader| reader(part)) {
            found.push(flows);
        } else {
            found.push(Flows { gaps: vec![strange(part)], ..Flows::default() });
        }
    }
    let flows = Flows::merge(found);
    if flows.flows.is_empty() && flows.names.is_empty() && flows.segments.is_empty() {
        let keys: Vec<String> = tree.entries().iter().take(20).map(|(key, _)| format!("`{key}`")).collect();
        let seen = if keys.is_empty() { String::new() } else { format!("; its keys are {}", keys.join(", ")) };
        return Err(Error::in_file(source.name(), format!("this file holds no flows that presend knows{seen}"))
            .help("export the flows of Klaviyo, Mailchimp, ActiveCampaign, Customer.io, HubSpot or Braze as JSON, or write them down as docs/flows.md shows"));
    }
    Ok(flows)
}

/// A part of a file that is no export that is known.
fn strange(part: &Tree) -> Gap {
    let keys: Vec<&str> = part.entries().iter().take(8).map(|(key, _)| key.as_str()).collect();
    Gap {
        what: String::from("a part of the file"),
        why: format!("it is no export that presend knows (its keys: {})", keys.join(", ")),
        remedy: None,
        span: part.span.clone(),
    }
}
