//! The report for code scanning: SARIF 2.1.0 as GitHub takes it. These structs are the wire format.
//!
//! <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>

use super::place::{self, Spot};
use super::{DraftReport, Report, Verdict, harmless};
use crate::check::{Reported, fingerprint};
use crate::docs;
use crate::finding::Severity;
use crate::json::written;
use crate::rule::Rule;
use crate::source::Span;
use serde::Serialize;
use std::collections::BTreeMap;

/// Where the schema is published.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Most results that GitHub takes of one run.
const MOST_RESULTS: usize = 25_000;

/// How many other places of a finding are written.
const MOST_RELATED: usize = 50;

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    invocations: [Invocation; 1],
    /// Columns are counted in characters, not in UTF-16 units.
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 1],
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    exit_code: u8,
    exit_code_description: &'static str,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "presend/v1")]
    presend: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(rename = "physicalLocation")]
    place: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// Writes the report. What is waived or known already is left out, so that a waiver closes the alert.
pub(super) fn render(report: &Report) -> String {
    let mut rules: Vec<&'static Rule> = Vec::new();
    let mut index: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut results = Vec::new();
    for (draft, reported) in report.all().take(MOST_RESULTS) {
        let at = *index.entry(reported.rule.name).or_insert_with(|| {
            rules.push(reported.rule);
            rules.len() - 1
        });
        results.push(result(report, draft, reported, at));
    }
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "presend",
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules: rules.into_iter().map(descriptor).collect(),
            },
        },
        invocations: [invocation(report)],
        column_kind: "unicodeCodePoints",
        results,
    };
    written(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

fn result(report: &Report, draft: Option<&DraftReport>, reported: &Reported, rule_index: usize) -> SarifResult {
    let finding = &reported.finding;
    let mut text = harmless(&finding.message);
    if let Some(reach) = finding.reach {
        text = format!("{text} Hits {}.", reach.in_words());
    }
    if let Some(help) = &finding.help {
        text = format!("{text}\nWhat to do: {}", harmless(help));
    }
    let related = finding.related.iter().take(MOST_RELATED).enumerate();
    SarifResult {
        rule_id: reported.rule.name,
        rule_index,
        level: level(reported.severity),
        // `[words](3)` would be taken for a link.
        message: Text { text: text.replace("](", "] (") },
        locations: [location(&finding.span, report, None, None)],
        related_locations: related.map(|(at, (span, note))| location(span, report, Some(at + 1), Some(note))).collect(),
        partial_fingerprints: Fingerprints { presend: fingerprint(draft.map_or("", |draft| &draft.key), reported.mark) },
    }
}

fn location(span: &Span, report: &Report, id: Option<usize>, note: Option<&str>) -> Location {
    let spot = Spot::of(span, &report.here);
    let region = spot.lines.as_ref().map(|place| Region {
        start_line: place.line,
        start_column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
    });
    Location {
        id,
        place: PhysicalLocation { artifact_location: ArtifactLocation { uri: place::address(&spot.path) }, region },
        message: note.map(|note| Text { text: harmless(note) }),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "error",
        Severity::Warn => "warning",
        Severity::Note => "note",
    }
}

/// A rule with its page, which code hosts show beside the finding.
fn descriptor(rule: &'static Rule) -> Descriptor {
    let page = docs::page(rule);
    Descriptor {
        id: rule.name,
        short_description: Text { text: rule.summary.to_owned() },
        full_description: Text { text: format!("{}. Once it is sent: {}.", rule.summary, rule.repair.sentence()) },
        help: Help { text: page.clone(), markdown: page },
        default_configuration: Configuration { level: level(rule.severity) },
        properties: Properties {
            tags: ["email"],
            precision: "high",
            severity: match rule.severity {
                Severity::Block => "error",
                Severity::Warn => "warning",
                Severity::Note => "recommendation",
            },
        },
    }
}

/// How the run went: what could not be read, and what was not checked.
fn invocation(report: &Report) -> Invocation {
    let unreadable =
        report.unreadable.iter().map(|error| Notification { level: "error", message: Text { text: harmless(&error.to_string()) } });
    let gaps = report.drafts.iter().flat_map(|draft| {
        draft.not_checked.iter().map(|gap| {
            let text = format!("{}: not checked: {}: {}", draft.draft, gap.what, gap.why);
            Notification { level: "note", message: Text { text: harmless(&text) } }
        })
    });
    Invocation {
        execution_successful: report.unreadable.is_empty(),
        exit_code: report.exit_code(),
        exit_code_description: match report.verdict() {
            Verdict::Clear => "clear",
            Verdict::Incomplete => "incomplete",
            Verdict::Hold => "hold",
        },
        tool_execution_notifications: unreadable.chain(gaps).collect(),
    }
}
