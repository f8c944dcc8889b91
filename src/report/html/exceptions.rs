//! What is accepted, on the page: waivers with their owners and ends, mistakes on purpose, what the baseline knows.

use super::super::DraftReport;
use super::clean;
use maud::{Markup, html};

/// Nothing if nothing is accepted.
pub(super) fn accepted(draft: &DraftReport) -> Markup {
    html! {
        @if !draft.waived.is_empty() {
            h3 { "Waived" }
            div.wide tabindex="0" role="region" aria-label="Waived" { table {
                caption { "Findings that somebody lets pass for a while" }
                thead { tr { th scope="col" { "Finding" } th scope="col" { "Why" } th scope="col" { "Who answers for it" } th scope="col" { "Until" } } }
                tbody { @for (reported, waiver) in &draft.waived { tr {
                    td { (clean(&reported.finding.message)) " (" code { (reported.rule.name) } ")" }
                    td { (clean(&waiver.reason)) }
                    td { (clean(&waiver.owner)) }
                    td { (waiver.expires.to_string()) }
                } } }
            } }
        }
        @if !draft.expected.is_empty() {
            h3 { "Meant" }
            ul { @for (reported, expected) in &draft.expected { li { (clean(&reported.finding.message)) " (" (clean(&expected.reason)) ")" } } }
        }
        @if !draft.known.is_empty() {
            h3 { "Known from the baseline (" (draft.known.len()) ")" }
            ul { @for reported in &draft.known { li { (clean(&reported.finding.message)) " (" code { (reported.rule.name) } ")" } } }
        }
    }
}
