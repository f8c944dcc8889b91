//! The piece of the draft that a finding is about, with its line and the words underlined.

use super::harmless;
use crate::source::Span;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// How much of a line is shown before and behind the words, in characters.
const AROUND: usize = 48;
/// How many characters of the words themselves are shown.
const LONGEST: usize = 72;

/// The lines of a snippet; empty if the place has no text.
pub(super) fn render(span: &Span) -> String {
    let text = span.source.text();
    let (Some(before), Some(rest)) = (text.get(..span.start), text.get(span.start..)) else { return String::new() };
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = rest.find('\n').map_or(text.len(), |at| span.start + at);
    let end = span.end.clamp(span.start, line_end);
    let hit: String = harmless(&text[span.start..end]);
    let marked: String = hit.chars().take(LONGEST).collect();
    if line_start == line_end {
        return String::new();
    }
    let lead = tail(&text[line_start..span.start], AROUND);
    let follow = if marked.len() < hit.len() { String::from("…") } else { head(&text[end..line_end], AROUND) };
    let window = format!("{lead}{marked}{follow}");
    let line = span.place().line;
    let range = lead.len()..lead.len() + marked.len();
    let snippet = Snippet::source(&window).line_start(line).annotation(AnnotationKind::Primary.span(range));
    let group = Group::with_level(Level::ERROR).element(snippet);
    Renderer::styled().decor_style(DecorStyle::Ascii).render(&[group])
}

/// The end of a text, cut at a character, with `…` where something is left out.
fn tail(text: &str, most: usize) -> String {
    let text = text.trim_start();
    let skip = text.chars().count().saturating_sub(most);
    let kept: String = text.chars().skip(skip).collect();
    harmless(&if skip > 0 { format!("…{kept}") } else { kept })
}

/// The beginning of a text, likewise.
fn head(text: &str, most: usize) -> String {
    let text = text.trim_end();
    let kept: String = text.chars().take(most).collect();
    harmless(&if kept.len() < text.len() { format!("{kept}…") } else { kept })
}
