//! The report: what was found, what passed and what could not be checked; rendered as text, purely.

mod answers;
mod coupons;
mod flows;
mod form;
mod gaps;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod markdown;
mod pictures;
mod place;
mod rehearsal;
mod sarif;
mod snippet;
mod terminal;
mod view;

pub use answers::answers;
pub use form::{PageFormat, ReportFormat};
pub use pictures::Pictures;
pub use view::View;

use crate::audience::Audience;
use crate::check::{Outcome, Reported};
use crate::coupons::Coupons;
use crate::error::Error;
use crate::evidence::Evidence;
use crate::finding::Severity;
use crate::flows::{Flows, Rehearsal};
use crate::gate::Sifted;
use crate::links::Standing;
use crate::rule::{Context, Rule};
use crate::settings::{Expectation, MessageType, Role, Waiver};
use jiff::Zoned;
use serde::Serialize;
use std::sync::Arc;

/// The answer to "may this go out?".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing holds it.
    Clear,
    /// Nothing holds it, but a check that must be made could not be, or the asking of links was ended by hand.
    Incomplete,
    /// Something holds it.
    Hold,
}

/// How a list or an overview is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, in a terminal.
    Terminal,
    /// For programs; version 1.
    Json,
}

/// How much of a report is printed for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// What holds the send, and nothing if it is clear.
    Quiet,
    /// What a person wants to see.
    #[default]
    Usual,
    /// Everything, also for many drafts.
    Verbose,
}

/// A check that was not made, or not for everything.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotChecked {
    /// What was not checked, in plain words.
    pub what: String,
    /// Why not.
    pub why: String,
    /// What the person can do so that it is.
    pub remedy: Option<String>,
    /// The names of the rules that did not run.
    pub rules: Vec<&'static str>,
}

/// What the run says of one draft.
#[derive(Debug)]
pub struct DraftReport {
    /// The draft's file as the person named it, and which draft of the file it is.
    pub draft: String,
    /// What names it wherever the run is started: its path from the folder of its settings.
    pub key: String,
    /// The campaign that it belongs to, if `presend.toml` says so.
    pub campaign: Option<String>,
    /// What it is among the drafts that are one mail, if `presend.toml` says so.
    pub version: Option<Version>,
    /// The subject line.
    pub subject: Option<String>,
    /// The kind of message, where it was said.
    pub kind: Option<MessageType>,
    /// How many people get it, where a send list was given.
    pub people: Option<u64>,
    /// When it goes out, and whether the user said so.
    pub send_at: (Zoned, bool),
    /// What was found and is open, the worst first.
    pub findings: Vec<Reported>,
    /// What was found and is waived, and by what.
    pub waived: Vec<(Reported, Waiver)>,
    /// Mistakes on purpose that are there.
    pub expected: Vec<(Reported, Expectation)>,
    /// What was found and is known from the baseline.
    pub known: Vec<Reported>,
    /// Its pictures.
    pub pictures: Pictures,
    /// Rules that found nothing.
    pub passed: Vec<&'static Rule>,
    /// What was not checked.
    pub not_checked: Vec<NotChecked>,
    /// Whether a required check is missing, or no body could be read.
    pub lacking: bool,
    /// Whether a person ended the asking of links before all had answered.
    pub cut_short: bool,
    /// What the page shows beside the findings.
    pub view: View,
    /// Whether it is no draft but a plan of an import or a move.
    pub is_plan: bool,
}

/// One of several drafts that are one mail: an A/B variant, a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The same for all that belong together.
    pub group: String,
    /// What it is called: "variant B", "de".
    pub label: String,
}

/// Drafts that are one mail, with one verdict.
#[derive(Debug)]
pub struct Together<'a> {
    /// The campaign's name, if it has one.
    pub name: Option<&'a str>,
    /// The drafts, in their order.
    pub drafts: Vec<&'a DraftReport>,
    /// The worst of their verdicts.
    pub verdict: Verdict,
}

/// What the run says.
#[derive(Debug, Default)]
pub struct Report {
    /// One part for each draft, in the order in which they were named.
    pub drafts: Vec<DraftReport>,
    /// Drafts that could not be read.
    pub unreadable: Vec<Error>,
    /// What is wrong with waivers and expected mistakes.
    pub exceptions: Vec<Reported>,
    /// What is to be said of the run as a whole: that no draft has changed, say.
    pub notes: Vec<String>,
    /// From which severity on a finding holds the send.
    pub hold_at: Option<Severity>,
    /// How much is printed for people.
    pub detail: Detail,
    /// The folder of the run, from which machines count paths.
    pub here: String,
}

