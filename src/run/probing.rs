//! `presend probe`: asks the links of drafts and writes their answers down.

use super::asking::{self, noticed};
use super::checking::{left_out, read_drafts};
use super::{Environment, write_out};
use crate::cli::{CheckArgs, ProbeArgs};
use crate::error::Error;
use crate::facts::Facts;
use crate::links::Links;
use crate::plan::plan;
use crate::read;
use crate::report;
use crate::source::Span;
use crate::write;
use jiff::Zoned;
use std::collections::{BTreeMap, BTreeSet};

/// The exit code where a person ended the asking.
const INCOMPLETE: u8 = 3;

/// Asks, writes the answers whole or not at all, and prints how the addresses stand.
pub(super) fn run(args: ProbeArgs, environment: &Environment, now: &Zoned) -> Result<u8, Error> {
    write::can_replace(&args.output)?;
    let ProbeArgs { paths, output, to, config, asking } = args;
    let check = CheckArgs { paths, to, config, asking, ..CheckArgs::default() };
    let mut plan = plan(&check, now.time_zone())?;
    if plan.jobs.iter().any(|job| job.links.offline) {
        return Err(Error::new("the settings file says that links are never asked (`offline = true`)")
            .help("take `offline` out of its [links] section, or name another file with --config"));
    }
    // What was recorded before is what this run replaces.
    plan.jobs.iter_mut().for_each(|job| job.answers = None);
    if plan.inputs().any(|input| read::is_same(input, &output)) {
        return Err(
            Error::in_file(&output, "this file is read in this run, and the answers would take its place").help("name another file")
        );
    }
    let drafts = read_drafts(&plan);
    left_out(&plan, &drafts)?;
    let mut places = BTreeMap::<String, Vec<String>>::new();
    for (job, drafts) in plan.jobs.iter().zip(&drafts) {
        for draft in drafts.as_ref().map_err(Clone::clone)? {
            draft.parse()?;
            let Some(facts) = noticed(job, draft) else { continue };
            note_places(&facts, &mut places);
        }
    }
    let mut links = Links::default();
    let mut known = BTreeSet::new();
    for answers in asking::ask(&plan, &drafts, environment, now.timestamp())?.into_iter().flatten() {
        // Drafts with the same settings share their answers.
        if known.insert(std::sync::Arc::as_ptr(&answers)) {
            links.absorb(Links::clone(&answers));
        }
    }
    write::replace(&output, links.to_json())?;
    write_out(&report::answers(&links, &places, &output))?;
    Ok(if links.ended_by_hand() { INCOMPLETE } else { 0 })
}

/// Notes where each address stands.
fn note_places(facts: &Facts, places: &mut BTreeMap<String, Vec<String>>) {
    let links = facts.links.iter().filter(|link| link.is_web()).map(|link| (&link.href, &link.span, link.text.as_str()));
    let images = facts.images.iter().filter_map(|image| Some((image.source.as_ref()?, &image.span, image.alt.as_deref().unwrap_or(""))));
    for (address, span, words) in links.chain(images) {
        places.entry(address.clone()).or_default().push(place(span, words));
    }
}

fn place(span: &Span, words: &str) -> String {
    let words: String = words.trim().chars().take(40).collect();
    let at = span.place();
    if words.is_empty() || words.contains("://") { at.to_string() } else { format!("{at} \"{words}\"") }
}
