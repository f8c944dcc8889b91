//! The calendar: the other campaigns of a folder that go out in the same week, and who gets them.

use super::{Config, Job};
use crate::lists::ListFile;
use crate::read;
use crate::settings::{Brief, OtherCampaign, Role, parse_time};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use std::path::Path;

/// Seven days.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Adds the other campaigns within a week of a job's own, and their send lists. A campaign without a time is on no calendar.
pub(super) fn take(job: &mut Job, config: &Config, own: &Brief) {
    let Some(send_at) = job.send_at.clone() else { return };
    for (number, other) in config.file.campaign.iter().enumerate().filter(|(_, other)| !std::ptr::eq(*other, own)) {
        let brief = &config.file.brief;
        let Some(time) = other.send_at.as_ref().or(brief.send_at.as_ref()) else { continue };
        let zone = other.zone.as_ref().map_or_else(|| Ok(job.settings.zone.clone()), |zone| TimeZone::get(zone.get_ref()));
        // A time that cannot be understood is said where its own campaign is planned.
        let Some(at) = zone.ok().and_then(|zone| parse_time(time.get_ref(), &zone)) else { continue };
        if at.timestamp().duration_since(send_at.timestamp()).abs() >= WEEK {
            continue;
        }
        let name = other.name.clone().unwrap_or_else(|| format!("campaign {}", number + 1));
        let to = other.to.as_ref().or(brief.to.as_ref()).into_iter().flatten();
        let lists: Vec<String> = to.map(|path| read::shown(&config.folder.join(path))).collect();
        for path in &lists {
            // The list of a later campaign may not have been exported yet.
            if read::exists(Path::new(path)) && job.lists.iter().all(|list| list.path != *path) {
                job.lists.push(ListFile { name: format!("{name}: {path}"), role: Role::Other, path: path.clone() });
            }
        }
        job.settings.others.push(OtherCampaign { name, send_at: at, lists, discount: None });
    }
}
