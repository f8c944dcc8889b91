//! The report for GitLab: its code quality JSON, which it shows in a merge request.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use super::place::Spot;
use super::{Report, harmless};
use crate::check::fingerprint;
use crate::finding::Severity;
use crate::json::written;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Writes the report. A draft that could not be read is an issue of its own: GitLab has no other place for it.
pub(super) fn render(report: &Report) -> String {
    let mut seen = BTreeSet::new();
    // GitLab drops a second issue with the same fingerprint: one file given twice, say.
    let mut unique = |mut mark: String| {
        while !seen.insert(mark.clone()) {
            mark = fingerprint(&mark, 1);
        }
        mark
    };
    let unreadable = report.unreadable.iter().map(|error| {
        let path = error.place().unwrap_or_default();
        Issue {
            description: format!("could not be read: {}", harmless(error.message())),
            check_name: "unreadable",
            fingerprint: fingerprint(&path, 0),
            severity: "blocker",
            location: Location { path: super::place::relative(&path, &report.here), lines: Lines { begin: 1 } },
        }
    });
    let findings = report.all().map(|(draft, reported)| {
        let spot = Spot::of(&reported.finding.span, &report.here);
        let mut description = harmless(&reported.finding.message);
        if let Some(reach) = reported.finding.reach {
            description = format!("{description} (hits {})", reach.in_words());
        }
        if let Some(help) = &reported.finding.help {
            description = format!("{description}. What to do: {}", harmless(help));
        }
        Issue {
            description,
            check_name: reported.rule.name,
            fingerprint: fingerprint(draft.map_or("", |draft| &draft.key), reported.mark),
            severity: match reported.severity {
                Severity::Block => "blocker",
                Severity::Warn => "major",
                Severity::Note => "info",
            },
            location: Location { lines: Lines { begin: spot.line() }, path: spot.path },
        }
    });
    let issues: Vec<Issue> = unreadable
        .chain(findings)
        .map(|issue| {
            let fingerprint = unique(issue.fingerprint);
            Issue { fingerprint, ..issue }
        })
        .collect();
    written(&issues)
}
