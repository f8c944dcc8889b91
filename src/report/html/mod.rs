//! The report as one page for people who sign it off: nothing in it runs, and nothing is fetched when it is opened.

mod charts;
mod draft;
mod exceptions;
mod finding;
mod pins;

use super::{Report, Verdict, harmless};
use crate::finding::Severity;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What the page may do: show its own styles and pictures that stand in it. The frame with the mail inherits this.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// The styles.
const STYLE: &str = include_str!("page.css");

/// Writes the page.
pub(super) fn render(report: &Report) -> String {
    let verdict = report.verdict();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (headline(report)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#result" { "To the findings" }
                header { h1 { (draft::verdict(verdict)) " " (headline(report)) } (contents(report)) }
                main id="result" {
                    @for note in &report.notes { p { (clean(note)) } }
                    (apart(report))
                    @for (at, one) in report.drafts.iter().enumerate() { (draft::render(one, at + 1, report.threshold(), &report.here)) }
                }
            }
        }
    };
    let mut page = page.into_string();
    page.push('\n');
    page
}

fn headline(report: &Report) -> String {
    let holding = report.all().filter(|(_, reported)| reported.severity >= report.threshold()).count();
    match report.verdict() {
        Verdict::Hold => format!("Do not send this yet: {holding} to fix"),
        Verdict::Incomplete => String::from("Nothing found that holds it, but not everything could be checked"),
        Verdict::Clear if report.drafts.is_empty() => String::from("There was nothing to check"),
        Verdict::Clear => {
            let rest = report.all().filter(|(_, reported)| reported.severity > Severity::Note).count();
            if rest == 0 { String::from("Nothing holds it") } else { format!("Nothing holds it; {rest} to fix before it goes out") }
        }
    }
}

/// A table of the drafts, where there are several.
fn contents(report: &Report) -> Markup {
    html! {
        @if report.drafts.len() > 1 {
            nav aria-label="Drafts" { ul { @for (at, one) in report.drafts.iter().enumerate() { li {
                a href=(format!("#draft-{}", at + 1)) { (clean(&one.draft)) } " " (draft::verdict(one.verdict(report.threshold())))
                " " (one.findings.len()) @if one.findings.len() == 1 { " finding" } @else { " findings" }
            } } } }
        }
    }
}

/// What belongs to no draft: what could not be read, and what is wrong with waivers.
fn apart(report: &Report) -> Markup {
    html! {
        @if !report.unreadable.is_empty() {
            section { h2 { "Could not be read" } ul { @for error in &report.unreadable { li { (clean(&error.to_string())) } } } }
        }
        @if !report.exceptions.is_empty() {
            section {
                h2 { "About presend.toml" }
                h3 { "Waivers and expected mistakes" }
                ol.findings { @for (at, reported) in report.exceptions.iter().enumerate() {
                    (finding::item(reported, None, &format!("exception-{}", at + 1), None, &report.here))
                } }
            }
        }
    }
}

/// Text of a draft for the page: what controls a terminal or turns the direction of writing is shown as `�`.
fn clean(text: &str) -> String {
    harmless(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
