//! One draft on the page: the mail with its pins, the findings beside it, and what else is known of it.

use super::super::view::LinkView;
use super::super::{DraftReport, Verdict, place::Spot};
use super::finding::Numbered;
use super::pins::Pin;
use super::{charts, clean, exceptions, finding, pins, rehearsal};
use crate::check::Reported;
use crate::finding::{Severity, people};
use crate::links::Standing;
use crate::source::Span;
use maud::{Markup, html};
use std::sync::Arc;

/// The longest mail that is shown, in bytes.
const LONGEST_SHOWN: usize = 1_000_000;

/// The part of the page about a draft, the `number`th.
pub(super) fn render(draft: &DraftReport, number: usize, hold_at: Severity, here: &str) -> Markup {
    let id = format!("draft-{number}");
    let shown = Shown::of(draft);
    html! {
        section.draft id=(id) aria-labelledby=(format!("{id}-name")) {
            h2 id=(format!("{id}-name")) { (clean(&draft.draft)) " " (verdict(draft.verdict(hold_at))) }
            (facts(draft))
            @if draft.view.rehearsal.is_some() { p { a href=(format!("#{id}-map")) { "To the map of flows" } } }
            div.beside[!draft.is_plan] {
                @if !draft.is_plan { (mail(draft, &id, &shown)) }
                div.found {
                    h3 id=(format!("{id}-findings")) { "Findings (" (draft.findings.len()) ")" }
                    @if draft.findings.is_empty() { p { "Nothing was found." } }
                    ol.findings { @for (at, reported) in draft.findings.iter().enumerate() {
                        (finding::item(reported, draft.people, &format!("{id}-finding-{}", at + 1), Some(&shown.numbered(at + 1, &id)), here))
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

/// The bodies of a draft as the page shows them, and which findings have a pin in them.
struct Shown<'a> {
    /// The mail with its pins, and their numbers; nothing if it is too long.
    html: Option<(String, Vec<usize>)>,
    /// The plain text, and its pins; nothing if it is too long.
    text: Option<(&'a str, Vec<Pin>)>,
}

impl<'a> Shown<'a> {
    fn of(draft: &'a DraftReport) -> Self {
        let pins = |part: &Span| -> Vec<Pin> {
            let own = draft.findings.iter().enumerate().filter(|(_, reported)| Arc::ptr_eq(&reported.finding.span.source, &part.source));
            let pin = |(at, reported): (usize, &Reported)| Pin {
                offset: reported.finding.span.start.saturating_sub(part.start),
                number: at + 1,
                severity: reported.severity,
                says: clean(&reported.finding.message),
            };
            own.map(pin).collect()
        };
        let short = |part: &&Span| part.text().len() <= LONGEST_SHOWN;
        let text = draft.view.text.as_ref().filter(short).map(|part| {
            let mut pins = pins(part);
            pins.sort_unstable();
            pins.retain(|pin| part.text().is_char_boundary(pin.offset));
            (part.text(), pins)
        });
        Self { html: draft.view.html.as_ref().filter(short).map(|part| pins::pinned(part.text(), &pins(part))), text }
    }

    fn numbered(&self, number: usize, id: &str) -> Numbered {
        let in_frame = self.html.as_ref().is_some_and(|(_, placed)| placed.contains(&number));
        let in_text = self.text.as_ref().is_some_and(|(_, pins)| pins.iter().any(|pin| pin.number == number));
        let frame = || (format!("about:srcdoc#{}", pins::anchor(number)), Some(frame_name(id)));
        let text = || (format!("#{id}-pin-{number}"), None);
        Numbered { number, pin: in_frame.then(frame).or_else(|| in_text.then(text)) }
    }
}

/// What the frame with the mail is called, so that a finding can scroll it to its pin.
fn frame_name(id: &str) -> String {
    format!("{id}-mail")
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
fn mail(draft: &DraftReport, id: &str, shown: &Shown<'_>) -> Markup {
    let too_long = draft.view.html.is_some() && shown.html.is_none();
    html! {
        div.mail {
            h3 { "The mail" }
            @if !draft.findings.is_empty() {
                nav.pins aria-label="Findings by number" { @for (at, reported) in draft.findings.iter().enumerate() {
                    a.pin.(finding::class(reported.severity)) href=(format!("#{id}-finding-{}", at + 1)) aria-label=(format!("Finding {}: {}", at + 1, clean(&reported.finding.message))) { (at + 1) }
                } }
            }
            @if let Some((mail, _)) = &shown.html {
                fieldset.look {
                    legend { "Look at it as" }
                    @for (look, name) in [("wide", "a computer"), ("narrow", "a phone"), ("dark", "a dark screen (roughly)")] {
                        label { input type="radio" name=(format!("{id}-look")) value=(look) checked[look == "wide"]; " " (name) }
                    }
                }
                iframe name=(frame_name(id)) sandbox="" title="The mail as readers see it, without pictures from the web" srcdoc=(mail) {}
            } @else if too_long { p { "The mail is too long to be shown here." } }
            @if let Some((text, pins)) = &shown.text {
                details open[draft.view.html.is_none()] {
                    summary { "As plain text" }
                    pre tabindex="0" { (text_with_pins(text, pins, id)) }
                }
            }
        }
    }
}

/// Plain text in which every pin is a link to its finding.
fn text_with_pins(text: &str, pins: &[Pin], id: &str) -> Markup {
    let mut at = 0;
    let mut pieces: Vec<(&str, usize)> = Vec::new();
    for pin in pins {
        if let Some(piece) = text.get(at..pin.offset) {
            pieces.push((piece, pin.number));
            at = pin.offset;
        }
    }
    let lines = |text: &str| text.lines().map(clean).collect::<Vec<_>>().join("\n") + if text.ends_with('\n') { "\n" } else { "" };
    html! {
        @for (piece, number) in pieces {
            (lines(piece))
            a.pin id=(format!("{id}-pin-{number}")) href=(format!("#{id}-finding-{number}")) aria-label=(format!("Finding {number}")) { (number) }
        }
        (lines(text.get(at..).unwrap_or_default()))
    }
}

fn audience(draft: &DraftReport, id: &str) -> Markup {
    let view = &draft.view;
    html! {
        @if !view.lists.is_empty() {
            h3 { "Who stands on which lists" }
            div.charts {
                div.wide tabindex="0" role="region" aria-label="Combinations of lists" { (charts::upset(view, &format!("{id}-upset"))) (charts::legend(view)) }
                div.wide tabindex="0" role="region" aria-label="Overlaps of lists" { (charts::matrix(view)) }
            }
        }
    }
}

fn links(draft: &DraftReport) -> Markup {
    let view = &draft.view;
    html! {
        @if !view.links.is_empty() {
            h3 { "Links (" (view.links.len() + view.more_links) ")" }
            div.wide tabindex="0" role="region" aria-label="Links" { table.links {
                caption { "Where each link leads, and what the web said" }
                thead { tr { th scope="col" { "Words" } th scope="col" { "Address" } th scope="col" { "Answer" } th scope="col" { "Place" } } }
                tbody { @for link in &view.links { tr {
                    td { @if link.text.trim().is_empty() { "(no words)" } @else { (clean(&link.text)) } }
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
            @if draft.sha256.is_empty() { p { "For this " (what) "." } } @else { p { "For the " (what) " with this SHA-256, and no other: " code { (draft.sha256) } } }
            @if let Some(approval) = &draft.approval { p { b { "Approved" } " by " (clean(&approval.by)) " on " (approval.on.to_string()) "." } }
            dl { dt { "Name" } dd {} dt { "Date" } dd {} dt { "Signature" } dd {} }
        }
    }
}

/// The place of a finding, as people write it.
pub(super) fn place(span: &Span, here: &str) -> String {
    let spot = Spot::of(span, here);
    let lines = spot.lines.as_ref().map_or_else(String::new, |place| format!(":{}:{}", place.line, place.column));
    let part = span.source.part().map_or_else(String::new, |part| format!(" ({part})"));
    clean(&format!("{}{lines}{part}", spot.path))
}
