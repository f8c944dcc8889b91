//! The report for programs. These structs are the wire format, version 1; nothing else of the program is serialised.

use super::{DraftReport, NotChecked, Pictures, Report, Together, Verdict};
use crate::check::Reported;
use crate::finding::Severity;
use crate::json::written;
use crate::links::masked_words;
use crate::settings::{MessageType, Waiver};
use crate::source::Span;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
struct ReportV1<'a> {
    version: u32,
    verdict: Verdict,
    exit_code: u8,
    hold_at: Severity,
    /// Drafts that are one mail (A/B variants, languages), with one verdict for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    campaigns: Vec<CampaignV1<'a>>,
    /// What is wrong with waivers and expected mistakes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exceptions: Vec<FindingV1<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    drafts: Vec<DraftV1<'a>>,
    unreadable: Vec<ErrorV1<'a>>,
}

#[derive(Serialize)]
struct CampaignV1<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    verdict: Verdict,
    drafts: Vec<&'a str>,
}

#[derive(Serialize)]
struct DraftV1<'a> {
    draft: &'a str,
    /// Of its bytes.
    sha256: &'a str,
    /// Who signed it off as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    approval: Option<ApprovalV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    campaign: Option<&'a str>,
    /// What it is among the drafts that are one mail: "variant B", "de".
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<MessageType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    send_at: Option<String>,
    verdict: Verdict,
    /// Whether a person ended the asking of links before all had answered.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut_short: bool,
    findings: Vec<FindingV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pictures: Option<PicturesV1<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waived: Vec<WaivedV1<'a>>,
    /// Mistakes on purpose that are there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expected: Vec<ExpectedV1<'a>>,
    /// What the baseline knows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    known: Vec<FindingV1<'a>>,
    passed: Vec<&'a str>,
    not_checked: Vec<NotCheckedV1<'a>>,
}

#[derive(Serialize)]
struct ApprovalV1<'a> {
    by: &'a str,
    on: String,
}

#[derive(Serialize)]
struct PicturesV1<'a> {
    /// On a web server, where they can be swapped after the send.
    hosted: &'a BTreeSet<String>,
    /// In the mail, where they cannot.
    inside: &'a BTreeSet<String>,
}

#[derive(Serialize)]
struct FindingV1<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    place: PlaceV1,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    after_sending: &'a str,
    /// How many people it hits; without a send list it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<u64>,
    /// A few of them, masked.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    examples: &'a [String],
    related: Vec<RelatedV1<'a>>,
}

#[derive(Serialize)]
struct WaivedV1<'a> {
    reason: &'a str,
    owner: &'a str,
    expires: String,
    finding: FindingV1<'a>,
}

#[derive(Serialize)]
struct ExpectedV1<'a> {
    reason: &'a str,
    finding: FindingV1<'a>,
}

#[derive(Serialize)]
struct PlaceV1 {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// The decoded part of the file, with line and column in it, where that differs from the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<PartV1>,
    /// The words themselves, at most 200 characters; tokens and people in addresses are masked.
    text: String,
}

#[derive(Serialize)]
struct PartV1 {
    name: String,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct RelatedV1<'a> {
    note: &'a str,
    place: PlaceV1,
}

#[derive(Serialize)]
struct NotCheckedV1<'a> {
    what: &'a str,
    why: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<&'a str>,
    rules: &'a [&'static str],
}

#[derive(Serialize)]
struct ErrorV1<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<&'a str>,
}

/// Longest piece of the draft that a place quotes, in characters.
const LONGEST_QUOTE: usize = 200;

