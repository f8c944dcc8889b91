//! The report for GitHub Actions: a line a finding, which GitHub shows beside the line of a pull request.
//!
//! <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>

use super::place::Spot;
use super::{Report, Verdict, harmless};
use crate::check::Reported;
use crate::finding::Severity;
use std::fmt::Write as _;

/// How many annotations of one kind GitHub shows of one step.
const MOST: usize = 10;

/// Writes the annotations, and a last line that counts.
pub(super) fn render(report: &Report) -> String {
    let mut out = String::new();
    let mut shown = [0_usize; 3];
    let mut more = 0_usize;
    for error in &report.unreadable {
        annotate(&mut out, &mut shown, &mut more, Severity::Block, &[("title", "could not be read")], &error.to_string());
    }
    if report.verdict() == Verdict::Incomplete && report.unreadable.is_empty() {
        annotate(&mut out, &mut shown, &mut more, Severity::Block, &[("title", "presend")], &incomplete(report));
    }
    let mut findings: Vec<&Reported> = report.all().map(|(_, reported)| reported).collect();
    findings.sort_by_key(|reported| std::cmp::Reverse(reported.severity));
    for reported in findings {
        let spot = Spot::of(&reported.finding.span, &report.here);
        let mut properties = vec![("file", spot.path.clone())];
        if let Some(place) = &spot.lines {
            properties.push(("line", place.line.to_string()));
            if place.end_line == place.line {
                // Columns mean something only within one line.
                properties.push(("col", place.column.to_string()));
                properties.push(("endColumn", place.end_column.max(place.column).to_string()));
            } else {
                properties.push(("endLine", place.end_line.to_string()));
            }
        }
        properties.push(("title", format!("presend: {}", reported.rule.name)));
        let properties: Vec<(&str, &str)> = properties.iter().map(|(name, value)| (*name, value.as_str())).collect();
        annotate(&mut out, &mut shown, &mut more, reported.severity, &properties, &text(reported));
    }
    write_last_line(&mut out, report, more);
    out
}

/// What is incomplete, with the first reason.
fn incomplete(report: &Report) -> String {
    let mut open = report.drafts.iter().filter(|draft| draft.verdict(report.threshold()) == Verdict::Incomplete);
    let gap = open.next().and_then(|draft| Some((draft, draft.not_checked.first()?)));
    let why = gap.map(|(draft, gap)| format!(": {}: {}: {}", draft.draft, gap.what, gap.why)).unwrap_or_default();
    let more = match open.count() {
        0 => String::new(),
        1 => String::from(" (and 1 draft more)"),
        more => format!(" (and {more} drafts more)"),
    };
    format!("incomplete: a check that must be made could not be{why}{more}")
}

fn text(reported: &Reported) -> String {
    let finding = &reported.finding;
    let mut text = finding.message.clone();
    if let Some(reach) = finding.reach {
        let _ = write!(text, "\nhits {}", reach.in_words());
    }
    if let Some(help) = &finding.help {
        let _ = write!(text, "\nwhat to do: {help}");
    }
    text
}

/// Writes one annotation if there is room for one more of its kind.
fn annotate(out: &mut String, shown: &mut [usize; 3], more: &mut usize, severity: Severity, properties: &[(&str, &str)], text: &str) {
    let (kind, at) = match severity {
        Severity::Block => ("error", 0),
        Severity::Warn => ("warning", 1),
        Severity::Note => ("notice", 2),
    };
    match shown.get_mut(at) {
        Some(count) if *count < MOST => *count += 1,
        _ => {
            *more += 1;
            return;
        }
    }
    let properties: Vec<String> = properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    let _ = writeln!(out, "::{kind} {}::{}", properties.join(","), data(text));
}

fn write_last_line(out: &mut String, report: &Report, more: usize) {
    let verdict = match report.verdict() {
        Verdict::Clear => "clear",
        Verdict::Incomplete => "incomplete",
        Verdict::Hold => "hold",
    };
    let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let (findings, drafts) = (plural(report.all().count(), "finding"), plural(report.drafts.len(), "draft"));
    let _ = write!(out, "presend: {verdict}, {findings} in {drafts}");
    if more > 0 {
        let _ = write!(out, "; {more} of them have no annotation, as GitHub shows {MOST} of a kind");
    }
    out.push('\n');
}

/// The text of an annotation: on one line, and nothing in it that ends the command or begins another.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| harmless(line).replace('%', "%25")).collect();
    // The old form of a command acts wherever it stands in a line.
    lines.join("%0A").replace("##[", "# #[")
}

/// The value of a property, in which `:` and `,` act too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_draft_begins_a_command() {
        assert_eq!(data("50 % off\n::error::x\r##[add-mask]y\u{1b}"), "50 %25 off%0A::error::x\u{fffd}# #[add-mask]y\u{fffd}");
        assert_eq!(property("a,b: c\n"), "a%2Cb%3A c");
    }
}