impl DraftReport {
    /// How many findings hold the send, and how many do not.
    pub fn counts(&self, hold_at: Severity) -> (usize, usize) {
        let holding = self.findings.iter().filter(|reported| reported.severity >= hold_at).count();
        (holding, self.findings.len() - holding)
    }

    /// The verdict on this draft.
    pub fn verdict(&self, hold_at: Severity) -> Verdict {
        match self.counts(hold_at) {
            (0, _) if self.lacking || self.cut_short => Verdict::Incomplete,
            (0, _) => Verdict::Clear,
            _ => Verdict::Hold,
        }
    }

    /// The most people that one finding hits; a finding without a count of its own hits everybody.
    pub fn worst_reach(&self, from: Severity) -> Option<u64> {
        let findings = self.findings.iter().filter(|reported| reported.severity >= from);
        findings.map(|reported| reported.finding.reach.map(|reach| reach.people).or(self.people)).max().flatten()
    }

    /// Puts together what the rules said of one draft and what they could not say.
    pub fn new(context: &Context<'_>, evidence: Evidence<'_>, outcome: Outcome, campaign: Option<String>, time_was_said: bool) -> Self {
        let not_checked = gaps::not_checked(context, evidence, &outcome);
        let unanswered = |links: &crate::links::Links| {
            let addresses = context.facts.addresses();
            addresses.iter().filter_map(|address| links.get(address)).any(|answer| answer.standing == Standing::Unknown)
        };
        let cut_short = evidence.links.is_some_and(|links| links.ended_by_hand() && unanswered(links));
        let people = evidence.audience.filter(|audience| audience.has(Role::Send)).map(Audience::send_size);
        Self {
            draft: context.message.name.clone(),
            key: context.message.name.clone(),
            campaign,
            version: None,
            subject: context.message.subject().map(|subject| subject.text().to_owned()),
            kind: context.settings.kind,
            people,
            send_at: (context.send_at.clone(), time_was_said),
            findings: outcome.findings,
            waived: Vec::new(),
            expected: Vec::new(),
            known: Vec::new(),
            pictures: Pictures::of(context.facts),
            passed: outcome.passed,
            not_checked,
            // A draft of which no body could be read has not been checked.
            lacking: !outcome.lacking.is_empty() || context.message.bodies.is_empty() && !context.message.unread.is_empty(),
            cut_short,
            is_plan: false,
            view: View::of(context, evidence),
        }
    }
}

impl DraftReport {
    /// What the rules said of a plan; its place in the report is that of a draft.
    pub fn of_rehearsal(rehearsal: &Arc<Rehearsal>, outcome: Outcome) -> Self {
        let gap = |gap: &crate::flows::NotRehearsed| NotChecked {
            what: gap.gap.what.clone(),
            why: gap.gap.why.clone(),
            remedy: gap.gap.remedy.clone(),
            rules: Vec::new(),
        };
        Self {
            draft: rehearsal.plan.source.name().to_owned(),
            key: rehearsal.plan.source.name().to_owned(),
            campaign: None,
            version: None,
            subject: None,
            kind: None,
            people: Some(rehearsal.people),
            send_at: (rehearsal.plan.at.clone(), true),
            findings: outcome.findings,
            waived: Vec::new(),
            expected: Vec::new(),
            known: Vec::new(),
            pictures: Pictures::default(),
            passed: outcome.passed,
            not_checked: rehearsal.gaps.iter().map(gap).collect(),
            lacking: rehearsal.is_incomplete(),
            cut_short: false,
            is_plan: true,
            view: View::of_plan(rehearsal),
        }
    }
}

impl DraftReport {
    /// The same with its findings set apart.
    #[must_use]
    pub fn sifted(mut self, sift: impl FnOnce(Vec<Reported>, &str) -> Sifted) -> Self {
        let sifted = sift(std::mem::take(&mut self.findings), &self.key);
        Self { findings: sifted.open, waived: sifted.waived, expected: sifted.expected, known: sifted.known, ..self }
    }
}

impl Report {
    /// From which severity on a finding holds the send.
    pub fn threshold(&self) -> Severity {
        self.hold_at.unwrap_or(Severity::Block)
    }

