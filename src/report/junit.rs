//! The report for test runners: JUnit XML, a suite a draft and a case a rule.
//!
//! <https://github.com/testmoapp/junitxml>, and the schema of Jenkins: `junit-10.xsd`.

use super::{DraftReport, Report, harmless};
use crate::check::Reported;
use crate::finding::Severity;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

type Out = Writer<Vec<u8>>;

/// How one case ended.
enum Ended {
    Passed,
    /// Found, but nothing that holds the send.
    Noted(String),
    Failed {
        message: String,
        text: String,
    },
    Skipped(String),
    Error(String),
}

struct Case {
    name: String,
    ended: Ended,
}

/// Writes the report with a line end.
pub(super) fn render(report: &Report) -> String {
    let mut suites: Vec<(String, Vec<Case>)> =
        report.drafts.iter().map(|draft| (draft.draft.clone(), cases(draft, report.threshold()))).collect();
    if !report.exceptions.is_empty() {
        suites.push((String::from("presend.toml"), grouped_cases(&report.exceptions, report.threshold())));
    }
    suites.extend(report.unreadable.iter().map(|error| {
        let case = Case { name: String::from("can be read"), ended: Ended::Error(error.to_string()) };
        (error.place().unwrap_or_else(|| String::from("presend")), vec![case])
    }));
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory cannot fail.
    let _ = write(&mut out, &suites);
    let body = String::from_utf8(out.into_inner()).unwrap_or_default();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}\n")
}

/// A case for every rule that found something.
fn grouped_cases(findings: &[Reported], hold_at: Severity) -> Vec<Case> {
    let mut found: BTreeMap<&str, Vec<&Reported>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for reported in findings {
        let name = reported.rule.name;
        found.entry(name).or_insert_with(|| {
            order.push(name);
            Vec::new()
        });
        if let Some(all) = found.get_mut(name) {
            all.push(reported);
        }
    }
    let case = |name: &&str| Case { name: (*name).to_owned(), ended: ended(found.get(name).map_or(&[][..], Vec::as_slice), hold_at) };
    order.iter().map(case).collect()
}

/// A case for every rule that had something to say or could not say it.
fn cases(draft: &DraftReport, hold_at: Severity) -> Vec<Case> {
    let mut cases = grouped_cases(&draft.findings, hold_at);
    let mut named: BTreeSet<&str> = draft.findings.iter().map(|reported| reported.rule.name).collect();
    for rule in draft.passed.iter().filter(|rule| named.insert(rule.name)) {
        cases.push(Case { name: rule.name.to_owned(), ended: Ended::Passed });
    }
    for gap in &draft.not_checked {
        let why = format!("{}: {}", gap.what, gap.why);
        for rule in gap.rules.iter().filter(|rule| named.insert(rule)) {
            cases.push(Case { name: (*rule).to_owned(), ended: Ended::Skipped(why.clone()) });
        }
        if gap.rules.is_empty() {
            cases.push(Case { name: gap.what.clone(), ended: Ended::Skipped(gap.why.clone()) });
        }
    }
    if draft.lacking || draft.cut_short {
        let text = "a check that must be made could not be made; see what was skipped";
        cases.push(Case { name: String::from("everything required is checked"), ended: Ended::Error(text.to_owned()) });
    }
    cases
}

fn ended(found: &[&Reported], hold_at: Severity) -> Ended {
    let text: Vec<String> = found.iter().map(|reported| in_words(reported)).collect();
    let text = text.join("\n\n");
    let holding = found.iter().filter(|reported| reported.severity >= hold_at).count();
    match found.first() {
        Some(first) if holding > 0 => {
            let more = if found.len() > 1 { format!(" (and {} more)", found.len() - 1) } else { String::new() };
            Ended::Failed { message: format!("{}{more}", first.finding.message), text }
        }
        _ => Ended::Noted(text),
    }
}

fn in_words(reported: &Reported) -> String {
    let finding = &reported.finding;
    let mut text = format!("{}: {}: {}", finding.span.place(), reported.severity, finding.message);
    if let Some(reach) = finding.reach {
        text = format!("{text}\nhits: {}", reach.in_words());
    }
    if let Some(help) = &finding.help {
        text = format!("{text}\nwhat to do: {help}");
    }
    format!("{text}\nonce it is sent: {}", reported.rule.repair.sentence())
}

fn write(out: &mut Out, suites: &[(String, Vec<Case>)]) -> io::Result<()> {
    let all = || suites.iter().flat_map(|(_, cases)| cases);
    let counts = counts(all());
    // The schema knows no `skipped` here.
    let attributes = attributes(&counts).filter(|(name, _)| *name != "skipped");
    out.create_element("testsuites").with_attribute(("name", "presend")).with_attributes(attributes).write_inner_content(|out| {
        for (name, cases) in suites {
            write_suite(out, name, cases)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_suite(out: &mut Out, name: &str, cases: &[Case]) -> io::Result<()> {
    let name = clean(name);
    let counts = counts(cases.iter());
    let suite = out.create_element("testsuite").with_attribute(("name", name.as_str())).with_attributes(attributes(&counts));
    suite.write_inner_content(|out| {
        for case in cases {
            write_case(out, &name, case)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_case(out: &mut Out, suite: &str, case: &Case) -> io::Result<()> {
    let name = clean(&case.name);
    let element = out.create_element("testcase").with_attributes([("name", name.as_str()), ("classname", suite), ("time", "0")]);
    let (tag, message, text) = match &case.ended {
        Ended::Passed => {
            element.write_empty()?;
            return Ok(());
        }
        Ended::Noted(text) => ("system-out", None, text.as_str()),
        Ended::Failed { message, text } => ("failure", Some(message), text.as_str()),
        Ended::Skipped(why) => ("skipped", Some(why), ""),
        Ended::Error(why) => ("error", Some(why), ""),
    };
    element.write_inner_content(|out| {
        let mut inner = out.create_element(tag);
        let message = message.map(|message| clean(message));
        if let Some(message) = &message {
            inner = inner.with_attribute(("message", message.as_str()));
        }
        let text: Vec<String> = text.lines().map(clean).collect();
        if text.is_empty() { inner.write_empty() } else { inner.write_text_content(BytesText::new(&text.join("\n"))) }.map(|_| ())
    })?;
    Ok(())
}

/// Tests, failures, errors and skipped, as suites count them.
fn counts<'a>(cases: impl Iterator<Item = &'a Case>) -> [String; 4] {
    let mut counts = [0_usize; 4];
    for case in cases {
        counts[0] += 1;
        match case.ended {
            Ended::Failed { .. } => counts[1] += 1,
            Ended::Error(_) => counts[2] += 1,
            Ended::Skipped(_) => counts[3] += 1,
            Ended::Passed | Ended::Noted(_) => {}
        }
    }
    counts.map(|count| count.to_string())
}

fn attributes(counts: &[String; 4]) -> impl Iterator<Item = (&str, &str)> {
    ["tests", "failures", "errors", "skipped"].into_iter().zip(counts.iter().map(String::as_str)).chain([("time", "0")])
}

/// Text that XML can hold on one line: control characters, which it cannot, are shown as `�`.
fn clean(text: &str) -> String {
    harmless(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
