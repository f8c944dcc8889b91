//! What is the same in every shop's answers: statuses, web pages where data should be, and JSON.

use super::fault::Fault;
use crate::probe::Told;
use serde::Deserialize;

/// The JSON of an answer, read as what it should be.
pub(super) fn json<'a, T: Deserialize<'a>>(told: &'a Told) -> Result<T, Fault> {
    serde_json::from_str(text(told)?).map_err(|_| Fault::Garbage)
}

/// The text of a successful answer.
fn text(told: &Told) -> Result<&str, Fault> {
    let text = std::str::from_utf8(&told.body).map_err(|_| Fault::Garbage).map(|text| text.trim_start_matches('\u{feff}').trim());
    let page = text.as_ref().is_ok_and(|text| text.starts_with('<'));
    match told.status {
        200..=299 | 403 | 404 if page => Err(Fault::Page),
        200..=299 => text,
        300..=399 => Err(Fault::Elsewhere(place(told.header("location").unwrap_or_default()))),
        401 => Err(Fault::Refused),
        403 => Err(Fault::Forbidden),
        404 => Err(Fault::NotThere),
        429 => Err(Fault::Busy),
        500..=599 => Err(Fault::Trouble(told.status)),
        status => Err(Fault::Status(status)),
    }
}

/// Where a redirect leads, without what may stand in its query.
fn place(location: &str) -> String {
    let bare = location.split(['?', '#']).next().unwrap_or_default().trim();
    if bare.is_empty() { String::from("another address") } else { bare.chars().take(100).collect() }
}