    /// The verdict on all drafts together: the worst. A draft that could not be read is not clear.
    pub fn verdict(&self) -> Verdict {
        let unreadable = self.unreadable.iter().map(|_| Verdict::Incomplete);
        let exceptions = self.exceptions.iter().filter(|found| found.severity >= self.threshold()).map(|_| Verdict::Hold);
        self.drafts.iter().map(|draft| draft.verdict(self.threshold())).chain(unreadable).chain(exceptions).max().unwrap_or(Verdict::Clear)
    }

    /// Every finding that is open, with its draft.
    fn all(&self) -> impl Iterator<Item = (Option<&DraftReport>, &Reported)> {
        let exceptions = self.exceptions.iter().map(|reported| (None, reported));
        exceptions.chain(self.drafts.iter().flat_map(|draft| draft.findings.iter().map(move |reported| (Some(draft), reported))))
    }

    /// The drafts that are one mail, two or more, each such mail with one verdict.
    pub fn together(&self) -> Vec<Together<'_>> {
        let mut groups: Vec<(&str, Vec<&DraftReport>)> = Vec::new();
        for draft in &self.drafts {
            let Some(version) = &draft.version else { continue };
            match groups.iter_mut().find(|(group, _)| *group == version.group) {
                Some((_, drafts)) => drafts.push(draft),
                None => groups.push((&version.group, vec![draft])),
            }
        }
        let several = groups.into_iter().map(|(_, drafts)| drafts).filter(|drafts| drafts.len() > 1);
        let verdict = |drafts: &[&DraftReport]| drafts.iter().map(|draft| draft.verdict(self.threshold())).max();
        several
            .map(|drafts| Together {
                name: drafts.first().and_then(|draft| draft.campaign.as_deref()),
                verdict: verdict(&drafts).unwrap_or(Verdict::Clear),
                drafts,
            })
            .collect()
    }

    /// The exit code: 0 clear, 1 hold, 2 an input could not be read, 3 incomplete.
    pub fn exit_code(&self) -> u8 {
        match self.verdict() {
            Verdict::Hold => 1,
            _ if !self.unreadable.is_empty() => 2,
            Verdict::Incomplete => 3,
            Verdict::Clear => 0,
        }
    }
}

/// Writes a report. Colours are ANSI escapes, stripped at the door where they are not wanted.
pub fn render(report: &Report, format: impl Into<ReportFormat>) -> String {
    match format.into() {
        ReportFormat::Terminal => terminal::render(report),
        ReportFormat::Json => json::render(report),
        ReportFormat::Sarif => sarif::render(report),
        ReportFormat::Junit => junit::render(report),
        ReportFormat::Github => github::render(report),
        ReportFormat::Gitlab => gitlab::render(report),
        ReportFormat::Markdown => markdown::render(report),
        ReportFormat::Html => html::render(report),
    }
}

/// Writes what was understood of coupon files, as it stands at a time.
pub fn coupons(coupons: &Coupons, at: &Zoned, format: Format) -> String {
    match format {
        Format::Terminal => coupons::table(coupons, at),
        Format::Json => coupons::json(coupons, at),
    }
}

/// Writes what a rehearsal showed: what would happen, then what was found.
pub fn rehearsal(rehearsal: &Rehearsal, report: &Report, format: PageFormat) -> String {
    match format {
        PageFormat::Terminal => rehearsal::text(rehearsal) + &terminal::render(report),
        PageFormat::Json => rehearsal::json(rehearsal, report),
        PageFormat::Html => html::render(report),
    }
}

/// Writes the map of flows: what starts what, and what follows.
pub fn flows(flows: &Flows, format: PageFormat) -> String {
    match format {
        PageFormat::Terminal => flows::text(flows),
        PageFormat::Json => flows::json(flows),
        PageFormat::Html => html::flows(flows),
    }
}

/// Text of a draft made harmless for a terminal: control characters, which could act there, are shown as `�`.
pub(crate) fn harmless(text: &str) -> String {
    let acts = |c: char| c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| {
            if c == '\n' || c == '\t' {
                ' '
            } else if acts(c) {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_draft_acts_in_a_terminal() {
        assert_eq!(harmless("a\x1b[31mb\u{202e}c\nd"), "a\u{fffd}[31mb\u{fffd}c d");
    }
}
