//! The texts of a draft that a reader sees, and what each tag in them stands in.

use super::language::Language;
use super::pieces::{Piece, Step};
use super::template::{Node, Part, Place, Surface};
use crate::facts::MergeTag;
use crate::message::{Body, Message};
use crate::source::Span;
use crate::tags;

/// The texts, with the header that each stands in.
pub(super) fn texts(message: &Message) -> Vec<(Part, Span, Option<&'static str>)> {
    let headers = [(Part::Subject, "Subject"), (Part::Preheader, "Preheader")];
    let mut found: Vec<_> =
        headers.into_iter().filter_map(|(part, name)| Some((part, message.header(name)?.clone(), Some(name)))).collect();
    for body in &message.bodies {
        found.push((if body.is_html() { Part::Html } else { Part::Text }, body.whole(), None));
    }
    debug_assert!(found.iter().all(|(part, ..)| *part != Part::Html || message.bodies.iter().any(Body::is_html)));
    found
}

/// The texts of a draft without merge tags.
pub(super) fn plain(message: &Message) -> Vec<Surface> {
    let texts = texts(message).into_iter();
    texts.map(|(part, span, _)| Surface { part, nodes: vec![Node::Text(span.range())], span, pieces: Vec::new() }).collect()
}

/// What a tag stands in.
pub(super) fn place(tag: &MergeTag) -> Place {
    match tag.tag.place {
        tags::Place::Comment | tags::Place::Style => return Place::Hidden,
        _ => {}
    }
    if tag.address_before().is_some() {
        return Place::Url;
    }
    match tag.attribute() {
        Some((name, before)) if ["href", "src", "action", "background"].iter().any(|part| name.eq_ignore_ascii_case(part)) => {
            if before.trim().is_empty() { Place::UrlStart } else { Place::Url }
        }
        Some((name, _)) if ["alt", "title", "aria-label", "summary"].iter().any(|part| name.eq_ignore_ascii_case(part)) => Place::Attribute,
        Some(_) => Place::Hidden,
        None if tag.tag.place == tags::Place::Attribute => Place::Hidden,
        None => Place::Text,
    }
}

/// Lets tags take away the blanks around them, as their language has it: `{%-`, `{{~`, and lines of Handlebars that
/// hold nothing but a block's tag.
pub(super) fn take_blanks(surface: &Span, pieces: &mut [Piece]) {
    let text = surface.source.text();
    for at in 0..pieces.len() {
        let Some(piece) = pieces.get(at) else { break };
        let written = piece.span.text();
        let before =
            at.checked_sub(1).and_then(|at| pieces.get(at)).map_or(surface.start, |before| before.extent.end.max(before.range.end));
        let after = pieces.get(at + 1).map_or(surface.end, |after| after.range.start);
        let (head, tail) = (text.get(before..piece.range.start).unwrap_or_default(), text.get(piece.range.end..after).unwrap_or_default());
        let (mut left, mut right) = (0, 0);
        let opener = piece.form.opener();
        if piece.language != Language::Star && written.get(opener.len()..).is_some_and(|rest| rest.starts_with(['-', '~'])) {
            left = head.len() - head.trim_end().len();
        }
        let closer = piece.form.closer();
        if piece.language != Language::Star && written.strip_suffix(closer).is_some_and(|rest| rest.ends_with(['-', '~'])) {
            right = tail.len() - tail.trim_start().len();
        }
        if left == 0 && right == 0 && piece.language.removes_lines() && is_block(&piece.step) {
            (left, right) = alone_on_line(text, surface, piece).unwrap_or_default();
            (left, right) = (left.min(head.len()), right.min(tail.len()));
        }
        let extent = piece.range.start - left..piece.range.end + right;
        if let Some(piece) = pieces.get_mut(at) {
            piece.extent = extent;
        }
    }
}

fn is_block(step: &Step) -> bool {
    step.opens() || matches!(step, Step::AskElse(_) | Step::Otherwise | Step::End | Step::Nothing)
}

/// The blanks before and behind a tag that has a line to itself, the line's end included.
fn alone_on_line(text: &str, surface: &Span, piece: &Piece) -> Option<(usize, usize)> {
    let before = text.get(surface.start..piece.range.start)?;
    let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    let after = text.get(piece.range.end..surface.end)?;
    let (rest, end) = after.split_once('\n').map_or((after, 0), |(rest, _)| (rest, 1));
    (line.trim().is_empty() && rest.trim().is_empty()).then_some((line.len(), rest.len() + end))
}
