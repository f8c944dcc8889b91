//! The report: what was found, what passed and what could not be checked; rendered as text, purely.

mod answers;
mod changes;
mod coupons;
mod draft;
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
mod proofs;
mod rehearsal;
mod sarif;
mod snippet;
mod terminal;
mod view;

pub use answers::answers;
pub use changes::{ChangesFormat, Comparison, changes};
pub use draft::{DraftReport, NotChecked, Version};
pub use form::{PageFormat, ReportFormat};
pub use pictures::Pictures;
pub use view::View;

use crate::check::Reported;
use crate::coupons::Coupons;
use crate::error::Error;
use crate::finding::Severity;
use crate::flows::{Flows, Rehearsal};
use crate::proof::ListProof;
use jiff::Zoned;
use serde::Serialize;

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
    /// What holds the send or leaves it incomplete, and nothing if it is clear.
    Quiet,
    /// What a person wants to see.
    #[default]
    Usual,
    /// Everything, also for many drafts.
    Verbose,
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

/// Writes the proofs of drafts for programs, each draft with one for every list; or with one of invented people.
pub fn proofs<'a>(drafts: impl Iterator<Item = (&'a str, &'a [ListProof], bool)>) -> String {
    proofs::json(drafts)
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
