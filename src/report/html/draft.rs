//! One draft on the page: the mail with its pins, the findings beside it, and what else is known of it.

use super::super::view::LinkView;
use super::super::{DraftReport, Verdict, place::Spot};
use super::{charts, clean, exceptions, finding, pins, rehearsal};
use crate::finding::{Severity, people};
use crate::links::Standing;
use maud::{Markup, html};
use std::sync::Arc;

/// The longest mail that is shown, in bytes.
const LONGEST_SHOWN: usize = 1_000_000;

/// The part of the page about a draft, the `number`th.
pub(super) fn render(draft: &DraftReport, number: usize, hold_at: Severity, here: &str) -> Markup {
    let id = format!("draft-{number}");
    html! {
        section.draft id=(id) aria-labelledby=(format!("{id}-name")) {
            h2 id=(format!("{id}-name")) { (clean(&draft.draft)) " " (verdict(draft.verdict(hold_at))) }
            (facts(draft))
            @if draft.view.rehearsal.is_some() { p { a href=(format!("#{id}-map")) { "To the map of flows" } } }
            div.beside[!draft.is_plan] {
                @if !draft.is_plan { (mail(draft, &id)) }
                div.found {
                    h3 id=(format!("{id}-findings")) { "Findings (" (draft.findings.len()) ")" }
                    @if draft.findings.is_empty() { p { "Nothing was found." } }
                    ol.findings { @for (at, reported) in draft.findings.iter().enumerate() {
                        (finding::item(reported, draft.people, &format!("{id}-finding-{}", at + 1), Some(at + 1), here))
                    } }
                }
            }
            (exceptions::accepted(draft))
            @if let Some(rehearsal) = &draft.view.rehearsal { (rehearsal::render(rehearsal, &id)) }
            (audience(draft, &id))
            (links(draft))
            (not_checked(draft))
            (sign_off(draft))
        }
    }
}

/// A verdict in a word, with a sign that needs no colour.
pub(super) fn verdict(verdict: Verdict) -> Markup {
    let (class, words) = match verdict {
        Verdict::Hold => ("hold", "✖ Hold"),
        Verdict::Incomplete => ("incomplete", "◐ Incomplete"),
        Verdict::Clear => ("clear", "✔ Clear"),
    };
    html! { span.verdict.(class) { (words) } }
}

fn facts(draft: &DraftReport) -> Markup {
    html! {
        dl.facts {
            @if let Some(subject) = &draft.subject { dt { "Subject" } dd { (clean(subject)) } }
            @if let Some(from) = &draft.view.from { dt { "From" } dd { (clean(from)) } }
            @if let Some(campaign) = &draft.campaign { dt { "Campaign" } dd { (clean(campaign)) } }
            @if let Some(number) = draft.people { dt { @if draft.is_plan { "Concerns" } @else { "Goes to" } } dd { (people(number)) } }
            @if draft.send_at.1 { dt { @if draft.is_plan { "Done" } @else { "Sent" } } dd { (draft.send_at.0.strftime("%a %-d %B %Y, %H:%M %Z").to_string()) } }
        }
    }
}

/// The mail as a reader sees it, in a frame where nothing runs and nothing is fetched, and the pins that stand in it.
fn mail(draft: &DraftReport, id: &str) -> Markup {
    let view = &draft.view;
    let in_part = |part: &crate::source::Span| -> Vec<pins::Pin> {
        let own = draft.findings.iter().enumerate().filter(|(_, reported)| Arc::ptr_eq(&reported.finding.span.source, &part.source));
        own.map(|(at, reported)| (reported.finding.span.start.saturating_sub(part.start), at + 1)).collect()
    };
    html! {
        div.mail {
            h3 { "The mail" }
            @if !draft.findings.is_empty() {
                nav.pins aria-label="Findings by number" { @for (at, reported) in draft.findings.iter().enumerate() {
                    a.pin href=(format!("#{id}-finding-{}", at + 1)) aria-label=(format!("Finding {}: {}", at + 1, clean(&reported.finding.message))) { (at + 1) }
                } }
            }
            @if let Some(part) = &view.html {
                @if part.text().len() <= LONGEST_SHOWN {
                    fieldset.look {
                        legend { "Look at it as" }
                        @for (look, name) in [("wide", "a computer"), ("narrow", "a phone"), ("dark", "a dark screen (roughly)")] {
                            label { input type="radio" name=(format!("{id}-look")) value=(look) checked[look == "wide"]; " " (name) }
                        }
                    }
                    iframe sandbox="" title="The mail as readers see it, without pictures from the web" srcdoc=(pins::pinned(part.text(), &in_part(part))) {}
                } @else { p { "The mail is too long to be shown here." } }
            }
            @if let Some(part) = &view.text {
                @if part.text().len() <= LONGEST_SHOWN {
                    details open[view.html.is_none()] {
                        summary { "As plain text" }
                        pre { (text_with_pins(part.text(), in_part(part), id)) }
                    }
                }
            }
        }
    }
}

