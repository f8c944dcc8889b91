//! What a project has accepted is set apart from what is new: expected mistakes, waivers, and a baseline of what is known.

mod baseline;

pub use baseline::{BASELINE_NAME, Baseline};

use crate::check::Reported;
use crate::rule::{Check, Exceptions, ExpectedUse, Rule, WaiverUse};
use crate::rules::RULES;
use crate::settings::{Expectation, Level, Settings, Waiver};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The findings of one draft, set apart.
#[derive(Debug, Default)]
pub struct Sifted {
    /// What stays open, in its order.
    pub open: Vec<Reported>,
    /// What is waived, and by which waiver.
    pub waived: Vec<(Reported, Waiver)>,
    /// What is a mistake on purpose.
    pub expected: Vec<(Reported, Expectation)>,
    /// What the baseline knows.
    pub known: Vec<Reported>,
}

/// Sets findings of a draft apart. `key` names the draft by its path from the folder of its settings.
///
/// A waiver whose last day is over lets nothing pass.
pub fn sift(findings: Vec<Reported>, key: &str, settings: &Settings, baseline: Option<&Baseline>, today: Date) -> Sifted {
    let mut sifted = Sifted::default();
    for reported in findings {
        let meets = |aim: &crate::settings::Aim| aim.meets(reported.rule.name, key, &reported.finding);
        if let Some(expectation) = settings.expected.iter().find(|expectation| meets(&expectation.aim)) {
            sifted.expected.push((reported, expectation.clone()));
        } else if let Some(waiver) = settings.waivers.iter().find(|waiver| waiver.expires >= today && meets(&waiver.aim)) {
            sifted.waived.push((reported, waiver.clone()));
        } else if baseline.is_some_and(|baseline| baseline.knows(key, &reported)) {
            sifted.known.push(reported);
        } else {
            sifted.open.push(reported);
        }
    }
    sifted
}

/// One draft of a run, as far as exceptions are concerned.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Its path from the folder of its settings.
    pub key: &'a str,
    /// Its settings.
    pub settings: &'a Settings,
    /// What was waived in it.
    pub waived: &'a [(Reported, Waiver)],
    /// Which mistakes on purpose were found in it.
    pub expected: &'a [(Reported, Expectation)],
    /// The rules that did not run on it, or not on everything.
    pub unchecked: &'a [&'static str],
}

impl Seen<'_> {
    fn was_checked_for(&self, rule: &str) -> bool {
        !self.unchecked.contains(&rule) && self.settings.levels.get(rule) != Some(&Level::Off)
    }
}

/// How the exceptions of every settings file fared. `whole` says that every draft of the folder was looked at.
pub fn exceptions(seen: &[Seen<'_>], today: Date, whole: bool) -> Vec<(Exceptions, BTreeMap<String, Level>)> {
    let mut files: BTreeMap<String, Vec<Seen<'_>>> = BTreeMap::new();
    for one in seen {
        let aims = one.settings.waivers.iter().map(|waiver| &waiver.aim).chain(one.settings.expected.iter().map(|expected| &expected.aim));
        if let Some(aim) = aims.into_iter().next() {
            files.entry(aim.place.source.name().to_owned()).or_default().push(*one);
        }
    }
    let fared = |seen: &Vec<Seen<'_>>| {
        let settings = seen.first()?.settings;
        let waivers = settings.waivers.iter().map(|waiver| waiver_use(waiver, seen, whole)).collect();
        let expected = settings.expected.iter().map(|expectation| expected_use(expectation, seen, whole)).collect();
        Some((Exceptions { today, waivers, expected }, settings.levels.clone()))
    };
    files.values().filter_map(fared).collect()
}

fn waiver_use(waiver: &Waiver, seen: &[Seen<'_>], whole: bool) -> WaiverUse {
    let used = seen.iter().flat_map(|one| one.waived).filter(|(_, by)| by == waiver).count();
    let meant: Vec<&Seen<'_>> = seen.iter().filter(|one| waiver.aim.meets_draft(one.key)).collect();
    let names_one = waiver.aim.draft.as_ref().is_some_and(|draft| !draft.contains('*')) && !meant.is_empty();
    let judged = (whole || names_one) && meant.iter().all(|one| one.was_checked_for(&waiver.aim.rule));
    WaiverUse { waiver: waiver.clone(), used, judged }
}

fn expected_use(expectation: &Expectation, seen: &[Seen<'_>], whole: bool) -> ExpectedUse {
    let meant: Vec<&Seen<'_>> = seen.iter().filter(|one| expectation.aim.meets_draft(one.key)).collect();
    let lacks = |one: &&&Seen<'_>| one.was_checked_for(&expectation.aim.rule) && !one.expected.iter().any(|(_, by)| by == expectation);
    let missing_in = meant.iter().filter(lacks).map(|one| one.key.to_owned()).collect();
    ExpectedUse { expectation: expectation.clone(), missing_in, no_draft: whole && meant.is_empty() }
}

/// What the rules about exceptions say of them, and which of these rules found nothing.
pub fn judge(exceptions: &Exceptions, levels: &BTreeMap<String, Level>) -> (Vec<Reported>, Vec<&'static Rule>) {
    let (mut found, mut passed) = (Vec::new(), Vec::new());
    for &rule in RULES {
        let Check::Exceptions(check) = rule.check else { continue };
        let Some(severity) = levels.get(rule.name).map_or(Some(rule.severity), |level| level.severity()) else { continue };
        let findings = check(exceptions);
        if findings.is_empty() {
            passed.push(rule);
        }
        found.extend(findings.into_iter().map(|finding| Reported { rule, severity, finding, mark: 0 }));
    }
    crate::check::mark(&mut found);
    (found, passed)
}
