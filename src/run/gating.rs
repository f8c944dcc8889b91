//! What stands between findings and the verdict: which drafts are looked at, and what the project has accepted before.

use super::checking::make_report;
use super::{now, write_out};
use crate::check::Reported;
use crate::cli::{BaselineArgs, CheckArgs};
use crate::error::Error;
use crate::finding::Severity;
use crate::gate::{self, BASELINE_NAME, Baseline, Seen};
use crate::git;
use crate::plan::{Job, Plan, plan};
use crate::read;
use crate::report::DraftReport;
use crate::write;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What the project has accepted, as far as a run needs it.
pub(super) struct Gate {
    today: Date,
    whole: bool,
    baselines: BTreeMap<String, Baseline>,
}

impl Gate {
    pub(super) fn read(plan: &Plan, args: &CheckArgs, today: Date) -> Result<Self, Error> {
        let mut baselines = BTreeMap::new();
        for path in plan.jobs.iter().filter_map(|job| job.baseline.as_ref()) {
            if !baselines.contains_key(path) {
                let text = String::from_utf8_lossy(&read::bytes(path, "baseline")?).into_owned();
                baselines.insert(path.clone(), Baseline::from_json(path, &text)?);
            }
        }
        // Only a run over a whole folder can say that something is nowhere.
        let whole = args.changed_since.is_none() && args.paths.iter().all(|path| Path::new(path).is_dir());
        Ok(Self { today, whole, baselines })
    }

    /// Sets apart what is accepted in a draft.
    pub(super) fn sift(&self, job: &Job, draft: DraftReport) -> DraftReport {
        let baseline = job.baseline.as_ref().and_then(|path| self.baselines.get(path));
        draft.sifted(|findings, key| gate::sift(findings, key, &job.settings, baseline, self.today))
    }

    /// What is wrong with the exceptions themselves.
    pub(super) fn exceptions(&self, drafts: &[(DraftReport, &Job)]) -> Vec<Reported> {
        let concerned = || drafts.iter().filter(|(_, job)| job.settings.has_exceptions());
        let unchecked: Vec<Vec<&'static str>> = concerned()
            .map(|(draft, _)| {
                draft.not_checked.iter().flat_map(|gap| gap.rules.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect()
            })
            .collect();
        let seen: Vec<Seen<'_>> = concerned()
            .zip(&unchecked)
            .map(|((draft, job), unchecked)| Seen {
                key: &draft.key,
                settings: &job.settings,
                waived: &draft.waived,
                expected: &draft.expected,
                unchecked,
            })
            .collect();
        let fared = gate::exceptions(&seen, self.today, self.whole);
        fared.iter().flat_map(|(exceptions, levels)| gate::judge(exceptions, levels).0).collect()
    }
}

/// From where on findings hold the send: as typed, or the strictest that a settings file says.
pub(super) fn hold_at(plan: &Plan, args: &CheckArgs) -> Option<Severity> {
    args.hold_at.map(Into::into).or_else(|| plan.jobs.iter().filter_map(|job| job.hold_at).min())
}

/// Leaves only drafts of which something has changed; says so if none has.
pub(super) fn keep_changed(plan: &mut Plan, args: &CheckArgs) -> Result<Option<String>, Error> {
    let Some(rev) = &args.changed_since else { return Ok(None) };
    let changed: BTreeSet<PathBuf> = git::changed_since(rev)?.iter().filter_map(|path| read::true_path(path)).collect();
    let all = plan.jobs.len();
    plan.jobs.retain(|job| job.inputs().any(|input| read::true_path(Path::new(input)).is_some_and(|path| changed.contains(&path))));
    plan.rehearsals.retain(|plan| read::true_path(Path::new(&plan.path)).is_some_and(|path| changed.contains(&path)));
    let noun = if all == 1 { "draft has" } else { "drafts has" };
    Ok((plan.jobs.is_empty() && plan.rehearsals.is_empty()).then(|| format!("nothing to check: none of {all} {noun} changed since {rev}")))
}

/// The baseline that a check of the same drafts would read.
fn beside_settings(check: &CheckArgs) -> Result<String, Error> {
    let plan = plan(check, now().time_zone())?;
    let Some(job) = plan.jobs.first() else { return Ok(String::from(BASELINE_NAME)) };
    let home = job.config.as_ref().and_then(|config| Path::new(config).parent()).unwrap_or(Path::new("."));
    Ok(job.baseline.clone().unwrap_or_else(|| read::shown(&home.join(BASELINE_NAME))))
}

/// Writes down what is found today.
pub(super) fn baseline(args: &BaselineArgs) -> Result<(), Error> {
    let BaselineArgs { paths, brief, config, offline, links, asking, output } = args.clone();
    let output = match output {
        Some(output) => output,
        None => beside_settings(&CheckArgs { paths: paths.clone(), config: config.clone(), ..CheckArgs::default() })?,
    };
    write::can_replace(&output)?;
    let check =
        CheckArgs { paths, brief, config, offline, links, asking, no_baseline: true, output: Some(output.clone()), ..CheckArgs::default() };
    let report = make_report(&check, &now())?;
    if let Some(error) = report.unreadable.into_iter().next() {
        return Err(error);
    }
    let mut baseline = Baseline::default();
    for draft in &report.drafts {
        draft.findings.iter().for_each(|reported| baseline.note(&draft.key, reported));
    }
    write::replace(&output, baseline.to_json())?;
    let one = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    let mut said = format!("{} of {} written to {output}", one(baseline.len(), "finding"), one(report.drafts.len(), "draft"));
    if baseline.left_out() > 0 {
        let more =
            if baseline.left_out() == 1 { "belongs to one send, and still holds it" } else { "belong to one send, and still hold it" };
        said = format!("{said}; {} more {more}", baseline.left_out());
    }
    write_out(&format!("{said}\n"))
}