/// Plain text in which every pin is a link to its finding.
fn text_with_pins(text: &str, mut pins: Vec<pins::Pin>, id: &str) -> Markup {
    pins.sort_unstable();
    let mut at = 0;
    let mut pieces: Vec<(&str, usize)> = Vec::new();
    for (offset, number) in pins {
        if let Some(piece) = text.get(at..offset) {
            pieces.push((piece, number));
            at = offset;
        }
    }
    let lines = |text: &str| text.lines().map(clean).collect::<Vec<_>>().join("\n") + if text.ends_with('\n') { "\n" } else { "" };
    html! {
        @for (piece, number) in pieces {
            (lines(piece)) a.pin href=(format!("#{id}-finding-{number}")) aria-label=(format!("Finding {number}")) { (number) }
        }
        (lines(text.get(at..).unwrap_or_default()))
    }
}

fn audience(draft: &DraftReport, id: &str) -> Markup {
    let view = &draft.view;
    html! {
        @if !view.lists.is_empty() {
            h3 { "Who stands on which lists" }
            div.wide { (charts::upset(view, &format!("{id}-upset"))) }
            div.wide { (charts::matrix(view)) }
        }
    }
}

fn links(draft: &DraftReport) -> Markup {
    let view = &draft.view;
    html! {
        @if !view.links.is_empty() {
            h3 { "Links (" (view.links.len() + view.more_links) ")" }
            div.wide { table {
                caption { "Where each link leads, and what the web said" }
                thead { tr { th scope="col" { "Words" } th scope="col" { "Address" } th scope="col" { "Answer" } th scope="col" { "Place" } } }
                tbody { @for link in &view.links { tr {
                    td { (clean(&link.text)) }
                    td.address { (clean(&link.address)) }
                    td { (answer(link)) }
                    td { (clean(&link.place)) }
                } } }
            } }
            @if view.more_links > 0 { p { "and " (view.more_links) " more." } }
        }
    }
}

fn answer(link: &LinkView) -> Markup {
    let sign = |standing: Standing| match standing {
        Standing::Alive => "✔",
        Standing::Dead => "✖",
        _ => "?",
    };
    html! {
        @match (&link.answer, &link.alone) {
            (Some((standing, why)), _) => { (sign(*standing)) " " b { (standing.to_string()) } ": " (clean(why)) },
            (None, Some(why)) => { "– left alone: " (clean(why)) },
            (None, None) => { "– not asked" },
        }
    }
}

fn not_checked(draft: &DraftReport) -> Markup {
    html! {
        @if !draft.not_checked.is_empty() {
            h3 { @if draft.is_plan { "Not rehearsed" } @else { "Not checked" } }
            ul { @for gap in &draft.not_checked {
                li { (clean(&gap.what)) ": " (clean(&gap.why)) @if let Some(remedy) = &gap.remedy { " (" (clean(remedy)) ")" } }
            } }
        }
        p.passed { (draft.passed.len()) " checks found nothing." }
    }
}

/// A box to sign on paper, for this draft and no other.
fn sign_off(draft: &DraftReport) -> Markup {
    html! {
        div.signoff {
            h3 { "Signed off" }
            @let what = if draft.is_plan { "plan" } else { "draft" };
            p { "For the " (what) " with the mark " code { (draft.view.mark) } "; a " (what) " that was changed since has another." }
            dl { dt { "Name" } dd {} dt { "Date" } dd {} dt { "Signature" } dd {} }
        }
    }
}

/// The place of a finding, as people write it.
pub(super) fn place(span: &crate::source::Span, here: &str) -> String {
    let spot = Spot::of(span, here);
    let lines = spot.lines.as_ref().map_or_else(String::new, |place| format!(":{}:{}", place.line, place.column));
    let part = span.source.part().map_or_else(String::new, |part| format!(" ({part})"));
    clean(&format!("{}{lines}{part}", spot.path))
}
