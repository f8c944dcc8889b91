//! What has changed in how a mail is built, beside what the other changes tell.

use super::{Change, Part, source};
use crate::message::Body;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;
use std::sync::Arc;

/// Changed lines of HTML in which no other change stands.
pub(super) fn between(old: Option<&Body>, new: Option<&Body>, told: &[Change]) -> Option<Change> {
    let (Some(Body::Html(_)), Some(Body::Html(_))) = (old, new) else { return None };
    let (old, new) = (source(old?), source(new?));
    let (old_lines, new_lines) = (lines(old.text()), lines(new.text()));
    let texts = |source: &'_ str, lines: &[Range<usize>]| -> Vec<String> {
        lines.iter().map(|line| source.get(line.clone()).unwrap_or_default().trim_end().to_owned()).collect()
    };
    let (old_texts, new_texts) = (texts(old.text(), &old_lines), texts(new.text(), &new_lines));
    let tells = |source: &Arc<crate::source::Source>, line: &Range<usize>| {
        told.iter().any(|change| {
            Arc::ptr_eq(&change.span.source, source)
                && change.span.start < line.end
                && change.span.end.max(change.span.start + 1) > line.start
        })
    };
    let (mut came, mut went, mut first) = (0, 0, None);
    for op in capture_diff_slices(Algorithm::Myers, &old_texts, &new_texts) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let own = |lines: &[Range<usize>], texts: &[String], range: Range<usize>, source: &Arc<crate::source::Source>| {
            let all = lines.get(range.clone()).unwrap_or_default().iter().zip(texts.get(range).unwrap_or_default());
            all.filter(|(line, text)| !text.trim().is_empty() && !tells(source, line)).map(|(line, _)| line.clone()).collect::<Vec<_>>()
        };
        let (old_range, new_range) = (op.old_range(), op.new_range());
        let old_here = old_lines.get(old_range.clone()).unwrap_or_default();
        let new_here = new_lines.get(new_range.clone()).unwrap_or_default();
        // Line for line, a line is told by what has changed in it; otherwise lines that went where a change is told, went with it.
        let in_pairs = old_here.len() == new_here.len();
        let any_told = |lines: &[Range<usize>], source| !in_pairs && lines.iter().any(|line| tells(source, line));
        let (went_told, came_told) = (any_told(old_here, old), any_told(new_here, new));
        let told_beside = |own: &Range<usize>, mine: &[Range<usize>], others: &[Range<usize>], source| {
            let beside = mine.binary_search_by_key(&own.start, |line| line.start).ok().and_then(|at| others.get(at));
            in_pairs && beside.is_some_and(|line| tells(source, line))
        };
        let mut is = own(&new_lines, &new_texts, new_range, new);
        is.retain(|line| !went_told && !told_beside(line, new_here, old_here, old));
        let mut was = own(&old_lines, &old_texts, old_range, old);
        was.retain(|line| !came_told && !told_beside(line, old_here, new_here, new));
        if first.is_none() {
            first = is.first().map(|line| new.span(line.clone())).or_else(|| was.first().map(|line| old.span(line.clone())));
        }
        came += is.len();
        went += was.len();
    }
    let lines = came.max(went);
    let is = if lines == 1 { String::from("1 line of HTML") } else { format!("{lines} lines of HTML") };
    Some(Change { part: Part::Markup, of: None, was: None, is: Some(is), span: first? })
}

/// The lines of a text, with their ends.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            at += line.len();
            at - line.len()..at
        })
        .collect()
}
