//! The report as one page for people who sign it off: nothing in it runs, and nothing is fetched when it is opened.

mod charts;
mod draft;
mod exceptions;
mod finding;
mod map;
mod pins;
mod rehearsal;

use super::{Report, Verdict, harmless};
use crate::finding::Severity;
use crate::flows::Flows;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What the page may do: show its own styles and pictures that stand in it. The frame with the mail inherits this.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// The styles.
const STYLE: &str = include_str!("page.css");

/// Writes the page.
pub(super) fn render(report: &Report) -> String {
    let header = html! { h1 { (draft::verdict(report.verdict())) " " (headline(report)) } (contents(report)) };
    let main = html! {
        @for note in &report.notes { p { (clean(note)) } }
        (apart(report))
        @for (at, one) in report.drafts.iter().enumerate() { (draft::render(one, at + 1, report.threshold(), &report.here)) }
    };
    page(&headline(report), "To the findings", &header, &main)
}

/// Writes the map of flows as a page of its own.
pub(super) fn flows(flows: &Flows) -> String {
    let title = match flows.flows.len() {
        1 => String::from("The map of 1 flow"),
        many => format!("The map of {many} flows"),
    };
    let gaps = flows.gaps.iter().chain(flows.flows.iter().flat_map(|flow| &flow.gaps));
    let main = html! {
        section {
            h2 { "What starts what" }
            (map::render(flows, None, "map"))
            h3 { "What imports do" }
            ul { @for rule in super::flows::import_rules(flows) { li { (rule) } } }
            (map::gaps(gaps))
        }
    };
    page(&title, "To the map", &html! { h1 { (title) } }, &main)
}

fn page(title: &str, skip: &str, header: &Markup, main: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#result" { (skip) }
                header { (header) }
                main id="result" { (main) }
            }
        }
    };
    let mut page = page.into_string();
    page.push('\n');
    page
}

fn headline(report: &Report) -> String {
    let holding = report.all().filter(|(_, reported)| reported.severity >= report.threshold()).count();
    let is_plan = !report.drafts.is_empty() && report.drafts.iter().all(|draft| draft.is_plan);
    match report.verdict() {
        Verdict::Hold if is_plan => format!("Do not do this yet: {holding} to fix"),
        Verdict::Hold => format!("Do not send this yet: {holding} to fix"),
        Verdict::Incomplete if is_plan => String::from("Nothing found that holds it, but not everything could be rehearsed"),
        Verdict::Incomplete => String::from("Nothing found that holds it, but not everything could be checked"),
        Verdict::Clear if report.drafts.is_empty() => String::from("There was nothing to check"),
        Verdict::Clear => {
            let rest = report.all().filter(|(_, reported)| reported.severity > Severity::Note).count();
            if rest == 0 {
                String::from("Nothing holds it")
            } else {
                format!("Nothing holds it; {rest} to fix before {}", if is_plan { "it is done" } else { "it goes out" })
            }
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
