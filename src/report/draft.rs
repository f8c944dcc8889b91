//! What the run says of one draft, or of one plan: its part of the report.

use super::view::View;
use super::{Pictures, Verdict, gaps};
use crate::audience::Audience;
use crate::check::{Outcome, Reported};
use crate::digest::sha256;
use crate::evidence::Evidence;
use crate::finding::Severity;
use crate::flows::{NotRehearsed, Rehearsal};
use crate::gate::Sifted;
use crate::links::{Links, Standing};
use crate::rule::{Context, Rule};
use crate::settings::{Approval, Expectation, MessageType, Role, Waiver};
use jiff::Zoned;
use std::sync::Arc;

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
    /// The SHA-256 of its bytes: a draft that was changed has another.
    pub sha256: String,
    /// Who signed it off as it is.
    pub approval: Option<Approval>,
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

    /// The most people that one finding hits, and whether they are sure; a finding without a count of its own hits everybody.
    pub fn worst_reach(&self, from: Severity) -> Option<(u64, bool)> {
        let findings = self.findings.iter().filter(|reported| reported.severity >= from);
        let reach = |reported: &Reported| match reported.finding.reach {
            Some(reach) => Some((reach.people, !reach.at_most)),
            None => self.people.map(|people| (people, true)),
        };
        findings.map(reach).max().flatten()
    }

    /// Puts together what the rules said of one draft and what they could not say.
    pub fn new(context: &Context<'_>, evidence: Evidence<'_>, outcome: Outcome, campaign: Option<String>, time_was_said: bool) -> Self {
        let not_checked = gaps::not_checked(context, evidence, &outcome);
        let unanswered = |links: &Links| {
            let addresses = context.facts.addresses();
            addresses.iter().filter_map(|address| links.get(address)).any(|answer| answer.standing == Standing::Unknown)
        };
        let cut_short = evidence.links.is_some_and(|links| links.ended_by_hand() && unanswered(links));
        let people = evidence.audience.filter(|audience| audience.has(Role::Send)).map(Audience::send_size);
        Self {
            draft: context.message.name.clone(),
            key: context.message.name.clone(),
            sha256: sha256(context.message.source.bytes()),
            approval: evidence.approved.filter(|approved| approved.holds()).map(|approved| approved.approval.clone()),
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
            view: View::default(),
        }
    }

    /// The same with a word on what that leaves open: nobody said when it goes out, and by its own date it is long gone.
    #[must_use]
    pub fn judged_by_its_own_date(mut self) -> Self {
        self.not_checked.push(gaps::old());
        self
    }

    /// The same with what the page shows beside the findings, which no other form has a use for.
    #[must_use]
    pub fn with_view(self, context: &Context<'_>, evidence: Evidence<'_>) -> Self {
        Self { view: View::of(context, evidence), ..self }
    }

    /// What the rules said of a plan; its place in the report is that of a draft.
    pub fn of_rehearsal(rehearsal: &Arc<Rehearsal>, outcome: Outcome) -> Self {
        let gap = |gap: &NotRehearsed| NotChecked {
            what: gap.gap.what.clone(),
            why: gap.gap.why.clone(),
            remedy: gap.gap.remedy.clone(),
            rules: Vec::new(),
        };
        Self {
            draft: rehearsal.plan.source.name().to_owned(),
            key: rehearsal.plan.source.name().to_owned(),
            sha256: sha256(rehearsal.plan.source.bytes()),
            approval: None,
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

    /// The same with its findings set apart.
    #[must_use]
    pub fn sifted(mut self, sift: impl FnOnce(Vec<Reported>, &str) -> Sifted) -> Self {
        let sifted = sift(std::mem::take(&mut self.findings), &self.key);
        Self { findings: sifted.open, waived: sifted.waived, expected: sifted.expected, known: sifted.known, ..self }
    }
}
