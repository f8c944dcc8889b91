//! What all drafts of a run share, read once: lists, coupons, recorded answers, dictionaries.

use super::shops::{self, Known};
use super::spelling::Shelf;
use super::{Environment, counting};
use crate::audience::{Audience, Memory};
use crate::error::Error;
use crate::links::Links;
use crate::lists::ListFile;
use crate::plan::{Job, Plan};
use crate::read;
use crate::settings::{CouponSource, WarehouseSettings};
use std::collections::BTreeMap;

/// Lists, the names of their address columns, the domains of competitors, and the warehouse in which lists may stand.
pub(super) type Lists = (Vec<ListFile>, Vec<String>, Vec<String>, WarehouseSettings);

pub(super) fn lists_of(job: &Job) -> Lists {
    (job.lists.clone(), job.columns.clone(), job.settings.people.competitors.clone(), job.warehouse.clone())
}

/// Where a job's coupons come from, and whether a shop among them may not be asked.
pub(super) fn coupons_of(job: &Job) -> (Vec<CouponSource>, bool) {
    (job.coupons.clone(), job.links.offline)
}

/// What all drafts of a run share: lists, coupons and recorded answers, each combination of files read once however many
/// drafts use it.
#[derive(Default)]
pub(super) struct Catalogues {
    pub(super) audiences: BTreeMap<Lists, Audience>,
    pub(super) coupons: BTreeMap<(Vec<CouponSource>, bool), Known>,
    pub(super) answers: BTreeMap<String, Links>,
    pub(super) shelf: Shelf,
    /// Whether somebody will look at a page of the drafts.
    pub(super) shows_page: bool,
}

impl Catalogues {
    pub(super) fn read(plan: &Plan, memory: &Memory, environment: &Environment) -> Result<Self, Error> {
        let mut catalogues = Self::default();
        for job in &plan.jobs {
            let lists = lists_of(job);
            if !job.lists.is_empty() && !catalogues.audiences.contains_key(&lists) {
                let audience = counting::read(&lists, memory)?;
                catalogues.audiences.insert(lists, audience);
            }
            let coupons = coupons_of(job);
            if !job.coupons.is_empty() && !catalogues.coupons.contains_key(&coupons) {
                let known = shops::read(&job.coupons, &job.links, environment)?;
                catalogues.coupons.insert(coupons, known);
            }
            if let Some(path) = job.answers.as_ref().filter(|path| !catalogues.answers.contains_key(*path)) {
                catalogues.answers.insert(path.clone(), read_answers(path)?);
            }
        }
        Ok(catalogues)
    }
}

fn read_answers(path: &str) -> Result<Links, Error> {
    let text = String::from_utf8_lossy(&read::bytes(path, "file of link answers")?).into_owned();
    Links::from_json(path, &text)
}