/// Writes the report as JSON with a line end.
pub(super) fn render(report: &Report) -> String {
    let wire = ReportV1 {
        version: 1,
        verdict: report.verdict(),
        exit_code: report.exit_code(),
        hold_at: report.threshold(),
        campaigns: report.together().iter().map(campaign_v1).collect(),
        exceptions: report.exceptions.iter().map(|reported| finding_v1(reported, None)).collect(),
        notes: &report.notes,
        drafts: report.drafts.iter().map(|draft| draft_v1(draft, report.threshold())).collect(),
        unreadable: report
            .unreadable
            .iter()
            .map(|error| ErrorV1 { place: error.place(), message: error.message(), remedy: error.remedy() })
            .collect(),
    };
    written(&wire)
}

fn pictures_v1(pictures: &Pictures) -> Option<PicturesV1<'_>> {
    let Pictures { hosted, inside } = pictures;
    (!hosted.is_empty() || !inside.is_empty()).then_some(PicturesV1 { hosted, inside })
}

fn campaign_v1<'a>(together: &Together<'a>) -> CampaignV1<'a> {
    let drafts = together.drafts.iter().map(|draft| draft.draft.as_str()).collect();
    CampaignV1 { name: together.name, verdict: together.verdict, drafts }
}

fn draft_v1(draft: &DraftReport, hold_at: Severity) -> DraftV1<'_> {
    DraftV1 {
        draft: &draft.draft,
        sha256: &draft.sha256,
        approval: draft.approval.as_ref().map(|approval| ApprovalV1 { by: &approval.by, on: approval.on.to_string() }),
        campaign: draft.campaign.as_deref(),
        version: draft.version.as_ref().map(|version| version.label.as_str()),
        subject: draft.subject.as_deref(),
        kind: draft.kind,
        people: draft.people,
        // Without a word from the user it is the hour of the run, on which nothing in a report may depend.
        send_at: draft.send_at.1.then(|| draft.send_at.0.to_string()),
        verdict: draft.verdict(hold_at),
        cut_short: draft.cut_short,
        findings: draft.findings.iter().map(|reported| finding_v1(reported, draft.people)).collect(),
        pictures: pictures_v1(&draft.pictures),
        waived: draft.waived.iter().map(|(reported, waiver)| waived_v1(reported, waiver, draft.people)).collect(),
        expected: draft
            .expected
            .iter()
            .map(|(reported, expected)| ExpectedV1 { reason: &expected.reason, finding: finding_v1(reported, draft.people) })
            .collect(),
        known: draft.known.iter().map(|reported| finding_v1(reported, draft.people)).collect(),
        passed: draft.passed.iter().map(|rule| rule.name).collect(),
        not_checked: draft.not_checked.iter().map(not_checked_v1).collect(),
    }
}

fn waived_v1<'a>(reported: &'a Reported, waiver: &'a Waiver, people: Option<u64>) -> WaivedV1<'a> {
    WaivedV1 { reason: &waiver.reason, owner: &waiver.owner, expires: waiver.expires.to_string(), finding: finding_v1(reported, people) }
}

fn finding_v1(reported: &Reported, people: Option<u64>) -> FindingV1<'_> {
    let finding = &reported.finding;
    FindingV1 {
        rule: reported.rule.name,
        severity: reported.severity,
        message: &finding.message,
        place: place_v1(&finding.span),
        help: finding.help.as_deref(),
        after_sending: reported.rule.repair.sentence(),
        people: finding.reach.map(|reach| reach.people).or(people),
        examples: &finding.people,
        related: finding.related.iter().map(|(span, note)| RelatedV1 { note, place: place_v1(span) }).collect(),
    }
}

fn place_v1(span: &Span) -> PlaceV1 {
    let place = span.place();
    let (line, column) = span.decoded_line_column();
    PlaceV1 {
        file: place.path,
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        part: span.source.part().map(|name| PartV1 { name: name.to_owned(), line, column }),
        text: masked_words(span.text()).chars().take(LONGEST_QUOTE).collect(),
    }
}

fn not_checked_v1(part: &NotChecked) -> NotCheckedV1<'_> {
    NotCheckedV1 { what: &part.what, why: &part.why, remedy: part.remedy.as_deref(), rules: &part.rules }
}
